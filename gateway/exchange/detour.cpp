#include "gateway/exchange/detour.h"

#include "gateway/exchange/delivery_record.h"
#include "routing/plan/ways.h"

namespace sekisho::exchange {

namespace {

// One round over what waits at a leg; its Works follow each other.
struct Relief {
    const LaneCollaborators& with;
    model::Via via;
    std::function<void(const model::Via&)> wake;
    store::WaitingAfter after{};
    std::size_t looked_at = 0;           // in the last Work
    std::set<model::Via> relieved_by{};  // in the last Work
};

std::string moved_text(const model::Via& from, const model::Via& to) {
    return from.text() + " の網が止まっているため " + to.text() + " で送ります / by " + to.text() +
           ", because the network of " + from.text() + " is down";
}

model::Result<void> relieve_some(store::Transaction& transaction, Relief& relief) {
    relief.relieved_by.clear();
    const auto waiting =
        transaction.waiting(relief.via, relief.after, model::limits::kMovedAtOnceMax);
    if (!waiting) return std::unexpected(waiting.error());
    for (const store::StoredDelivery& delivery : *waiting) {
        const auto way = take_other_way(transaction, relief.with, delivery);
        if (!way) return std::unexpected(way.error());
        if (*way) relief.relieved_by.insert(**way);
        relief.after = {.expires = delivery.expires, .id = delivery.id};
    }
    relief.looked_at = waiting->size();
    return {};
}

void go_on(const std::shared_ptr<Relief>& relief) {
    // A full store is asked again at the next change of a leg, or when these are tried.
    (void)relief->with.store.submit(
        [relief](store::Transaction& transaction) { return relieve_some(transaction, *relief); },
        [relief](const model::Result<void>& committed) {
            if (!committed) return;
            for (const model::Via& way : relief->relieved_by) relief->wake(way);
            if (relief->looked_at == model::limits::kMovedAtOnceMax) go_on(relief);
        });
}

}  // namespace

model::Result<std::optional<model::Via>> take_other_way(store::Transaction& transaction,
                                                        const LaneCollaborators& with,
                                                        const store::StoredDelivery& waiting) {
    const auto world = with.snapshots.current();
    const auto conditions = with.legs.conditions();
    if (conditions->empty() && world->snapshot->paths.rules().empty()) return std::nullopt;
    const auto message = transaction.message(waiting.message);
    if (!message) return std::unexpected(message.error());
    if (!*message) return std::nullopt;
    const auto way =
        plan::other_way(*world->snapshot, (*message)->type, planned_of(waiting), *conditions);
    if (!way) return std::nullopt;
    const model::Instant now = with.clock.now();
    const auto moved =
        transaction.move({.delivery = waiting.id,
                          .via = *way,
                          .at = now,
                          .turn = with.counters.turns.next(*way, waiting.message.source, now, 1),
                          .detail = moved_text(waiting.via, *way)});
    if (!moved) return std::unexpected(moved.error());
    if (!*moved) return std::nullopt;
    with.counters.moved.fetch_add(1, std::memory_order_relaxed);
    return way;
}

void relieve(const LaneCollaborators& with, const model::Via& via,
             std::function<void(const model::Via&)> wake) {
    go_on(std::make_shared<Relief>(with, via, std::move(wake)));
}

}  // namespace sekisho::exchange
