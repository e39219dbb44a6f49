#include "routing/plan/plan.h"

#include <algorithm>
#include <utility>

#include "routing/model/limits.h"
#include "routing/plan/ways.h"

namespace sekisho::plan {

// The only hand that makes an Authorized. It is seen by this file alone, and used behind a permit
// alone.
class Authority {
  public:
    static model::Authorized<model::Envelope> mint(const model::Envelope& envelope) {
        return model::Authorized<model::Envelope>{envelope};
    }
};

namespace {

using model::Decision;
using model::Problem;
using model::Verdict;

policy::World world_of(const Snapshot& snapshot) {
    return {.catalogue = snapshot.catalogue,
            .directory = snapshot.directory,
            .rollout = snapshot.rollout};
}

// The order of the text forms without making them: no kind's name is the beginning of another's.
bool before(const PlannedDelivery& left, const PlannedDelivery& right) {
    if (left.recipient.kind == right.recipient.kind) {
        return left.recipient.number < right.recipient.number;
    }
    return model::to_string(left.recipient.kind) < model::to_string(right.recipient.kind);
}

int weight(Verdict verdict) {
    if (verdict == Verdict::permit) return 0;
    return verdict == Verdict::indeterminate ? 1 : 2;
}

// Joins a further decision to the whole: a no beats an open question, an open question beats a yes.
// Reasons of the weaker verdict are dropped with it, and each is kept once.
void join(Decision& whole, Decision part) {
    if (weight(part.verdict) < weight(whole.verdict)) return;
    if (weight(part.verdict) > weight(whole.verdict)) {
        whole = std::move(part);
        return;
    }
    for (model::Reason& reason : part.reasons) {
        if (std::ranges::find(whole.reasons, reason) != whole.reasons.end()) continue;
        whole.reasons.push_back(std::move(reason));
    }
}

Decision no_route(std::string about) {
    return {.verdict = Verdict::deny,
            .reasons = {{.problem = Problem::no_route, .about = std::move(about)}}};
}

Decision no_way(Problem problem, const model::PartyId& recipient) {
    return {.verdict = Verdict::deny,
            .reasons = {{.problem = problem, .about = to_string(recipient)}}};
}

// Where it goes, and what it is that goes there.
struct Leaving {
    const Snapshot& snapshot;
    const model::TypeId& type;
    const path::Conditions& conditions;
    Decision for_now{.verdict = Verdict::permit};  // what speaks against it until a way answers
};

void add_delivery(Leaving& leaving, table::Target target, bool as_reader, Plan& made) {
    const auto legs = legs_to(leaving.snapshot, target.recipient, target.via);
    if (legs.empty()) return join(made.decision, no_route(to_string(target.recipient)));
    path::Choice choice =
        path::choose(leaving.snapshot.paths.rule_for(leaving.type), legs, leaving.conditions);
    if (choice.why == path::Why::not_carried) {
        return join(made.decision, no_way(Problem::path_not_carried, target.recipient));
    }
    if (choice.why == path::Why::refused) {
        return join(leaving.for_now, no_way(Problem::network_down, target.recipient));
    }
    made.deliveries.push_back({.recipient = std::move(target.recipient),
                               .via = std::move(choice.leg->via),
                               .route = std::move(target.route),
                               .as_reader = as_reader,
                               .network = std::move(choice.leg->network),
                               .why = choice.why});
}

void plan_filing(const Snapshot& snapshot, const model::Envelope& envelope,
                 const model::Facts& facts, model::Instant now, const path::Conditions& conditions,
                 Plan& made) {
    const policy::World world = world_of(snapshot);
    Leaving leaving{.snapshot = snapshot, .type = envelope.type, .conditions = conditions};
    made.decision = policy::may_file(world, envelope, now);
    if (snapshot.catalogue.find(envelope.type) == nullptr) return;
    // Of more no record keeps the words, so nobody is told besides where it could not go.
    if (made.decision.reasons.size() > model::limits::kReasonsInLeafMax) return;
    std::vector<table::Target> targets = snapshot.routes.match(envelope, now);
    if (targets.empty()) join(made.decision, no_route(envelope.type.text()));
    made.deliveries.reserve(targets.size());
    for (table::Target& target : targets) {
        policy::Handing handing =
            policy::may_receive(world, envelope, target.recipient, facts, now);
        if (handing.decision.permitted()) {
            add_delivery(leaving, std::move(target), handing.as_reader, made);
        } else {
            join(made.decision, std::move(handing.decision));
        }
    }
    // It says nothing while anything else is open or against it.
    if (made.decision.permitted()) made.decision = std::move(leaving.for_now);
}

void plan_reading(const Snapshot& snapshot, const model::Envelope& envelope,
                  const model::Facts& facts, model::Instant now, const path::Conditions& conditions,
                  Plan& made) {
    made.decision = policy::may_read(world_of(snapshot), envelope, facts, now);
    if (!made.decision.permitted()) return;
    std::vector<table::Target> targets = snapshot.routes.match(envelope, now);
    if (targets.size() != 1) {
        made.decision = no_route(envelope.type.text());
        return;
    }
    Leaving leaving{.snapshot = snapshot, .type = envelope.type, .conditions = conditions};
    add_delivery(leaving, std::move(targets.front()), false, made);
    if (made.decision.permitted()) made.decision = std::move(leaving.for_now);
    made.withheld = policy::withheld_from(world_of(snapshot), envelope, facts, now);
}

model::Result<model::Authorized<model::Envelope>> mint_if(const Decision& decision,
                                                          const model::Envelope& envelope,
                                                          std::vector<model::Reason> reasons) {
    if (decision.permitted()) return Authority::mint(envelope);
    model::Refusal refusal = model::to_refusal(decision);
    refusal.reasons = std::move(reasons);
    return std::unexpected(std::move(refusal));
}

// The ways and the rule of today, for what was planned by those of before. What is kept in a
// mailbox stays there for its reader, however he is served since.
bool may_leave_by(const Snapshot& snapshot, const model::TypeId& type,
                  const PlannedDelivery& delivery) {
    const model::Party* party = snapshot.directory.find(delivery.recipient);
    if (party == nullptr) return true;  // that is told by its own name
    const bool is_kept = delivery.via == model::kMailbox;
    const auto pinned = is_kept ? delivery.via : pinned_by(snapshot, delivery);
    if (!pinned) return false;
    auto legs = legs_to(snapshot, delivery.recipient, *pinned);
    std::erase_if(legs, [&](const path::Leg& leg) { return leg.via != delivery.via; });
    return path::choose(snapshot.paths.rule_for(type), legs, {}).leg.has_value();
}

}  // namespace

Plan plan(const Snapshot& snapshot, const model::Envelope& envelope, const model::Facts& facts,
          model::Instant now, const path::Conditions& conditions) {
    Plan made;
    made.revision = snapshot.revision;
    if (envelope.intent == model::Intent::read) {
        plan_reading(snapshot, envelope, facts, now, conditions, made);
    } else {
        plan_filing(snapshot, envelope, facts, now, conditions, made);
    }
    if (!made.decision.permitted()) made.deliveries.clear();
    std::ranges::sort(made.deliveries, before);
    return made;
}

model::Result<model::Authorized<model::Envelope>> authorize(const Snapshot& snapshot,
                                                            const model::Envelope& envelope,
                                                            const PlannedDelivery& delivery,
                                                            const model::Facts& facts,
                                                            model::Instant now) {
    const policy::World world = world_of(snapshot);
    if (!may_leave_by(snapshot, envelope.type, delivery)) {
        const Decision held = no_way(Problem::path_not_carried, delivery.recipient);
        return mint_if(held, envelope, held.reasons);
    }
    if (envelope.intent == model::Intent::read) {
        const Decision told =
            policy::disclosed(policy::may_read(world, envelope, facts, now), model::Intent::read);
        return mint_if(told, envelope, told.reasons);
    }
    if (delivery.as_reader) {
        // The refusal's problem is the one a reader may be told; its reasons are all, for the
        // record.
        const Decision decision =
            policy::may_receive(world, envelope, delivery.recipient, facts, now).decision;
        return mint_if(policy::disclosed(decision, model::Intent::read), envelope,
                       decision.reasons);
    }
    if (snapshot.directory.find(delivery.recipient) == nullptr) {
        return std::unexpected(
            model::Refusal{.problem = Problem::recipient_unknown,
                           .reasons = {{.problem = Problem::recipient_unknown,
                                        .about = to_string(delivery.recipient)}}});
    }
    return Authority::mint(envelope);
}

std::string to_string(const Plan& plan) {
    std::string text = to_string(plan.decision);
    std::vector<std::string> lines;
    lines.reserve(plan.deliveries.size());
    for (const PlannedDelivery& delivery : plan.deliveries) {
        lines.push_back("\n-> " + to_string(delivery.recipient) + " " + delivery.via.text());
        if (!delivery.network.empty()) lines.back() += " over " + delivery.network.text();
    }
    std::ranges::sort(lines);
    for (const std::string& line : lines) text += line;
    return text;
}

}  // namespace sekisho::plan
