#include "tests/crash/store/workload.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/platform/crypto.h"

namespace sekisho::store {

namespace {

constexpr std::size_t kGroupMax = 5;
constexpr std::array<std::size_t, 4> kBodyBytes{40, 700, 9'000, 30'000};
constexpr std::array kOutcomes{DeliveryState::delivered, DeliveryState::rejected,
                               DeliveryState::dead, DeliveryState::queued};

// Of one message, beside the record itself.
struct Extras {
    std::string bytes;
    std::vector<StoredDelivery> deliveries;
    std::string series;
    std::string number;
};

Result<void> put(Transaction& transaction, const std::string& id, const Extras& extras) {
    if (auto done = transaction.insert_message(message(id), body(extras.bytes)); !done) {
        return done;
    }
    auto keyed = transaction.insert_business_key(business_of(id), key(id));
    if (!keyed) return keyed;
    if (auto leaf = transaction.append_leaf("accepted " + id); !leaf) return forget(leaf);
    if (!extras.series.empty()) {
        const auto last = transaction.advance_series(extras.series, extras.number);
        if (!last) return forget(last);
    }
    for (const StoredDelivery& each : extras.deliveries) {
        if (auto inserted = transaction.insert_delivery(each); !inserted) return forget(inserted);
    }
    return {};
}

}  // namespace

BusinessScope business_of(const std::string& message_id) {
    return {.owner = clinic(),
            .type = model::TypeId("certification.opinion"),
            .key_hash = platform::sha256(message_id)};
}

const std::vector<model::Via>& lanes() {
    static const std::vector<model::Via> all{model::Via("mailbox"), model::Via("platform")};
    return all;
}

Group Workload::next_group() {
    now_ += std::chrono::seconds{chance_.below(40)};
    given_.clear();
    Group group;
    for (std::size_t count = 1 + chance_.below(kGroupMax); count > 0; --count) {
        group.push_back(next());
    }
    return group;
}

void Workload::acknowledged() {
    for (const auto& given : given_) held_.insert(held_.end(), given->begin(), given->end());
    given_.clear();
}

Operation Workload::next() {
    const std::uint64_t what = chance_.below(100);
    auto& ids = questions_.messages;
    if (what < 40 || ids.empty()) return accept("m-" + std::to_string(ids.size()));
    if (what < 48) return accept(ids[chance_.below(ids.size())]);  // again
    if (what < 54) return undone();
    if (what < 74) return lease();
    if (what < 92 && !held_.empty()) return settle();
    return what < 96 ? expire() : note();
}

Operation Workload::accept(const std::string& id) {
    const bool again = std::ranges::find(questions_.messages, id) != questions_.messages.end();
    if (!again) questions_.messages.push_back(id);
    Extras extras{.bytes = std::string(kBodyBytes[chance_.below(kBodyBytes.size())], 'b')};
    if (chance_.of(0.3)) {
        extras.series = "series-" + std::to_string(chance_.below(2));
        extras.number = std::to_string(20261121000000 + ++numbers_);
    }
    for (const auto& lane : lanes()) {
        if (!extras.deliveries.empty() && chance_.of(0.5)) continue;
        StoredDelivery to = delivery(id);
        to.via = lane;
        to.order_key = extras.series;
        to.next_attempt = now_;
        to.expires = now_ + std::chrono::minutes{1 + chance_.below(20)};
        extras.deliveries.push_back(std::move(to));
    }
    return {.name = (again ? "again " : "accept ") + id,
            .work = [id, extras = std::move(extras)](Transaction& transaction) {
                return put(transaction, id, extras);
            }};
}

// Writes a good deal, and then says no.
Operation Workload::undone() {
    const std::string id = "undone-" + std::to_string(questions_.messages.size());
    questions_.messages.push_back(id);
    return {.name = id, .work = [id](Transaction& transaction) -> Result<void> {
                const Extras extras{.bytes = std::string(9'000, 'u')};
                if (auto done = put(transaction, id, extras); !done) return done;
                return model::refuse(model::Problem::superseded);
            }};
}

Operation Workload::lease() {
    LeaseRequest request{.via = lanes()[chance_.below(lanes().size())],
                         .deliveries_max = 1 + chance_.below(4),
                         .now = now_,
                         .until = now_ + std::chrono::seconds{20 + chance_.below(100)}};
    for (std::size_t i = 0; i < request.deliveries_max; ++i) {
        request.handles.push_back("h-" + std::to_string(++handles_));
    }
    const auto given = std::make_shared<std::vector<StoredDelivery>>();
    given_.push_back(given);
    return {.name = "lease",
            .work = [request = std::move(request), given](Transaction& transaction) {
                auto taken = transaction.lease(request);
                if (taken) *given = *taken;
                return forget(taken);
            }};
}

Operation Workload::settle() {
    const std::size_t which = chance_.below(held_.size());
    const StoredDelivery held = held_[which];
    if (chance_.of(0.8)) held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(which));
    const Settlement settlement{.delivery = held.id,
                                .lease = held.lease,
                                .state = kOutcomes[chance_.below(kOutcomes.size())],
                                .at = now_,
                                .next_attempt = now_ + kMinute};
    return {.name = "settle " + held.message.id.text(),
            .work = [settlement](Transaction& transaction) -> Result<void> {
                const auto kept = transaction.settle(settlement);
                if (!kept) return forget(kept);
                if (!*kept) return model::refuse(model::Problem::lease_lost);
                return forget(transaction.append_leaf("outcome of " + settlement.lease));
            }};
}

Operation Workload::expire() {
    return {.name = "expire",
            .work = [lane = lanes()[chance_.below(lanes().size())],
                     now = now_](Transaction& transaction) -> Result<void> {
                const auto overdue = transaction.overdue(lane, now, 3);
                if (!overdue) return forget(overdue);
                for (const auto& delivery : *overdue) {
                    if (auto done = transaction.expire(delivery.id, now); !done) return done;
                    auto leaf = transaction.append_leaf("expired " + delivery.message.id.text());
                    if (!leaf) return forget(leaf);
                }
                return {};
            }};
}

Operation Workload::note() {
    const std::string name = "note-" + std::to_string(chance_.below(3));
    questions_.notes.push_back(name);
    return {.name = name,
            .work = [name, value = std::to_string(chance_.below(1000))](Transaction& transaction) {
                return transaction.set_note(name, value);
            }};
}

}  // namespace sekisho::store
