#include "gateway/store/memory_tables.h"

#include <algorithm>

namespace sekisho::store {

std::optional<model::Instant> MemoryTables::due(const StoredDelivery& delivery) const {
    if (!delivery.order_key.empty()) {
        const auto line = ordered.find({delivery.recipient, delivery.order_key});
        if (line != ordered.end() && *line->second.begin() < delivery.id) return std::nullopt;
    }
    return delivery.state == DeliveryState::leased ? delivery.lease_until : delivery.next_attempt;
}

model::PersonFacts MemoryTables::facts(const model::PersonHash& person) const {
    std::vector<std::pair<std::uint64_t, model::Registration>> registered;
    for (const auto& [id, entry] : registrations) {
        if (entry.record.person != person) continue;
        registered.emplace_back(entry.sequence, entry.record.registration);
    }
    std::vector<std::pair<std::uint64_t, model::Consent>> consented;
    for (const auto& [id, entry] : consents) {
        if (entry.record.person == person) {
            consented.emplace_back(entry.sequence, entry.record.consent);
        }
    }
    std::ranges::sort(registered, {}, &std::pair<std::uint64_t, model::Registration>::first);
    std::ranges::sort(consented, {}, [](const auto& entry) {
        return std::pair(entry.second.given_at, entry.first);
    });
    model::PersonFacts facts;
    for (auto& [sequence, registration] : registered) facts.registrations.push_back(registration);
    for (auto& [sequence, consent] : consented) facts.consents.push_back(consent);
    facts.ended = end_of(person);
    return facts;
}

std::optional<model::Instant> MemoryTables::end_of(const model::PersonHash& person) const {
    const auto words = ends.find(person);
    if (words == ends.end()) return std::nullopt;
    for (auto word = words->second.rbegin(); word != words->second.rend(); ++word) {
        if (!word->second.deleted) return word->second.at;
    }
    return std::nullopt;
}

std::vector<std::uint64_t> MemoryTables::accesses_to(const model::PersonHash& person,
                                                     std::uint64_t before,
                                                     std::size_t count_max) const {
    std::vector<std::uint64_t> latest;
    const auto found = accesses.find(person);
    if (found == accesses.end()) return latest;
    for (auto leaf = found->second.lower_bound(before);
         leaf != found->second.begin() && latest.size() < count_max;) {
        latest.push_back(*--leaf);
    }
    return latest;
}

std::vector<AwaitedCount> MemoryTables::awaited_counts() const {
    std::map<model::Instant, std::uint64_t> counts;
    for (const auto& [request, document] : awaited) {
        if (document.state == WaitingState::waiting) ++counts[document.due];
    }
    std::vector<AwaitedCount> rows;
    rows.reserve(counts.size());
    for (const auto& [due, count] : counts) rows.push_back({.due = due, .count = count});
    return rows;
}

std::vector<QueueDepth> MemoryTables::queue_depths() const {
    std::map<model::Via, QueueDepth> depths;
    for (const auto& [id, delivery] : deliveries) {
        if (is_settled(delivery.state) && delivery.state != DeliveryState::dead) continue;
        QueueDepth& depth = depths[delivery.via];
        depth.via = delivery.via;
        if (delivery.state == DeliveryState::queued) ++depth.queued;
        if (delivery.state == DeliveryState::leased) ++depth.leased;
        if (delivery.state == DeliveryState::dead) ++depth.dead;
    }
    std::vector<QueueDepth> list;
    list.reserve(depths.size());
    for (const auto& [via, depth] : depths) list.push_back(depth);
    return list;
}

std::optional<model::Instant> MemoryTables::next_due(const model::Via& via) const {
    std::optional<model::Instant> earliest;
    const auto consider = [&](std::optional<model::Instant> moment) {
        if (moment && (!earliest || *moment < *earliest)) earliest = moment;
    };
    if (const auto queue = unsettled.find(via); queue != unsettled.end()) {
        for (const DeliveryId id : queue->second) consider(due(deliveries.at(id)));
    }
    for (const DeliveryId id : dead_ordered) {
        const StoredDelivery& dead = deliveries.at(id);
        if (dead.via == via) consider(dead.expires);
    }
    return earliest;
}

std::vector<StoredDelivery> MemoryTables::overdue(const model::Via& via, model::Instant now) const {
    std::vector<StoredDelivery> list;
    if (const auto queue = unsettled.find(via); queue != unsettled.end()) {
        for (const DeliveryId id : queue->second) {
            const StoredDelivery& delivery = deliveries.at(id);
            const bool running =
                delivery.state == DeliveryState::leased && now < delivery.lease_until;
            if (delivery.expires <= now && !running) list.push_back(delivery);
        }
    }
    for (const DeliveryId id : dead_ordered) {
        const StoredDelivery& dead = deliveries.at(id);
        if (dead.via == via && dead.expires <= now) list.push_back(dead);
    }
    std::ranges::sort(list, {}, [](const StoredDelivery& delivery) {
        return std::pair(delivery.expires, delivery.id);
    });
    return list;
}

std::vector<WaitingDelivery> MemoryTables::waiting(const model::Via& via, const WaitingAfter& after,
                                                   std::size_t count_max) const {
    const auto place_of = [](const WaitingDelivery& one) {
        return std::pair{one.delivery.expires, one.delivery.id};
    };
    std::vector<WaitingDelivery> list;
    const auto at = unsettled.find(via);
    if (at == unsettled.end()) return list;
    for (const DeliveryId id : at->second) {
        const StoredDelivery& delivery = deliveries.at(id);
        if (delivery.state != DeliveryState::queued) continue;
        WaitingDelivery one{.delivery = delivery, .type = messages.at(delivery.message).type};
        if (place_of(one) > std::pair{after.expires, after.id}) list.push_back(std::move(one));
    }
    std::ranges::sort(list, {}, place_of);
    if (list.size() > count_max) list.resize(count_max);
    return list;
}

std::vector<StoredDelivery> MemoryTables::of_message(const model::MessageKey& key) const {
    std::vector<StoredDelivery> list;
    const auto ids = by_message.find(key);
    if (ids == by_message.end()) return list;
    for (const DeliveryId id : ids->second) list.push_back(deliveries.at(id));
    return list;
}

}  // namespace sekisho::store
