// collect: the mailbox of those who cannot be called. Leases, acknowledgement, rejection, long
// poll.
#include "gateway/audit/leaf.h"
#include "gateway/exchange/detour.h"
#include "gateway/exchange/exchange_state.h"
#include "gateway/exchange/mailbox_waiters.h"
#include "gateway/exchange/on_record.h"
#include "gateway/exchange/peers.h"
#include "gateway/exchange/release.h"
#include "gateway/exchange/sealed_source.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

namespace limits = model::limits;
using model::Problem;
using store::DeliveryState;

// A document, its base64, the answer's tree and text, and the bytes on their way to the wire.
constexpr std::uint64_t kAnswerShare = 6;

constexpr std::string_view kLeft = "次の呼び出しに回します / left for the next call";
constexpr std::string_view kNoMemory =
    "いまメモリーが足りません。次の呼び出しに回します / no memory for it now; left for the next "
    "call";
constexpr std::string_view kOtherNetwork =
    "この網では渡せません。別の網で受け取りに来るのを待ちます / not to be handed out over this "
    "network; kept for another";
constexpr std::chrono::minutes kOtherNetworkRest{1};  // what is kept so is not looked at meanwhile
constexpr std::string_view kReasonGiven =
    "受け取り側が理由をつけて断りました。受け取り側にお尋ねください / "
    "the recipient gave a reason for not taking it; ask the recipient";

// A leased delivery on its way out.
struct Opened {
    store::StoredDelivery delivery;
    Release release;
    platform::MemoryAllowance::Share memory{};  // of what is made of it
};

// One call of collect(): lives until its answer is given.
struct Collecting {
    model::PartyId recipient;
    model::ZoneName zone;
    std::size_t events_max = 0;
    platform::Monotonic until{};
    CollectAnswer answer;
    std::vector<store::StoredDelivery> leased{};
    std::vector<store::StoredDelivery> expired{};
    std::set<Queue> wakes{};  // of the next of their order keys
    std::vector<Opened> opened{};
    bool no_memory = false;
};
using CollectingPtr = std::shared_ptr<Collecting>;

void look(Exchange::State& state, const CollectingPtr& collecting);

// Notes where the next of its order key waits, which `gone` holds back no more.
model::Result<void> note_next(store::View& view, const store::StoredDelivery& gone,
                              std::set<Queue>& wakes) {
    auto next = queue_of_next(view, gone);
    if (!next) return std::unexpected(next.error());
    if (*next) wakes.insert(std::move(**next));
    return {};
}

// A leased delivery that is not handed out: settled for good (withdrawn) or put back for the next
// call.
void settle_unhanded(Exchange::State& state, const store::StoredDelivery& delivery,
                     DeliveryState outcome, std::string detail,
                     std::chrono::minutes rest = std::chrono::minutes{0}) {
    const model::Instant now = state.with.clock.now();
    store::Settlement settlement{.delivery = delivery.id,
                                 .lease = delivery.lease,
                                 .state = outcome,
                                 .at = now,
                                 .next_attempt = now + rest,
                                 .detail = std::move(detail)};
    std::string leaf;
    if (store::is_settled(outcome)) leaf = outcome_leaf_of(delivery, outcome, now, {});
    struct Settled {
        bool is_ours = false;  // the lease was still its own
        std::set<Queue> wakes{};
    };
    const auto settled = std::make_shared<Settled>();
    // Should the store not take it, the lease runs out and the next call decides again.
    (void)state.with.store.submit(
        [settlement, leaf, settled,
         delivery](store::Transaction& transaction) -> model::Result<void> {
            const auto kept = transaction.settle(settlement);
            if (!kept) return std::unexpected(kept.error());
            settled->is_ours = *kept && store::is_settled(settlement.state);
            if (!settled->is_ours) return {};
            if (auto done = put_on_record(transaction, leaf); !done) return done;
            return note_next(transaction, delivery, settled->wakes);
        },
        [&state, source = delivery.message.source, settled](const model::Result<void>& committed) {
            if (!committed) return;
            if (settled->is_ours) state.counters.backlog.settled(source);
            for (const Queue& queue : settled->wakes) state.with.lanes.wake(queue);
        });
}

// Opens one leased delivery. What is refused is not handed out now; `overloaded`: there is no
// memory for it.
model::Result<Opened> open_leased(Exchange::State& state, const model::ZoneName& zone,
                                  const store::StoredDelivery& delivery, std::size_t bytes_left) {
    const Collaborators& with = state.with;
    auto view = with.store.view();
    if (!view) return std::unexpected(view.error());
    auto loaded = load_document(**view, with.keyring, delivery.message);
    if (!loaded) return std::unexpected(loaded.error());
    auto world = with.snapshots.current();
    // The rule may have changed since it was leased; a type that is gone is barred by none before.
    if (!world->snapshot->paths.may_carry(zone, loaded->envelope.type)) {
        settle_unhanded(state, delivery, DeliveryState::queued, std::string{kOtherNetwork},
                        kOtherNetworkRest);
        return model::refuse(Problem::path_not_carried);
    }
    if (loaded->body.size > bytes_left) {
        settle_unhanded(state, delivery, DeliveryState::queued, std::string{kLeft});
        return model::refuse(Problem::body_too_large);
    }
    platform::MemoryAllowance::Share memory{with.memory};
    if (!memory.grow_to(loaded->body.size * kAnswerShare)) {
        settle_unhanded(state, delivery, DeliveryState::queued, std::string{kNoMemory});
        return model::refuse(Problem::overloaded);
    }
    return Opened{.delivery = delivery,
                  .release = {.world = std::move(world),
                              .document = std::move(*loaded),
                              .now = with.clock.now()},
                  .memory = std::move(memory)};
}

// What was decided about, as an event; what was refused is settled.
model::Result<CollectedEvent> event_of(Exchange::State& state, Opened& opened) {
    Release& release = opened.release;
    const store::StoredDelivery& delivery = opened.delivery;
    look_again(state.with.store, release, delivery, state.with.clock.now());
    if (!*release.decided) {
        const model::Refusal& refusal = release.decided->error();
        const bool gone = is_withdrawn(delivery, refusal);
        settle_unhanded(state, delivery, gone ? DeliveryState::withdrawn : DeliveryState::queued,
                        detail_of_refused(delivery, refusal));
        return std::unexpected(refusal);
    }
    SealedSource source{state.with.keyring, state.settings.spool, std::move(release.document.body)};
    CollectedEvent event{.envelope = ***release.decided,
                         .handle = delivery.lease,
                         .lease_until = delivery.lease_until,
                         .memory = std::move(opened.memory)};
    if (!adapters::read_all(source, release.document.message.size, event.body)) {
        return model::refuse(Problem::store_unavailable);
    }
    return event;
}

void answer_with(Exchange::State& state, const CollectingPtr& collecting) {
    std::vector<CollectedEvent> events;
    for (Opened& opened : collecting->opened) {
        auto event = event_of(state, opened);
        if (event) events.push_back(std::move(*event));
    }
    if (events.empty() && collecting->no_memory) {
        return collecting->answer(std::unexpected(model::Refusal{
            .problem = Problem::overloaded, .retry_after = limits::kMemoryRetryAfter}));
    }
    state.counters.collected.fetch_add(events.size(), std::memory_order_relaxed);
    collecting->answer(std::move(events));
}

// The first event always fits an answer, however large: a document nobody could collect would be
// lost.
void open_all(Exchange::State& state, Collecting& collecting) {
    constexpr std::size_t kEncodedShare = 4;  // base64 makes four bytes of three
    std::size_t left = limits::kInboxAnswerBytesMax / kEncodedShare * 3;
    for (const auto& delivery : collecting.leased) {
        const bool first = collecting.opened.empty();
        auto opened = open_leased(state, collecting.zone, delivery,
                                  first ? limits::kBinaryBodyBytesMax : left);
        if (!opened) {
            collecting.no_memory |= opened.error().problem == Problem::overloaded;
            continue;
        }
        left -= std::min(left, opened->release.document.body.size + limits::kAttributeBytesMax);
        collecting.opened.push_back(std::move(*opened));
    }
}

// Filings go out as they are; for what goes to a reader its release is written first.
void hand_out(Exchange::State& state, const CollectingPtr& collecting) {
    open_all(state, *collecting);
    bool has_readers = false;
    for (Opened& opened : collecting->opened) {
        if (!opened.delivery.as_reader) decide_filing(opened.release, opened.delivery);
        has_readers |= opened.delivery.as_reader;
    }
    if (!has_readers) return answer_with(state, collecting);
    const bool queued = state.with.store.submit(
        [&state, collecting](store::Transaction& transaction) -> model::Result<void> {
            for (Opened& opened : collecting->opened) {
                if (!opened.delivery.as_reader) continue;
                auto done = decide_reader(transaction, opened.release, opened.delivery,
                                          state.with.clock.now());
                if (!done) return done;
            }
            return {};
        },
        [&state, collecting](const model::Result<void>& committed) {
            if (!committed) return collecting->answer(std::unexpected(committed.error()));
            const bool posted =
                state.with.workers.post([&state, collecting] { answer_with(state, collecting); });
            if (!posted) answer_with(state, collecting);
        });
    if (!queued) {
        collecting->answer(std::unexpected(model::Refusal{.problem = Problem::overloaded}));
    }
}

void wait_or_answer(Exchange::State& state, const CollectingPtr& collecting) {
    const auto now = state.with.clock.monotonic();
    if (now >= collecting->until || state.draining) {
        return collecting->answer(std::vector<CollectedEvent>{});
    }
    const auto ticket = state.with.waiters.add(collecting->recipient,
                                               [&state, collecting] { look(state, collecting); });
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(collecting->until - now);
    state.with.timer.after(rest, [&state, collecting, ticket] {
        if (auto task = state.with.waiters.take(collecting->recipient, ticket)) task();
    });
}

// The types that this network may not carry.
std::vector<model::TypeId> barred_from(const plan::Snapshot& snapshot,
                                       const model::ZoneName& zone) {
    std::vector<model::TypeId> barred;
    if (snapshot.paths.rules().empty()) return barred;
    for (const auto& type : snapshot.catalogue.types()) {
        if (!snapshot.paths.may_carry(zone, type.id)) barred.push_back(type.id);
    }
    return barred;
}

void look(Exchange::State& state, const CollectingPtr& collecting) {
    const model::Instant now = state.with.clock.now();
    auto request = std::make_shared<store::LeaseRequest>(store::LeaseRequest{
        .via = kMailbox,
        .recipient = collecting->recipient,
        .types_barred = barred_from(*state.with.snapshots.current()->snapshot, collecting->zone),
        .deliveries_max = collecting->events_max,
        .now = now,
        .until = now + limits::kInboxLease,
        .handles = make_handles(state.with.random, collecting->events_max)});
    const bool queued = state.with.store.submit(
        [request, collecting](store::Transaction& transaction) -> model::Result<void> {
            auto ended = expire_overdue(transaction, kMailbox, request->now, collecting->expired);
            if (!ended) return ended;
            for (const auto& gone : collecting->expired) {
                auto noted = note_next(transaction, gone, collecting->wakes);
                if (!noted) return noted;
            }
            auto leased = transaction.lease(*request);
            if (!leased) return std::unexpected(leased.error());
            collecting->leased = std::move(*leased);
            return {};
        },
        [&state, collecting](const model::Result<void>& committed) {
            if (!committed) return collecting->answer(std::unexpected(committed.error()));
            state.counters.count_expired(collecting->expired);
            for (const Queue& queue : std::exchange(collecting->wakes, {})) {
                state.with.lanes.wake(queue);
            }
            if (collecting->leased.empty()) return wait_or_answer(state, collecting);
            const bool posted =
                state.with.workers.post([&state, collecting] { hand_out(state, collecting); });
            if (!posted) hand_out(state, collecting);
        });
    if (!queued) {
        collecting->answer(std::unexpected(model::Refusal{.problem = Problem::overloaded}));
    }
}

struct SettledByHandle {
    std::optional<model::PartyId> whose{};  // if it is now
    std::set<Queue> wakes{};
};

// Settles what `handle` leased; again with the same handle is the same answer; another's handle is
// unknown.
model::Result<void> settle_by_handle(store::Transaction& transaction,
                                     const model::PartyId& recipient, store::Settlement settlement,
                                     SettledByHandle& settled) {
    const auto delivery = transaction.leased(settlement.lease);
    if (!delivery) return std::unexpected(delivery.error());
    if (!*delivery || (*delivery)->recipient != recipient) {
        return model::refuse(Problem::message_unknown);
    }
    if ((*delivery)->state == settlement.state && (*delivery)->lease == settlement.lease) return {};
    settlement.delivery = (*delivery)->id;
    const auto kept = transaction.settle(settlement);
    if (!kept) return std::unexpected(kept.error());
    if (!*kept) return model::refuse(Problem::lease_lost);
    if (!store::is_settled(settlement.state)) return {};
    settled.whose = (*delivery)->message.source;
    auto done = put_on_record(transaction,
                              outcome_leaf_of(**delivery, settlement.state, settlement.at, {}));
    return done ? note_next(transaction, **delivery, settled.wakes) : done;
}

void submit_settlement(Exchange::State& state, const model::PartyId& recipient,
                       const store::Settlement& settlement, Done done) {
    auto shared = std::make_shared<Done>(std::move(done));
    auto settled = std::make_shared<SettledByHandle>();
    const DeliveryState outcome = settlement.state;
    const auto rest =
        std::chrono::ceil<std::chrono::milliseconds>(settlement.next_attempt - settlement.at);
    const bool queued = state.with.store.submit(
        [recipient, settlement, settled](store::Transaction& transaction) {
            return settle_by_handle(transaction, recipient, settlement, *settled);
        },
        [&state, shared, recipient, outcome, settled, rest](model::Result<void> committed) {
            Counters& counters = state.counters;
            if (committed && settled->whose) counters.backlog.settled(*settled->whose);
            if (committed && outcome == DeliveryState::delivered) ++counters.delivered;
            if (committed && outcome == DeliveryState::rejected) ++counters.rejected;
            if (committed) {
                for (const Queue& queue : settled->wakes) state.with.lanes.wake(queue);
            }
            (*shared)(std::move(committed));
            if (outcome != DeliveryState::queued) return;
            state.with.timer.after(rest,
                                   [&state, recipient] { state.with.waiters.notify(recipient); });
        });
    if (!queued) (*shared)(model::refuse(Problem::overloaded));
}

}  // namespace

void Exchange::collect(const Collector& collector, std::size_t events_max,
                       std::chrono::milliseconds wait, CollectAnswer answer) {
    auto collecting = std::make_shared<Collecting>();
    collecting->recipient = collector.party;
    collecting->zone = collector.zone;
    collecting->events_max = std::min(events_max, limits::kInboxEventsMax);
    collecting->until = state_->with.clock.monotonic() +
                        std::min<std::chrono::milliseconds>(wait, limits::kInboxWaitMax);
    collecting->answer = std::move(answer);
    look(*state_, collecting);
}

void Exchange::acknowledge(const model::PartyId& recipient, const std::string& handle, Done done) {
    submit_settlement(
        *state_, recipient,
        {.lease = handle, .state = DeliveryState::delivered, .at = state_->with.clock.now()},
        std::move(done));
}

void Exchange::reject(const model::PartyId& recipient, const std::string& handle,
                      const Rejection& rejection, Done done) {
    const model::Instant now = state_->with.clock.now();
    // The reason is the recipient's free text and may name a person: only that there was one is
    // kept.
    submit_settlement(*state_, recipient,
                      {.lease = handle,
                       .state = rejection.final ? DeliveryState::rejected : DeliveryState::queued,
                       .at = now,
                       .next_attempt = now + limits::kBackoffFirst,
                       .detail = rejection.reason.empty() ? "" : std::string{kReasonGiven}},
                      std::move(done));
}

}  // namespace sekisho::exchange
