#include "gateway/exchange/exchange.h"

#include "gateway/audit/receipt.h"
#include "gateway/exchange/acceptance.h"
#include "gateway/exchange/exchange_state.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/legs.h"
#include "gateway/exchange/on_record.h"
#include "gateway/exchange/passage.h"
#include "routing/model/event_type.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

namespace limits = model::limits;
using PassagePtr = std::shared_ptr<Passage>;

model::Refusal cannot_store() {
    return {
        .problem = model::Problem::store_unavailable,
        .retry_after = std::chrono::duration_cast<std::chrono::seconds>(limits::kWriterRetryAfter)};
}

model::Refusal queue_is_full() {
    return {
        .problem = model::Problem::overloaded,
        .retry_after = std::chrono::duration_cast<std::chrono::seconds>(limits::kWriterRetryAfter)};
}

std::string leaf_of_refusal(const Passage& passage, const model::Refusal& refusal) {
    if (!passage.envelope) {
        return audit::refusal_leaf(passage.now, passage.arrival.speaker, refusal);
    }
    return audit::decision_leaf(subject_of(passage), refusal, decision_against(passage));
}

// Refuses once the refusal is on record: a no is evidence too.
void turn_away(Exchange::State& state, const PassagePtr& passage, model::Refusal refusal);

// The steps of judging, in order; the first that does not let pass ends it.
Onward judge(const Exchange::State& state, Passage& passage);

void hand_to_writer(Exchange::State& state, const PassagePtr& passage);

// Called back by the writer when the commit is on disk.
void durable(Exchange::State& state, const PassagePtr& passage,
             const std::shared_ptr<Acceptance>& acceptance, model::Result<void> committed);

}  // namespace

// The life of a message, first half. What it is judged by is taken once, here, and holds to the
// end.
void Exchange::arrive(Arrival arrival, Answer answer) {
    auto passage = std::make_shared<Passage>();
    passage->arrival = std::move(arrival);
    passage->answer = std::move(answer);
    passage->world = state_->with.snapshots.current();
    passage->now = state_->with.clock.now();
    passage->conditions = state_->with.legs.conditions();

    if (state_->draining) {
        return passage->answer(
            std::unexpected(model::Refusal{.problem = model::Problem::draining}));
    }
    if (auto onward = judge(*state_, *passage); !onward) {
        Reply ending = std::move(onward.error());
        if (!ending) return turn_away(*state_, passage, std::move(ending.error()));
        state_->counters.replayed.fetch_add(1, std::memory_order_relaxed);
        return passage->answer(std::move(ending));
    }
    hand_to_writer(*state_, passage);
}

namespace {

Onward judge(const Exchange::State& state, Passage& passage) {
    const auto& [with, settings] = std::tie(state.with, state.settings);
    if (auto on = read_attributes(with, passage); !on) return on;  // what is written on it
    if (auto on = look_up_earlier(with, settings, passage); !on) return on;  // seen before?
    if (auto on = check_times(passage); !on) return on;                      // is it of now
    if (auto on = check_backlog(state.counters, settings, passage); !on) return on;
    if (auto on = check_speaker(passage); !on) return on;  // who may speak and author
    if (auto on = check_document(with, settings, passage); !on) return on;  // is it what it says
    if (auto on = look_up_derived_key(with, settings, passage); !on) return on;
    if (auto on = decide(with, passage); !on) return on;                   // where, and may it
    if (auto on = look_up_stage(with, settings, passage); !on) return on;  // seen on this way?
    return decide_note(with, passage);  // may it change what is decided by
}

// A mailbox has one reader, who takes what is oldest.
void give_turns(Exchange::State& state, const Passage& passage, Acceptance& acceptance) {
    const model::Speaker& speaker = passage.arrival.speaker;
    const auto budget = state.settings.budgets.find(speaker.zone);
    const std::uint32_t weight =
        budget == state.settings.budgets.end() ? 1 : budget->second.weight_of(speaker.party);
    for (store::StoredDelivery& delivery : acceptance.deliveries) {
        delivery.turn = delivery.via == kMailbox
                            ? passage.now
                            : state.counters.turns.next(delivery.via, acceptance.message.key.source,
                                                        passage.now, weight);
    }
}

void give_turns_back(Exchange::State& state, const Acceptance& acceptance) {
    for (const store::StoredDelivery& delivery : acceptance.deliveries) {
        state.counters.turns.taken(delivery.via, acceptance.message.key.source, delivery.turn);
    }
}

void hand_to_writer(Exchange::State& state, const PassagePtr& passage) {
    auto acceptance = std::make_shared<Acceptance>(prepare_acceptance(*passage));
    give_turns(state, *passage, *acceptance);
    const bool queued = state.with.store.submit(
        [acceptance](store::Transaction& transaction) {
            return write_acceptance(transaction, *acceptance);
        },
        [&state, passage, acceptance](model::Result<void> committed) {
            durable(state, passage, acceptance, std::move(committed));
        });
    if (!queued) {
        give_turns_back(state, *acceptance);
        state.counters.count_refusal(model::Problem::overloaded);
        passage->answer(std::unexpected(queue_is_full()));
    }
}

void answer_accepted(Exchange::State& state, Passage& passage, const Acceptance& acceptance) {
    state.counters.accepted.fetch_add(1, std::memory_order_relaxed);
    Accepted accepted{.message = acceptance.message.key, .warnings = std::move(passage.warnings)};
    for (const auto& delivery : acceptance.deliveries) {
        accepted.deliveries.push_back(
            {.recipient = delivery.recipient, .via = delivery.via, .state = delivery.state});
    }
    accepted.receipt =
        sign_receipt_of(state.with, state.settings, acceptance.message, acceptance.deliveries);
    passage.answer(std::move(accepted));
}

// Another with the same key was committed between the look-up and the write: it is the first, this
// one the repeat.
void answer_second(Exchange::State& state, const PassagePtr& passage,
                   const Acceptance& acceptance) {
    auto view = state.with.store.view();
    if (!view) return passage->answer(std::unexpected(view.error()));
    Reply reply = compare_with_first(state.with, state.settings, **view, *acceptance.first,
                                     passage->digest, acceptance.conflict);
    if (!reply) return turn_away(state, passage, std::move(reply.error()));
    state.counters.replayed.fetch_add(1, std::memory_order_relaxed);
    passage->answer(std::move(reply));
}

void settle_accepted(Exchange::State& state, const PassagePtr& passage,
                     const std::shared_ptr<Acceptance>& acceptance) {
    if (acceptance->first) return answer_second(state, passage, *acceptance);
    answer_accepted(state, *passage, *acceptance);
    // A way that fell silent meanwhile: its round may have been over before this was on disk.
    // Another goes before its lane takes it.
    const auto conditions = state.with.legs.conditions();
    const bool is_overtaken =
        std::ranges::any_of(acceptance->deliveries, [&](const store::StoredDelivery& delivery) {
            return !passage->conditions->is_silent(delivery.via) &&
                   conditions->is_silent(delivery.via);
        });
    if (is_overtaken) state.with.lanes.relieve_silent();
    for (const auto& delivery : acceptance->deliveries) {
        state.with.lanes.wake(queue_of(delivery.via, delivery.recipient));
    }
}

// Refused by what stood in the log when it came to be written. What came before it in its series is
// looked for by a worker; should their queue be full, it is told by its number alone.
void turn_away_late(Exchange::State& state, const PassagePtr& passage, const SpokenAgainst& against,
                    model::Refusal refusal) {
    if (against.last_number.empty()) return turn_away(state, passage, std::move(refusal));
    const bool posted = state.with.workers.post([&state, passage, last = against.last_number] {
        const auto successor = message_numbered(state.with, *passage, last);
        turn_away(state, passage, superseded(*passage->series, last, successor));
    });
    if (!posted) turn_away(state, passage, std::move(refusal));
}

void durable(Exchange::State& state, const PassagePtr& passage,
             const std::shared_ptr<Acceptance>& acceptance, model::Result<void> committed) {
    if (!committed || acceptance->first) give_turns_back(state, *acceptance);
    if (!committed && acceptance->against) {
        auto& decision = acceptance->against->decision;
        if (decision) passage->plan->decision = std::move(*decision);
        return turn_away_late(state, passage, *acceptance->against, std::move(committed.error()));
    }
    if (!committed) {
        // A store that stopped does not know whether this is on disk: should the next start find it
        // there, its body must be there too. What no message names is swept then.
        if (!state.with.store.health().accepting) passage->arrival.body.sealer->keep();
        state.counters.count_refusal(committed.error().problem);
        return passage->answer(std::unexpected(cannot_store()));
    }
    if (!acceptance->first) {
        passage->arrival.body.sealer->keep();
        // Here and not later: a lane may settle them as soon as this thread goes on.
        state.counters.backlog.add(acceptance->message.key.source, passage->arrival.speaker.zone,
                                   acceptance->deliveries.size());
    }
    // Signing is a worker's business; should their queue be full the writer does it rather than
    // leave anyone waiting.
    const bool posted = state.with.workers.post(
        [&state, passage, acceptance] { settle_accepted(state, passage, acceptance); });
    if (!posted) settle_accepted(state, passage, acceptance);
}

void turn_away(Exchange::State& state, const PassagePtr& passage, model::Refusal refusal) {
    state.counters.count_refusal(refusal.problem);
    std::string leaf = leaf_of_refusal(*passage, refusal);
    const bool queued = state.with.store.submit(
        [leaf = std::move(leaf)](store::Transaction& transaction) -> model::Result<void> {
            return put_on_record(transaction, leaf);
        },
        [passage, refusal](model::Result<void> recorded) mutable {
            passage->answer(std::unexpected(recorded ? std::move(refusal) : cannot_store()));
        });
    if (!queued) passage->answer(std::unexpected(queue_is_full()));
}

}  // namespace

Exchange::Exchange(Collaborators collaborators, Settings settings, Counters& counters)
    : state_(std::make_unique<State>(collaborators, std::move(settings), counters)) {}

Exchange::~Exchange() = default;

std::uint64_t Exchange::body_bytes_max(std::string_view type) const {
    const auto named = model::type_of_event(type);
    if (!named) return limits::kBinaryBodyBytesMax;
    const auto world = state_->with.snapshots.current();
    const auto* row = world->snapshot->catalogue.find(*named);
    return row == nullptr || row->body_bytes_max == 0 ? limits::kBinaryBodyBytesMax
                                                      : row->body_bytes_max;
}

BodyIntake Exchange::intake(std::uint64_t bytes_max) {
    return {state_->with.keyring, state_->with.random, state_->settings.spool, bytes_max};
}

model::Result<Accepted> Exchange::answered_before(const model::MessageKey& key) const {
    auto view = state_->with.store.view();
    if (!view) return std::unexpected(view.error());
    const auto message = (*view)->message(key);
    if (!message) return std::unexpected(message.error());
    if (!*message) return model::refuse(model::Problem::message_unknown);
    return answer_again(state_->with, state_->settings, **view, **message);
}

void Exchange::note_refusal(const model::Speaker& speaker, const model::Refusal& refusal,
                            const audit::Finding& finding) {
    state_->counters.count_refusal(refusal.problem);
    std::string leaf = audit::refusal_leaf(state_->with.clock.now(), speaker, refusal, finding);
    // Where the log cannot take it the refusal still stands; the counter has it.
    (void)state_->with.store.submit(
        [leaf = std::move(leaf)](store::Transaction& transaction) -> model::Result<void> {
            return put_on_record(transaction, leaf);
        },
        [](const model::Result<void>&) {});
}

documents::Json Exchange::public_keys() const {
    return audit::to_jwks(state_->with.keyring.receipt_keys());
}

void Exchange::drain() {
    state_->draining = true;
}

}  // namespace sekisho::exchange
