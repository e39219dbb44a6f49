// ask: a question goes through after the policy said yes, its answer comes back, and the reading is
// on record before the answer is released.

#include "adapters/locks/mutex.h"
#include "gateway/audit/leaf.h"
#include "gateway/exchange/attributes.h"
#include "gateway/exchange/exchange_state.h"
#include "gateway/exchange/passage.h"
#include "gateway/exchange/peers.h"
#include "gateway/exchange/person_facts.h"
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
    bool answered SEKISHO_GUARDED_BY(mutex) = false;
    bool recorded SEKISHO_GUARDED_BY(mutex) = false;
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

QueryReply to_reply(const Asking& asking, const adapters::Answer& answer) {
    switch (answer.fate) {
        case AnswerFate::answered:
            return Found{.id = asking.passage.envelope->id.text() + "-answer",
                         .type = asking.passage.envelope->type,
                         .media_type = answer.media_type,
                         .body = answer.body};
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
        if (asking->recorded && asking->from_peer) reply = to_reply(*asking, *asking->from_peer);
    }
    if (reply) finish(asking, std::move(*reply));
}

// Records first what is decided, then tells: for the no as for the yes.
void record(const AskingPtr& asking, std::string leaf, std::move_only_function<void()> then) {
    auto after = std::make_shared<std::move_only_function<void()>>(std::move(then));
    const bool queued = asking->state.with.store.submit(
        [leaf = std::move(leaf)](store::Transaction& transaction) -> model::Result<void> {
            const auto index = transaction.append_leaf(leaf);
            if (!index) return std::unexpected(index.error());
            return {};
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
        std::optional<model::Decision> decision;
        if (passage.plan) decision = passage.plan->decision;
        leaf = audit::decision_leaf(subject_of(passage), told, decision);
    } else {
        leaf = audit::refusal_leaf(passage.now, passage.arrival.speaker, told);
    }
    auto shared = std::make_shared<model::Refusal>(std::move(told));
    record(asking, std::move(leaf),
           [asking, shared] { finish(asking, std::unexpected(std::move(*shared))); });
}

// Envelope, facts, plan. The refusal is what may be told; the passage holds every reason.
std::optional<model::Refusal> judge(Exchange::State& state, Passage& passage) {
    const Collaborators& with = state.with;
    const plan::Snapshot& snapshot = *passage.world->snapshot;
    auto envelope = read_envelope(passage.arrival.attributes, passage.arrival.speaker,
                                  snapshot.catalogue, model::Intent::read);
    if (!envelope) return envelope.error();
    passage.envelope = std::move(*envelope);
    passage.persons = hash_persons(with.keyring, passage.envelope->persons);
    if (auto timely = check_times(passage); !timely) return timely.error().error();
    auto view = with.store.view();
    if (!view) return view.error();
    const auto facts = read_facts(**view, with.keyring, passage.envelope->persons);
    passage.plan = plan::plan(snapshot, *passage.envelope, facts, passage.now);
    if (passage.plan->decision.permitted()) return std::nullopt;
    return model::to_refusal(policy::disclosed(passage.plan->decision, model::Intent::read));
}

void put_to_peer(const AskingPtr& asking, std::chrono::milliseconds deadline) {
    Exchange::State& state = asking->state;
    const auto until = state.with.clock.monotonic() + deadline;
    const plan::PlannedDelivery& asked = asking->passage.plan->deliveries.front();
    adapters::Adapter* adapter = state.with.peers.find(asked.via);
    if (adapter == nullptr) return refuse_question(asking, Problem::backend_unavailable);
    auto view = state.with.store.view();
    if (!view) return refuse_question(asking, Problem::store_unavailable);
    const auto facts = read_facts(**view, state.with.keyring, asking->passage.envelope->persons);
    auto authorized = plan::authorize(*asking->passage.world->snapshot, *asking->passage.envelope,
                                      asked, facts, asking->passage.now);
    if (!authorized) return turn_away(asking, authorized.error());
    const bool posted =
        state.with.askers.post([asking, adapter, question = std::move(*authorized), until] {
            auto answer = adapter->ask(question, until);
            {
                const locks::Lock lock{asking->mutex};
                asking->from_peer = std::move(answer);
            }
            release_when_both(asking);
        });
    if (!posted) return refuse_question(asking, Problem::overloaded);
    state.with.timer.after(deadline,
                           [asking] { refuse_question(asking, Problem::backend_timeout); });
    record(asking, audit::access_leaf(subject_of(asking->passage), asked.recipient), [asking] {
        {
            const locks::Lock lock{asking->mutex};
            asking->recorded = true;
        }
        release_when_both(asking);
    });
}

}  // namespace

void Exchange::ask(Arrival question, std::chrono::milliseconds deadline, QueryAnswer answer) {
    auto asking = std::make_shared<Asking>(*state_, Passage{}, std::move(answer));
    asking->passage.arrival = std::move(question);
    asking->passage.world = state_->with.snapshots.current();
    asking->passage.now = state_->with.clock.now();
    const std::size_t before = state_->questions_in_flight.fetch_add(1);
    if (state_->draining) return refuse_question(asking, Problem::draining);
    if (before >= limits::kQueriesInFlightMax) return refuse_question(asking, Problem::overloaded);
    if (auto told = judge(*state_, asking->passage)) return turn_away(asking, std::move(*told));
    put_to_peer(asking, std::min<std::chrono::milliseconds>(deadline, limits::kQueryDeadlineMax));
}

}  // namespace sekisho::exchange
