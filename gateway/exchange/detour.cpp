#include "gateway/exchange/detour.h"

#include "gateway/exchange/delivery_record.h"
#include "routing/plan/ways.h"

namespace sekisho::exchange {

namespace {

constexpr std::chrono::milliseconds kStoreAgain{1000};

std::string moved_text(const model::Via& from, const model::Via& to) {
    return from.text() + " の代わりに " + to.text() + " で送ります / by " + to.text() +
           " in place of " + from.text();
}

}  // namespace

model::Result<std::optional<Queue>> take_other_way(store::Transaction& transaction,
                                                   const LaneCollaborators& with,
                                                   const store::WaitingDelivery& waiting) {
    const store::StoredDelivery& delivery = waiting.delivery;
    const auto world = with.snapshots.current();
    const auto way = plan::other_way(*world->snapshot, waiting.type, planned_of(delivery),
                                     *with.legs.conditions());
    if (!way) return std::nullopt;
    const auto moved = transaction.move({.delivery = delivery.id,
                                         .via = *way,
                                         .at = with.clock.now(),
                                         .detail = moved_text(delivery.via, *way)});
    if (!moved) return std::unexpected(moved.error());
    if (!*moved) return std::nullopt;
    return queue_of(*way, delivery.recipient);
}

model::Result<std::optional<Queue>> queue_of_next(store::View& view,
                                                  const store::StoredDelivery& gone) {
    if (gone.order_key.empty()) return std::nullopt;
    const auto via = view.first_in_order(gone.recipient, gone.order_key);
    if (!via) return std::unexpected(via.error());
    if (!*via) return std::nullopt;
    return queue_of(**via, gone.recipient);
}

void Relief::begin() {
    {
        const locks::Lock lock{mutex_};
        again_ = under_way_;
        if (under_way_ || stopped_) return;
        under_way_ = true;
        after_ = {};
    }
    go_on();
}

void Relief::stop() {
    const locks::Lock lock{mutex_};
    stopped_ = true;
}

void Relief::go_on() {
    auto self = shared_from_this();
    auto piece = std::make_shared<Piece>();
    {
        const locks::Lock lock{mutex_};
        if (stopped_) return;
        piece->after = after_;
    }
    const bool queued = with_.store.submit(
        [self, piece](store::Transaction& transaction) { return self->take(transaction, *piece); },
        [self, piece](const model::Result<void>& committed) {
            if (!committed) return self->go_on_later();
            self->took(*piece);
        });
    if (!queued) go_on_later();
}

void Relief::go_on_later() {
    with_.timer.after(kStoreAgain, [self = weak_from_this()] {
        if (const auto relief = self.lock()) relief->go_on();
    });
}

model::Result<void> Relief::take(store::Transaction& transaction, Piece& piece) const {
    const auto waiting = transaction.waiting(via_, piece.after, model::limits::kMovedAtOnceMax);
    if (!waiting) return std::unexpected(waiting.error());
    for (const store::WaitingDelivery& one : *waiting) {
        auto queue = take_other_way(transaction, with_, one);
        if (!queue) return std::unexpected(queue.error());
        piece.after = {.expires = one.delivery.expires, .id = one.delivery.id};
        if (!*queue) continue;
        piece.moved.push_back(one.delivery);
        piece.queues.insert(std::move(**queue));
    }
    piece.is_last = waiting->size() < model::limits::kMovedAtOnceMax;
    return {};
}

void Relief::took(const Piece& piece) {
    with_.counters.moved.fetch_add(piece.moved.size(), std::memory_order_relaxed);
    for (const store::StoredDelivery& delivery : piece.moved) {
        if (delivery.attempts > 0) continue;
        with_.counters.turns.taken(via_, delivery.message.source, delivery.turn);
    }
    for (const Queue& queue : piece.queues) wake_(queue);
    {
        const locks::Lock lock{mutex_};
        after_ = piece.after;
        if (piece.is_last) {
            under_way_ = std::exchange(again_, false);
            after_ = {};
        }
        if (!under_way_) return;
    }
    go_on();
}

}  // namespace sekisho::exchange
