#include "gateway/exchange/lane.h"

#include "gateway/audit/leaf.h"
#include "gateway/exchange/delivery_record.h"
#include "gateway/exchange/detour.h"
#include "gateway/exchange/on_record.h"
#include "gateway/exchange/sealed_source.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

namespace limits = model::limits;
using adapters::Fate;
using adapters::Outcome;
using store::DeliveryState;

constexpr std::chrono::milliseconds kLookAgain{1000};  // when the store would not say what is due
constexpr std::string_view kUnreadable =
    "保存先をいま読めません。自動でやり直します / the store cannot be read now; tried again by "
    "itself";
constexpr std::string_view kUnopened =
    "保存された文書を開けません。運用者が鍵とディスクを調べてください / "
    "the stored document cannot be opened; an operator looks at keys and disk";

}  // namespace

void Lane::pump() {
    const std::size_t slots = claim_slots();
    if (slots > 0) lease(slots);
}

void Lane::stop() {
    const locks::Lock lock{mutex_};
    stopped_ = true;
    if (timer_) with_.timer.cancel(*timer_);
    timer_.reset();
}

LaneView Lane::view() const {
    const path::Leg leg = with_.snapshots.current()->snapshot->paths.leg_by(via_);
    const auto conditions = with_.legs.conditions();
    const locks::Lock lock{mutex_};
    return {.via = via_,
            .in_flight = in_flight_,
            .breaker_open = breaker_.is_open(),
            .network = leg.network,
            .standing = conditions->of(leg)};
}

// How many deliveries may be leased now; 0 when the lane is full, resting, stopped or leasing
// already.
std::size_t Lane::claim_slots() {
    std::chrono::milliseconds rest{0};
    {
        const locks::Lock lock{mutex_};
        if (leasing_) woken_ = true;
        if (stopped_ || leasing_ || in_flight_ >= limits::kLaneInFlightMax) return 0;
        const auto now = with_.clock.monotonic();
        if (breaker_.allows(now)) {
            if (breaker_.is_open() && in_flight_ > 0) return 0;
            leasing_ = true;
            return breaker_.allowed(limits::kLaneInFlightMax) - in_flight_;
        }
        rest = std::chrono::ceil<std::chrono::milliseconds>(breaker_.rests_until() - now);
    }
    pump_after(rest);
    return 0;
}

void Lane::lease(std::size_t slots) {
    struct Leasing {
        store::LeaseRequest request;
        std::vector<store::StoredDelivery> leased{};
        std::vector<store::StoredDelivery> expired{};
        std::set<store::DeliveryId> called{};
        std::set<Queue> wakes{};  // of the next of their order keys
    };
    const model::Instant now = with_.clock.now();
    auto leasing = std::make_shared<Leasing>();
    leasing->request = {.via = via_,
                        .deliveries_max = slots,
                        .now = now,
                        .until = now + limits::kDeliveryLease,
                        .handles = make_handles(with_.random, slots)};
    {
        const locks::Lock lock{mutex_};
        leasing->called = called_;
        leasing->request.tried_first = std::exchange(tried_first_, !tried_first_);
    }
    auto self = shared_from_this();
    const bool queued = with_.store.submit(
        [leasing, via = via_, now](store::Transaction& transaction) -> model::Result<void> {
            if (auto done =
                    expire_overdue(transaction, via, now, leasing->expired, leasing->called);
                !done) {
                return done;
            }
            for (const auto& gone : leasing->expired) {
                const auto next = queue_of_next(transaction, gone);
                if (!next) return std::unexpected(next.error());
                if (*next && (*next)->via != via) leasing->wakes.insert(**next);
            }
            auto leased = transaction.lease(leasing->request);
            if (!leased) return std::unexpected(leased.error());
            leasing->leased = std::move(*leased);
            return {};
        },
        [self, leasing](const model::Result<void>& committed) {
            if (!committed) leasing->leased.clear();
            if (committed) self->with_.counters.count_expired(leasing->expired);
            self->take(leasing->leased);
            if (!committed) return;
            for (const Queue& other : leasing->wakes) self->wake_(other);
        });
    if (queued) return;
    {
        const locks::Lock lock{mutex_};
        leasing_ = false;
    }
    pump_after(kLookAgain);
}

void Lane::take(const std::vector<store::StoredDelivery>& leased) {
    bool again = false;
    std::vector<store::StoredDelivery> idle;  // no call of theirs is under way
    for (const auto& delivery : leased) {
        if (delivery.attempts > 1) continue;
        with_.counters.turns.taken(via_, delivery.message.source, delivery.turn);
    }
    {
        const locks::Lock lock{mutex_};
        leasing_ = false;
        again = std::exchange(woken_, false);
        for (const auto& delivery : leased) {
            if (called_.insert(delivery.id).second) idle.push_back(delivery);
        }
        in_flight_ += idle.size();
    }
    for (const auto& delivery : idle) {
        auto self = shared_from_this();
        if (with_.deliverers.post([self, delivery] { self->run(delivery); })) continue;
        give_up_turn(delivery);
        again = false;
    }
    if (again) return pump();
    wait_for_next();
}

void Lane::wait_for_next() {
    const bool calling = view().in_flight > 0;
    auto stored = with_.store.view();
    if (!stored) return pump_after(kLookAgain);
    const auto due = (*stored)->next_due(via_);
    if (!due) return pump_after(kLookAgain);
    if (!*due) return;  // nothing queued; a new delivery wakes the lane
    const model::Instant now = with_.clock.now();
    auto delay = std::max(std::chrono::milliseconds{1}, **due - now);
    if (**due <= now && calling) delay = kLookAgain;  // due, but its call is under way
    pump_after(std::min<std::chrono::milliseconds>(delay, limits::kBackoffMax));
}

void Lane::run(const store::StoredDelivery& delivery) {
    {
        const locks::Lock lock{mutex_};
        if (delivery.attempts <= 1) budget_.on_first_attempt();
    }
    auto opened = open(delivery);
    if (!opened) return end(delivery, opened.error());
    if (delivery.as_reader) {
        return release(delivery, std::make_shared<Release>(std::move(*opened)));
    }
    decide_filing(*opened, delivery);
    end(delivery, call(delivery, *opened));
}

std::expected<Release, Lane::Attempt> Lane::open(const store::StoredDelivery& delivery) {
    auto view = with_.store.view();
    if (!view) {
        return std::unexpected(Attempt{
            .outcome = {.fate = Fate::retry, .detail = std::string{kUnreadable}}, .tried = false});
    }
    auto loaded = load_document(**view, with_.keyring, delivery.message);
    if (!loaded) {
        const auto message = (*view)->message(delivery.message);
        Attempt unopened{.outcome = {.fate = Fate::retry, .detail = std::string{kUnopened}},
                         .tried = false};
        if (message && *message) unopened.accepted_at = (*message)->accepted_at;
        return std::unexpected(std::move(unopened));
    }
    return Release{.world = with_.snapshots.current(),
                   .document = std::move(*loaded),
                   .now = with_.clock.now()};
}

void Lane::release(const store::StoredDelivery& delivery, const std::shared_ptr<Release>& release) {
    const Attempt unreadable{.outcome = {.fate = Fate::retry, .detail = std::string{kUnreadable}},
                             .tried = false,
                             .accepted_at = release->document.message.accepted_at};
    auto self = shared_from_this();
    const bool queued = with_.store.submit(
        [release, delivery, &clock = with_.clock](store::Transaction& transaction) {
            return decide_reader(transaction, *release, delivery, clock.now());
        },
        [self, release, delivery, unreadable](const model::Result<void>& committed) {
            if (!committed) return self->end(delivery, unreadable);
            const bool posted = self->with_.deliverers.post(
                [self, release, delivery] { self->end(delivery, self->call(delivery, *release)); });
            if (!posted) self->give_up_turn(delivery);
        });
    if (!queued) end(delivery, unreadable);
}

// Delivers what was decided about.
Lane::Attempt Lane::call(const store::StoredDelivery& delivery, Release& release) {
    const store::StoredMessage& message = release.document.message;
    look_again(with_.store, release, delivery, with_.clock.now());
    if (!*release.decided) {
        const model::Refusal& refusal = release.decided->error();
        const bool withdrawn = is_withdrawn(delivery, refusal);
        return {.outcome = {.fate = withdrawn ? Fate::rejected : Fate::retry,
                            .detail = detail_of_refused(delivery, refusal)},
                .withdrawn = withdrawn,
                .tried = false,
                .accepted_at = message.accepted_at};
    }
    SealedSource body{with_.keyring, with_.spool, std::move(release.document.body)};
    return {.outcome = adapter_.deliver({.envelope = **release.decided,
                                         .recipient = delivery.recipient,
                                         .size = message.size,
                                         .sha256 = message.sha256,
                                         .attempt = delivery.attempts},
                                        body, with_.clock.monotonic() + limits::kDeliveryDeadline),
            .accepted_at = message.accepted_at};
}

void Lane::end(const store::StoredDelivery& delivery, const Attempt& attempt) {
    if (attempt.tried) {
        const locks::Lock lock{mutex_};
        if (attempt.outcome.fate == Fate::retry) {
            breaker_.on_failure(with_.clock.monotonic());
        } else {
            breaker_.on_success();
        }
    }
    settle(delivery, conclude(delivery, attempt));
}

// A full executor leaves the lease to run out: the delivery is taken up again then.
void Lane::give_up_turn(const store::StoredDelivery& delivery) {
    const locks::Lock lock{mutex_};
    called_.erase(delivery.id);
    --in_flight_;
}

Lane::Settled Lane::conclude(const store::StoredDelivery& delivery, const Attempt& attempt) {
    const Outcome& outcome = attempt.outcome;
    Settled settled{.settlement = {.delivery = delivery.id,
                                   .lease = delivery.lease,
                                   .at = with_.clock.now(),
                                   .detail = outcome.detail}};
    const auto waited = settled.settlement.at - attempt.accepted_at.value_or(settled.settlement.at);
    if (outcome.fate == Fate::retry && !is_given_up(delivery.attempts, waited, with_.patience)) {
        put_back(delivery, outcome, settled);
        settled.may_move = !attempt.tried || with_.legs.conditions()->is_silent(via_);
        return settled;
    }
    settled.settlement.state = attempt.withdrawn                 ? DeliveryState::withdrawn
                               : outcome.fate == Fate::delivered ? DeliveryState::delivered
                               : outcome.fate == Fate::rejected  ? DeliveryState::rejected
                                                                 : DeliveryState::dead;
    settled.leaf = outcome_leaf_of(delivery, settled.settlement.state, settled.settlement.at,
                                   outcome.peer_code);
    return settled;
}

void Lane::put_back(const store::StoredDelivery& delivery, const Outcome& outcome,
                    Settled& settled) {
    const locks::Lock lock{mutex_};
    const auto delay = budget_.take() ? backoff(delivery.attempts, with_.random)
                                      : longest_backoff(delivery.attempts);
    settled.settlement.state = DeliveryState::queued;
    settled.settlement.next_attempt = settled.settlement.at + delay;
    settled.settlement.detail = outcome.detail;
}

void Lane::settle(const store::StoredDelivery& delivery, Settled settled) {
    auto self = shared_from_this();
    auto shared = std::make_shared<Settled>(std::move(settled));
    const bool queued = with_.store.submit(
        [self, shared, delivery](store::Transaction& transaction) {
            return self->write(transaction, delivery, *shared);
        },
        [self, shared, delivery](const model::Result<void>& committed) {
            if (committed && shared->kept) self->count(delivery, shared->settlement.state);
            if (committed && shared->moved) {
                self->with_.counters.moved.fetch_add(1, std::memory_order_relaxed);
            }
            if (committed && shared->wakes) self->wake_(*shared->wakes);
            self->with_.log.write(platform::LogLevel::info, "delivery",
                                  {{"id", delivery.message.id.text()},
                                   {"recipient", model::to_string(delivery.recipient)},
                                   {"via", delivery.via.text()},
                                   {"state", store::to_string(shared->settlement.state)},
                                   {"detail", shared->settlement.detail}});
            self->finished(delivery.id);
        });
    // Unsettled, the lease runs out and the peer is asked again with the same source and id: once
    // in effect.
    if (!queued) finished(delivery.id);
}

model::Result<void> Lane::write(store::Transaction& transaction,
                                const store::StoredDelivery& delivery, Settled& settled) const {
    const auto kept = transaction.settle(settled.settlement);
    if (!kept) return std::unexpected(kept.error());
    settled.kept = *kept;
    if (!*kept) return {};
    if (settled.leaf) {
        if (auto done = put_on_record(transaction, *settled.leaf); !done) return done;
        auto next = queue_of_next(transaction, delivery);
        if (!next) return std::unexpected(next.error());
        if (*next && (*next)->via != via_) settled.wakes = std::move(**next);
        return {};
    }
    return settled.may_move ? move(transaction, delivery, settled) : model::Result<void>{};
}

model::Result<void> Lane::move(store::Transaction& transaction,
                               const store::StoredDelivery& delivery, Settled& settled) const {
    const auto message = transaction.message(delivery.message);
    if (!message) return std::unexpected(message.error());
    if (!*message) return {};
    auto queue =
        take_other_way(transaction, with_, {.delivery = delivery, .type = (*message)->type});
    if (!queue) return std::unexpected(queue.error());
    settled.moved = queue->has_value();
    settled.wakes = std::move(*queue);
    return {};
}

void Lane::finished(store::DeliveryId delivery) {
    {
        const locks::Lock lock{mutex_};
        called_.erase(delivery);
        --in_flight_;
    }
    pump();
}

void Lane::pump_after(std::chrono::milliseconds delay) {
    auto self = weak_from_this();
    const locks::Lock lock{mutex_};
    if (stopped_) return;
    if (timer_) with_.timer.cancel(*timer_);
    timer_ = with_.timer.after(delay, [self] {
        if (const auto lane = self.lock()) lane->pump();
    });
}

void Lane::count(const store::StoredDelivery& delivery, DeliveryState state) {
    Counters& counters = with_.counters;
    if (store::is_settled(state)) counters.backlog.settled(delivery.message.source);
    const auto add = [](Counters::Count& counter) {
        counter.fetch_add(1, std::memory_order_relaxed);
    };
    switch (state) {
        case DeliveryState::delivered:
            return add(counters.delivered);
        case DeliveryState::rejected:
            return add(counters.rejected);
        case DeliveryState::withdrawn:
            return add(counters.withdrawn);
        case DeliveryState::expired:
            return add(counters.expired);
        case DeliveryState::dead:
            return add(counters.dead);
        case DeliveryState::queued:
            return add(counters.retried);
        case DeliveryState::leased:
            return;
    }
}

}  // namespace sekisho::exchange
