// ask: a question goes through after the policy said yes, its answer comes back, and the reading is
// on record before the answer is released.

#include <algorithm>

#include "adapters/documents/json.h"
#include "adapters/documents/minimise.h"
#include "adapters/locks/mutex.h"
#include "gateway/audit/leaf.h"
#include "gateway/exchange/attributes.h"
#include "gateway/exchange/exchange_state.h"
#include "gateway/exchange/legs.h"
#include "gateway/exchange/on_record.h"
#include "gateway/exchange/passage.h"
#include "gateway/exchange/peers.h"
#include "gateway/exchange/person_facts.h"
#include "gateway/exchange/release.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

namespace limits = model::limits;
using adapters::AnswerFate;
using model::Problem;

// One question. The answer waits for two things: the peer, and the leaf on disk. Whoever comes
// second releases it; the timer may end it before.
struct Asking {
    Exchange::State& state;
    Passage passage;
    QueryAnswer answer;
    locks::Mutex mutex{};
    model::Facts facts{};  // by which it was decided before the peer is asked
    AskBreakers::Pass pass = AskBreakers::Pass::none;  // set then, too
    bool answered SEKISHO_GUARDED_BY(mutex) = false;
    // Once the reading is on record: what its reader is not shown, as was decided there.
    std::optional<std::vector<std::string>> withheld SEKISHO_GUARDED_BY(mutex){};
    std::optional<adapters::Answer> from_peer SEKISHO_GUARDED_BY(mutex){};
};
using AskingPtr = std::shared_ptr<Asking>;

void finish(const AskingPtr& asking, QueryReply reply) {
    {
        const locks::Lock lock{asking->mutex};
        if (std::exchange(asking->answered, true)) return;
    }
    asking->state.questions_in_flight.fetch_sub(1);
    if (reply) {
        asking->state.counters.queries.fetch_add(1, std::memory_order_relaxed);
    } else {
        asking->state.counters.count_refusal(reply.error().problem);
    }
    asking->answer(std::move(reply));
}

void refuse_question(const AskingPtr& asking, Problem problem) {
    finish(asking, std::unexpected(model::Refusal{.problem = problem}));
}

// What its reader may see of the answer. An answer of which that cannot be told is none.
QueryReply found_in(const Passage& passage, const adapters::Answer& answer,
                    const std::vector<std::string>& withheld) {
    Found found{.id = passage.envelope->id.text() + "-answer",
                .type = passage.envelope->type,
                .media_type = answer.media_type,
                .body = answer.body};
    if (withheld.empty()) return found;
    auto minimised = documents::minimise(answer.body, withheld);
    if (!minimised) return model::refuse(Problem::backend_rejected);
    found.body = std::move(minimised->text);
    found.withheld = std::move(minimised->withheld);
    return found;
}

QueryReply to_reply(const Passage& passage, const adapters::Answer& answer,
                    const std::vector<std::string>& withheld) {
    switch (answer.fate) {
        case AnswerFate::answered:
            return found_in(passage, answer, withheld);
        case AnswerFate::timeout:
            return model::refuse(Problem::backend_timeout);
        case AnswerFate::rejected:
            return model::refuse(Problem::backend_rejected);
        case AnswerFate::unavailable:
            return model::refuse(Problem::backend_unavailable);
    }
    return model::refuse(Problem::internal);
}

void release_when_both(const AskingPtr& asking) {
    std::optional<QueryReply> reply;
    {
        const locks::Lock lock{asking->mutex};
        if (asking->withheld && asking->from_peer) {
            reply = to_reply(asking->passage, *asking->from_peer, *asking->withheld);
        }
    }
    if (reply) finish(asking, std::move(*reply));
}

// Records first what is decided, then tells: for the no as for the yes.
void record(const AskingPtr& asking, std::string leaf, std::move_only_function<void()> then) {
    auto after = std::make_shared<std::move_only_function<void()>>(std::move(then));
    const bool queued = asking->state.with.store.submit(
        [leaf = std::move(leaf)](store::Transaction& transaction) -> model::Result<void> {
            return put_on_record(transaction, leaf);
        },
        [asking, after](const model::Result<void>& committed) {
            if (!committed) return refuse_question(asking, Problem::store_unavailable);
            (*after)();
        });
    if (!queued) refuse_question(asking, Problem::overloaded);
}

void turn_away(const AskingPtr& asking, model::Refusal told) {
    const Passage& passage = asking->passage;
    std::string leaf;
    if (passage.envelope) {
        leaf = audit::decision_leaf(subject_of(passage), told, decision_against(passage));
    } else {
        leaf = audit::refusal_leaf(passage.now, passage.arrival.speaker, told);
    }
    auto shared = std::make_shared<model::Refusal>(std::move(told));
    record(asking, std::move(leaf),
           [asking, shared] { finish(asking, std::unexpected(std::move(*shared))); });
}

// Facts and plan. The refusal is what may be told; the passage holds every reason.
std::optional<model::Refusal> decide(Asking& asking) {
    Passage& passage = asking.passage;
    {
        auto view = asking.state.with.store.view();
        if (!view) return view.error();
        asking.facts = read_facts(**view, passage.envelope->persons, passage.persons, passage.now);
    }
    passage.plan = plan::plan(*passage.world->snapshot, *passage.envelope, asking.facts,
                              passage.now, *passage.conditions);
    if (passage.plan->decision.permitted()) return std::nullopt;
    return model::to_refusal(policy::disclosed(passage.plan->decision, model::Intent::read));
}

// A card opens what is its own holder's; of anybody else it says nothing.
void note_visit(const Arrival& arrival, model::Envelope& envelope) {
    if (!arrival.visit || envelope.persons.size() != 1) return;
    if (envelope.persons.front() == arrival.visit->person)
        envelope.subject = arrival.visit->reference;
}

std::optional<model::Refusal> judge(Asking& asking) {
    const Collaborators& with = asking.state.with;
    Passage& passage = asking.passage;
    auto envelope = read_envelope(passage.arrival.attributes, passage.arrival.speaker,
                                  passage.world->snapshot->catalogue, model::Intent::read);
    if (!envelope) return envelope.error();
    passage.envelope = std::move(*envelope);
    note_visit(passage.arrival, *passage.envelope);
    passage.persons = hash_persons(with.keyring, passage.envelope->persons);
    if (auto timely = check_times(passage); !timely) return timely.error().error();
    return decide(asking);
}

// What became of the reading at its place in the log.
struct Reading {
    std::optional<model::Refusal> refused{};
    std::vector<std::string> withheld{};
};

// The reading is decided where it takes its place in the log, by the consents and withdrawals that
// stand before it and by what has ended until then; what it may not be told, it is not told then,
// whatever the peer has answered.
model::Result<void> write_access(store::Transaction& transaction, const Asking& asking,
                                 const model::PartyId& asked, Reading& reading) {
    const Passage& passage = asking.passage;
    const auto now = std::max(passage.now, asking.state.with.clock.now());
    const auto facts = read_facts(transaction, passage.envelope->persons, passage.persons, now);
    const auto planned =
        plan::plan(*passage.world->snapshot, *passage.envelope, facts, now, *passage.conditions);
    audit::Subject subject = subject_of(passage);
    subject.at = now;
    if (planned.decision.permitted()) {
        reading.withheld = planned.withheld;
        return append_access(transaction, audit::access_leaf(subject, asked), passage.persons);
    }
    reading.refused = model::to_refusal(policy::disclosed(planned.decision, model::Intent::read));
    const auto leaf = audit::decision_leaf(subject, *reading.refused, planned.decision);
    return put_on_record(transaction, leaf);
}

void record_access(const AskingPtr& asking, const model::PartyId& asked) {
    auto reading = std::make_shared<Reading>();
    const bool queued = asking->state.with.store.submit(
        [asking, asked, reading](store::Transaction& transaction) {
            return write_access(transaction, *asking, asked, *reading);
        },
        [asking, reading](const model::Result<void>& committed) {
            if (!committed) return refuse_question(asking, Problem::store_unavailable);
            if (reading->refused) {
                return finish(asking, std::unexpected(std::move(*reading->refused)));
            }
            {
                const locks::Lock lock{asking->mutex};
                asking->withheld = std::move(reading->withheld);
            }
            release_when_both(asking);
        });
    if (!queued) refuse_question(asking, Problem::overloaded);
}

const model::Via& via_of(const Asking& asking) {
    return asking.passage.plan->deliveries.front().via;
}

// How long a question may take is its asker's to say: one that left the peer too little time tells
// nothing of the peer.
void note_answer(const Asking& asking, AnswerFate fate, platform::Monotonic::duration had) {
    AskBreakers& breakers = asking.state.ask_breakers;
    const auto now = asking.state.with.clock.monotonic();
    if (fate != AnswerFate::unavailable && fate != AnswerFate::timeout) {
        breakers.on_answer(via_of(asking));
    } else if (had < limits::kSilenceMin) {
        breakers.on_nothing(via_of(asking), asking.pass, now);
    } else {
        breakers.on_silence(via_of(asking), now);
    }
}

// Asks, unless the time was over while the question waited for its turn.
adapters::Answer answer_of(const Asking& asking, adapters::Adapter& adapter,
                           const AuthorizedEnvelope& question, platform::Monotonic until) {
    const auto left = until - asking.state.with.clock.monotonic();
    adapters::Answer answer{.fate = AnswerFate::timeout};
    if (left > platform::Monotonic::duration::zero()) answer = adapter.ask(question, until);
    note_answer(asking, answer.fate, left);
    return answer;
}

std::chrono::seconds rest_of(std::chrono::milliseconds time) {
    return std::chrono::ceil<std::chrono::seconds>(time);
}

void put_to_peer(const AskingPtr& asking, std::chrono::milliseconds deadline) {
    Exchange::State& state = asking->state;
    const auto until = state.with.clock.monotonic() + deadline;
    const plan::PlannedDelivery& asked = asking->passage.plan->deliveries.front();
    adapters::Adapter* adapter = state.with.peers.find(asked.via);
    if (adapter == nullptr) return refuse_question(asking, Problem::backend_unavailable);
    const plan::Snapshot& snapshot = *asking->passage.world->snapshot;
    const model::Envelope& envelope = *asking->passage.envelope;
    auto authorized =
        plan::authorize(snapshot, envelope, asked, asking->facts, asking->passage.now);
    if (!authorized) return turn_away(asking, authorized.error());
    asking->pass = state.ask_breakers.lets_pass(asked.via, state.with.clock.monotonic());
    if (asking->pass == AskBreakers::Pass::none) {
        return turn_away(asking, {.problem = Problem::backend_unavailable,
                                  .retry_after = rest_of(limits::kBreakerRest)});
    }
    const bool posted =
        state.with.askers.post([asking, adapter, question = std::move(*authorized), until] {
            auto answer = answer_of(*asking, *adapter, question, until);
            {
                const locks::Lock lock{asking->mutex};
                asking->from_peer = std::move(answer);
            }
            release_when_both(asking);
        });
    if (!posted) {
        state.ask_breakers.on_nothing(asked.via, asking->pass, state.with.clock.monotonic());
        return refuse_question(asking, Problem::overloaded);
    }
    state.with.timer.after(deadline,
                           [asking] { refuse_question(asking, Problem::backend_timeout); });
    record_access(asking, asked.recipient);
}

// The question's envelope where the gateway asks for a party itself.
model::Envelope envelope_of(const CardQuestion& card, const std::string& id,
                            const catalogue::Catalogue& catalogue, model::Instant now) {
    const model::TypeId type{"admission.person"};
    const auto* row = catalogue.find(type);
    const model::Purpose usual = row == nullptr ? model::Purpose{} : row->purposes.front();
    documents::Json subject = documents::Json::object();
    subject.set("issuer", card.issuer).set("serial", card.serial);
    return {.id = model::MessageId{id},
            .source = card.speaker.party,
            .author = card.speaker.party,
            .type = type,
            .intent = model::Intent::read,
            .time = now,
            .zone = card.speaker.zone,
            .protected_by = card.speaker.protected_by,
            .purpose = card.purpose.empty() ? usual : card.purpose,
            .actor = card.actor,
            .subject = documents::to_text(subject)};
}

AskingPtr begin(Exchange::State& state, QueryAnswer answer) {
    auto asking = std::make_shared<Asking>(state, Passage{}, std::move(answer));
    asking->passage.world = state.with.snapshots.current();
    asking->passage.now = state.with.clock.now();
    asking->passage.conditions = state.with.legs.conditions();
    return asking;
}

// One more question, if there is room for it.
bool is_let_in(const AskingPtr& asking) {
    Exchange::State& state = asking->state;
    const std::size_t before = state.questions_in_flight.fetch_add(1);
    if (state.draining) {
        refuse_question(asking, Problem::draining);
        return false;
    }
    if (before < limits::kQueriesInFlightMax) return true;
    refuse_question(asking, Problem::overloaded);
    return false;
}

}  // namespace

void Exchange::ask(Arrival question, std::chrono::milliseconds deadline, QueryAnswer answer) {
    const auto asking = begin(*state_, std::move(answer));
    asking->passage.arrival = std::move(question);
    if (!is_let_in(asking)) return;
    if (auto told = judge(*asking)) return turn_away(asking, std::move(*told));
    put_to_peer(asking, std::min<std::chrono::milliseconds>(deadline, limits::kQueryDeadlineMax));
}

void Exchange::ask_about_card(const CardQuestion& card, std::chrono::milliseconds deadline,
                              QueryAnswer answer) {
    const auto asking = begin(*state_, std::move(answer));
    Passage& passage = asking->passage;
    passage.arrival.speaker = card.speaker;
    if (!is_let_in(asking)) return;
    passage.envelope = envelope_of(card, "card-" + make_handles(state_->with.random, 1).front(),
                                   passage.world->snapshot->catalogue, passage.now);
    if (auto told = decide(*asking)) return turn_away(asking, std::move(*told));
    put_to_peer(asking, std::min<std::chrono::milliseconds>(deadline, limits::kQueryDeadlineMax));
}

}  // namespace sekisho::exchange
