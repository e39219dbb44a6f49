// The judging steps of arrive() that look at the envelope: attributes, times, shares, speaker,
// plan.
#include <algorithm>
#include <cstdlib>

#include "gateway/exchange/attributes.h"
#include "gateway/exchange/counters.h"
#include "gateway/exchange/passage.h"
#include "gateway/exchange/person_facts.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

namespace limits = model::limits;
using model::Problem;

// A document about many names its persons itself; they are judged once it was read.
bool only_persons_are_missing(const model::Decision& decision) {
    return std::ranges::all_of(decision.reasons, [](const model::Reason& reason) {
        return reason.problem == Problem::person_missing;
    });
}

// A document that nobody takes does not rest here for as long as its sender likes.
model::Refusal too_late_an_expiry(model::Instant latest) {
    const std::string until = model::to_rfc3339(latest);
    return {.problem = Problem::attribute_invalid,
            .detail = {.ja = "属性 expirytime は " + until + " までです",
                       .en = "attribute expirytime: at the latest " + until},
            .errors = {{.field = "expirytime", .code = Problem::attribute_invalid}}};
}

}  // namespace

audit::Subject subject_of(const Passage& passage) {
    return {.at = passage.now,
            .envelope = *passage.envelope,
            .persons = passage.persons,
            .speaker = passage.arrival.speaker};
}

std::optional<model::Decision> decision_against(const Passage& passage) {
    if (!passage.plan || passage.plan->decision.permitted()) return std::nullopt;
    return passage.plan->decision;
}

Onward read_attributes(const Collaborators& with, Passage& passage) {
    auto envelope = read_envelope(passage.arrival.attributes, passage.arrival.speaker,
                                  passage.world->snapshot->catalogue, model::Intent::file);
    if (!envelope) return stop(envelope.error());
    passage.envelope = std::move(*envelope);
    passage.envelope->trace_parent = passage.arrival.trace_parent;
    passage.persons = hash_persons(with.keyring, passage.envelope->persons);
    return {};
}

Onward check_times(const Passage& passage) {
    const model::Envelope& envelope = *passage.envelope;
    const auto skew = std::chrono::duration_cast<std::chrono::seconds>(passage.now - envelope.time);
    if (std::chrono::abs(skew) > limits::kClockSkewMax) {
        const std::string seconds = std::to_string(skew.count());
        return stop({.problem = Problem::clock_skew,
                     .detail = {.ja = "ずれは " + seconds + " 秒です",
                                .en = "the skew is " + seconds + " s"}});
    }
    if (envelope.expiry && *envelope.expiry <= passage.now) {
        return stop({.problem = Problem::expired});
    }
    const model::Instant latest = passage.now + limits::kDeliveryLifeDefault;
    if (envelope.expiry && *envelope.expiry > latest) return stop(too_late_an_expiry(latest));
    return {};
}

// What the speaker, and his zone, still have under way is bounded, so that one cannot fill the
// store for all.
Onward check_backlog(const Counters& counters, const Settings& settings, const Passage& passage) {
    const model::Speaker& speaker = passage.arrival.speaker;
    const auto found = settings.budgets.find(speaker.zone);
    if (found == settings.budgets.end()) return {};
    const model::Budget& budget = found->second;
    const bool zone_is_full =
        budget.queued_of_zone &&
        counters.backlog.is_full(speaker.zone, *budget.queued_of_zone, speaker.party);
    if (zone_is_full) {
        return stop({.problem = Problem::overloaded, .retry_after = limits::kBacklogRetryAfter});
    }
    const std::uint64_t most = budget.queued_per_party * budget.weight_of(speaker.party);
    if (counters.backlog.of(speaker.party) < most) return {};
    return stop({.problem = Problem::over_budget, .retry_after = limits::kBacklogRetryAfter});
}

// Who may speak and who may author this type, before the document is looked into. A refusal gives
// every reason the whole plan has.
Onward check_speaker(Passage& passage) {
    const plan::Snapshot& snapshot = *passage.world->snapshot;
    const policy::World world{.catalogue = snapshot.catalogue,
                              .directory = snapshot.directory,
                              .rollout = snapshot.rollout};
    const auto decision = policy::may_file(world, *passage.envelope, passage.now);
    if (decision.permitted() || only_persons_are_missing(decision)) return {};
    passage.plan = plan::plan(snapshot, *passage.envelope, {}, passage.now, *passage.conditions);
    return stop(model::to_refusal(policy::disclosed(passage.plan->decision, model::Intent::file)));
}

// Facts are read only where a reader is among the recipients: a filing asks for none.
Onward decide(const Collaborators& with, Passage& passage) {
    const plan::Snapshot& snapshot = *passage.world->snapshot;
    passage.plan = plan::plan(snapshot, *passage.envelope, {}, passage.now, *passage.conditions);
    if (passage.plan->decision.verdict == model::Verdict::indeterminate) {
        auto view = with.store.view();
        if (!view) return stop(view.error());
        const auto facts =
            read_facts(**view, passage.envelope->persons, passage.persons, passage.now);
        passage.plan =
            plan::plan(snapshot, *passage.envelope, facts, passage.now, *passage.conditions);
    }
    if (passage.plan->decision.permitted()) return {};
    return stop(model::to_refusal(policy::disclosed(passage.plan->decision, model::Intent::file)));
}

// What changes what is decided by is asked for more than any filing.
Onward decide_note(const Collaborators& with, Passage& passage) {
    if (!passage.taking) return {};
    auto view = with.store.view();
    if (!view) return stop(view.error());
    const auto facts = (*view)->facts(passage.taking->person);
    auto decision =
        judge_note(*passage.taking, facts ? *facts : model::PersonFacts{.known = false});
    if (decision.permitted()) return {};
    passage.plan->decision = decision;
    return stop(refusal_of_note(decision));
}

}  // namespace sekisho::exchange
