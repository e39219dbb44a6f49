#include "gateway/store/memory_transaction.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "gateway/audit/tile.h"
#include "gateway/store/due_deliveries.h"

namespace sekisho::store {

using model::Problem;

namespace {

bool is_barred(const LeaseRequest& request, const model::TypeId& type) {
    return std::ranges::find(request.types_barred, type) != request.types_barred.end();
}

}  // namespace

void MemoryTransaction::roll_back_to(std::size_t savepoint) {
    while (undo_.size() > savepoint) {
        undo_.back()();
        undo_.pop_back();
    }
}

template <class Map>
void MemoryTransaction::put(Map& map, const typename Map::key_type& key,
                            typename Map::mapped_type value) {
    const auto found = map.find(key);
    if (found == map.end()) {
        undo_.emplace_back([&map, key] { map.erase(key); });
        map.emplace(key, std::move(value));
        return;
    }
    undo_.emplace_back([&map, key, before = found->second] { map.at(key) = before; });
    found->second = std::move(value);
}

// A record's id belongs to the person whose record it was first.
template <class Map, class Record>
Result<void> MemoryTransaction::put_sequenced(Map& map, const std::string& id,
                                              const Record& record) {
    const auto found = map.find(id);
    if (found != map.end() && found->second.record.person != record.person) {
        return model::refuse(Problem::record_conflict);
    }
    const std::uint64_t sequence =
        found == map.end() ? tables_.next_sequence++ : found->second.sequence;
    put(map, id, {.sequence = sequence, .record = record});
    return {};
}

Result<void> MemoryTransaction::insert_message(const StoredMessage& message,
                                               const SealedBody& body) {
    if (tables_.messages.contains(message.key)) return model::refuse(Problem::message_conflict);
    put(tables_.messages, message.key, message);
    put(tables_.bodies, message.key, body);
    auto keys = tables_.by_id[message.key.id];
    keys.insert(message.key);
    put(tables_.by_id, message.key.id, std::move(keys));
    if (!body.spool_file.empty() && tables_.spool_files.insert(body.spool_file).second) {
        undo_.emplace_back([this, file = body.spool_file] { tables_.spool_files.erase(file); });
    }
    return {};
}

Result<void> MemoryTransaction::insert_business_key(const BusinessScope& scope,
                                                    const model::MessageKey& key) {
    if (tables_.business_keys.contains(scope)) {
        return model::refuse(Problem::business_key_conflict);
    }
    if (!tables_.messages.contains(key)) return model::refuse(Problem::message_unknown);
    put(tables_.business_keys, scope, key);
    return {};
}

Result<void> MemoryTransaction::insert_awaited(const AwaitedDocument& awaited) {
    if (!tables_.messages.contains(awaited.request)) return model::refuse(Problem::message_unknown);
    if (tables_.awaited.contains(awaited.request)) return model::refuse(Problem::message_conflict);
    put(tables_.awaited, awaited.request, awaited);
    return {};
}

Result<std::uint64_t> MemoryTransaction::end_waiting(const BusinessScope& document,
                                                     WaitingState state) {
    std::vector<AwaitedDocument> ended;
    for (const auto& [request, awaited] : tables_.awaited) {
        if (awaited.document == document && awaited.state == WaitingState::waiting)
            ended.push_back(awaited);
    }
    for (AwaitedDocument& awaited : ended) {
        awaited.state = state;
        put(tables_.awaited, awaited.request, awaited);
    }
    return ended.size();
}

Result<DeliveryId> MemoryTransaction::insert_delivery(const StoredDelivery& delivery) {
    const auto message = tables_.messages.find(delivery.message);
    if (message == tables_.messages.end()) return model::refuse(Problem::message_unknown);
    StoredDelivery stored = delivery;
    stored.id = tables_.next_delivery++;
    put(tables_.deliveries, stored.id, stored);
    auto ids = tables_.by_message[stored.message];
    ids.push_back(stored.id);
    put(tables_.by_message, stored.message, std::move(ids));
    enter_queues(stored);
    add_history(stored.id, {.at = message->second.accepted_at, .state = stored.state});
    return stored.id;
}

Result<std::string> MemoryTransaction::advance_series(const std::string& order_key,
                                                      const std::string& number) {
    const auto last = tables_.series.find(order_key);
    if (last != tables_.series.end() && number < last->second) return last->second;
    put(tables_.series, order_key, number);
    return number;
}

Result<std::uint64_t> MemoryTransaction::append_leaf(const std::string& leaf) {
    if (leaf.size() > audit::kEntryBytesMost) return model::refuse(Problem::internal);
    const model::Sha256 hash = audit::leaf_hash(leaf);
    const audit::Frontier before = tables_.frontier;
    std::vector<model::Sha256> grown = tables_.frontier.append(hash);
    grown.insert(grown.begin(), hash);
    if (tables_.tree_rows.size() < grown.size()) tables_.tree_rows.resize(grown.size());
    for (std::size_t row = 0; row < grown.size(); ++row) {
        tables_.tree_rows[row].push_back(grown[row]);
    }
    tables_.leaves.push_back(leaf);
    undo_.emplace_back([this, before, rows = grown.size()] {
        tables_.frontier = before;
        for (std::size_t row = 0; row < rows; ++row) tables_.tree_rows[row].pop_back();
        tables_.leaves.pop_back();
    });
    return tables_.leaves.size() - 1;
}

Result<std::vector<StoredDelivery>> MemoryTransaction::lease(const LeaseRequest& request) {
    DueDeliveries due;
    for (const DeliveryId id : tables_.unsettled[request.via]) {
        const StoredDelivery& delivery = tables_.deliveries.at(id);
        if (request.recipient && delivery.recipient != *request.recipient) continue;
        if (is_barred(request, tables_.messages.at(delivery.message).type)) continue;
        const auto moment = tables_.due(delivery);
        if (!moment || *moment > request.now || request.now >= delivery.expires) continue;
        const bool is_fresh = delivery.attempts == 0 && !request.recipient;
        (is_fresh ? due.fresh : due.others).emplace_back(is_fresh ? delivery.turn : *moment, id);
    }
    const auto ids = in_turn(std::move(due), request);
    std::vector<StoredDelivery> taken;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        StoredDelivery delivery = tables_.deliveries.at(ids[i]);
        if (tables_.leases.contains(request.handles[i])) return model::refuse(Problem::internal);
        delivery.state = DeliveryState::leased;
        delivery.attempts += 1;
        delivery.lease_until = request.until;
        delivery.lease = request.handles[i];
        put(tables_.leases, delivery.lease, delivery.id);
        change(delivery, request.now, "attempt " + std::to_string(delivery.attempts));
        taken.push_back(std::move(delivery));
    }
    return taken;
}

Result<std::vector<StoredDelivery>> MemoryTransaction::overdue(const model::Via& via,
                                                               model::Instant now,
                                                               std::size_t count_max) {
    std::vector<StoredDelivery> list = tables_.overdue(via, now);
    if (list.size() > count_max) list.resize(count_max);
    return list;
}

Result<void> MemoryTransaction::expire(DeliveryId delivery, model::Instant at) {
    const auto found = tables_.deliveries.find(delivery);
    if (found == tables_.deliveries.end()) return model::refuse(Problem::message_unknown);
    const DeliveryState state = found->second.state;
    if (is_settled(state) && state != DeliveryState::dead) {
        return model::refuse(Problem::lease_lost);
    }
    StoredDelivery expired = found->second;
    expired.state = DeliveryState::expired;
    expired.lease.clear();
    change(expired, at, {});
    return {};
}

Result<bool> MemoryTransaction::settle(const Settlement& settlement) {
    if (settlement.state == DeliveryState::leased) return model::refuse(Problem::internal);
    const auto found = tables_.deliveries.find(settlement.delivery);
    if (found == tables_.deliveries.end() || found->second.state != DeliveryState::leased ||
        found->second.lease != settlement.lease) {
        return false;
    }
    StoredDelivery settled = found->second;
    settled.state = settlement.state;
    if (settlement.state == DeliveryState::queued) settled.next_attempt = settlement.next_attempt;
    change(settled, settlement.at, settlement.detail);
    return true;
}

Result<bool> MemoryTransaction::move(const Move& move) {
    const auto found = tables_.deliveries.find(move.delivery);
    if (found == tables_.deliveries.end() || found->second.state != DeliveryState::queued) {
        return false;
    }
    StoredDelivery moved = found->second;
    moved.via = move.via;
    moved.next_attempt = move.at;
    change(moved, move.at, move.detail);
    return true;
}

Result<void> MemoryTransaction::put_registration(const StoredRegistration& registration) {
    return put_sequenced(tables_.registrations, registration.registration.id, registration);
}

Result<void> MemoryTransaction::put_consent(const StoredConsent& consent) {
    return put_sequenced(tables_.consents, consent.consent.id, consent);
}

Result<bool> MemoryTransaction::put_end(const model::PersonHash& person, const EndWord& word) {
    const auto found = tables_.ends.find(person);
    auto words = found == tables_.ends.end() ? std::map<std::uint64_t, EndWord>{} : found->second;
    const auto earlier = words.find(word.history);
    if (earlier != words.end() && earlier->second.said > word.said) return false;
    words.insert_or_assign(word.history, word);
    const auto before = tables_.end_of(person);
    put(tables_.ends, person, std::move(words));
    return tables_.end_of(person) != before;
}

Result<bool> MemoryTransaction::mark_released(DeliveryId delivery) {
    if (!tables_.deliveries.contains(delivery)) return false;
    if (!tables_.released.insert(delivery).second) return false;
    undo_.emplace_back([this, delivery] { tables_.released.erase(delivery); });
    return true;
}

Result<void> MemoryTransaction::add_access(const model::PersonHash& person, std::uint64_t leaf) {
    auto leaves = tables_.accesses[person];
    leaves.insert(leaf);
    put(tables_.accesses, person, std::move(leaves));
    return {};
}

Result<void> MemoryTransaction::set_note(const std::string& name, const std::string& value) {
    put(tables_.notes, name, value);
    return {};
}

void MemoryTransaction::change(const StoredDelivery& delivery, model::Instant at,
                               std::string detail) {
    leave_queues(tables_.deliveries.at(delivery.id));
    put(tables_.deliveries, delivery.id, delivery);
    enter_queues(delivery);
    add_history(delivery.id, {.at = at, .state = delivery.state, .detail = std::move(detail)});
}

void MemoryTransaction::enter_queues(const StoredDelivery& delivery) {
    queue(delivery);
    undo_.emplace_back([this, delivery] { unqueue(delivery); });
}

void MemoryTransaction::leave_queues(const StoredDelivery& delivery) {
    unqueue(delivery);
    undo_.emplace_back([this, delivery] { queue(delivery); });
}

void MemoryTransaction::queue(const StoredDelivery& delivery) {
    const bool dead = delivery.state == DeliveryState::dead;
    if (is_settled(delivery.state) && !dead) return;
    if (!dead) tables_.unsettled[delivery.via].insert(delivery.id);
    if (delivery.order_key.empty()) return;
    tables_.ordered[{delivery.recipient, delivery.order_key}].insert(delivery.id);
    if (dead) tables_.dead_ordered.insert(delivery.id);
}

void MemoryTransaction::unqueue(const StoredDelivery& delivery) {
    tables_.unsettled[delivery.via].erase(delivery.id);
    tables_.dead_ordered.erase(delivery.id);
    const auto line = tables_.ordered.find({delivery.recipient, delivery.order_key});
    if (line == tables_.ordered.end()) return;
    line->second.erase(delivery.id);
    if (line->second.empty()) tables_.ordered.erase(line);
}

void MemoryTransaction::add_history(DeliveryId delivery, HistoryEntry entry) {
    tables_.history[delivery].push_back(std::move(entry));
    undo_.emplace_back([this, delivery] { tables_.history[delivery].pop_back(); });
}

}  // namespace sekisho::store
