#include "routing/plan/ways.h"

#include <algorithm>

namespace sekisho::plan {

namespace {

void add_mailbox(const model::Party& party, std::vector<path::Leg>& legs) {
    for (const model::CertificatePattern& known : party.certificates) {
        path::Leg leg{.via = model::kMailbox, .network = known.zone};
        if (std::ranges::find(legs, leg) == legs.end()) legs.push_back(std::move(leg));
    }
    // Nobody may collect as that party yet: it is kept for it.
    if (legs.empty()) legs.push_back({.via = model::kMailbox, .network = {}});
}

// `$recipient` may be anybody.
bool may_name(const table::RouteTarget& target, const model::PartyId& recipient) {
    if (target.to == "$recipient") return true;
    if (target.to == "$insurer") return recipient.kind == model::PartyKind::insurer;
    return target.to == to_string(recipient);
}

bool waits_at_own_way(const Snapshot& snapshot, const PlannedDelivery& delivery) {
    const auto own = legs_to(snapshot, delivery.recipient, {});
    return std::ranges::find(own, delivery.via, &path::Leg::via) != own.end();
}

}  // namespace

std::vector<path::Leg> legs_to(const Snapshot& snapshot, const model::PartyId& recipient,
                               const model::Via& pinned) {
    const model::Party* party = snapshot.directory.find(recipient);
    if (!pinned.empty() && pinned != model::kMailbox) return {snapshot.paths.leg_by(pinned)};
    if (party == nullptr) {
        if (pinned.empty()) return {};
        return {{.via = pinned, .network = {}}};
    }
    std::vector<path::Leg> legs;
    if (pinned == model::kMailbox || party->via == model::kMailbox) {
        add_mailbox(*party, legs);
        return legs;
    }
    if (party->via.empty()) return {};
    legs.reserve(1 + party->other_ways.size());
    legs.push_back(snapshot.paths.leg_by(party->via));
    for (const model::Via& via : party->other_ways) legs.push_back(snapshot.paths.leg_by(via));
    return legs;
}

path::Choice way_to(const Snapshot& snapshot, const model::TypeId& type,
                    const model::PartyId& recipient, const model::Via& pinned,
                    const path::Conditions& conditions) {
    return path::choose(snapshot.paths.rule_for(type), legs_to(snapshot, recipient, pinned),
                        conditions);
}

std::optional<model::Via> pinned_by(const Snapshot& snapshot, const PlannedDelivery& delivery) {
    std::optional<model::Via> named;
    if (const table::Route* route = snapshot.routes.find(delivery.route)) {
        for (const table::RouteTarget& to : route->targets) {
            if (!may_name(to, delivery.recipient)) continue;
            if (to.via == delivery.via) return to.via;
            const bool is_free = to.via.empty();
            const bool is_meant = to.to == to_string(delivery.recipient);
            if (is_free || (is_meant && !named)) named = to.via;
        }
    }
    if (named || waits_at_own_way(snapshot, delivery)) return named.value_or(model::Via{});
    return std::nullopt;
}

std::optional<model::Via> other_way(const Snapshot& snapshot, const model::TypeId& type,
                                    const PlannedDelivery& waiting,
                                    const path::Conditions& conditions) {
    const auto pinned = pinned_by(snapshot, waiting);
    if (!pinned) return std::nullopt;
    const auto legs = legs_to(snapshot, waiting.recipient, *pinned);
    const path::PathRule* rule = snapshot.paths.rule_for(type);
    const auto considered = path::consider(rule, legs, conditions);
    const bool may_stay = std::ranges::any_of(considered, [&](const path::Considered& one) {
        return one.leg.via == waiting.via && one.may_carry &&
               one.standing != path::Standing::silent;
    });
    if (may_stay) return std::nullopt;
    const path::Choice choice = path::choose(rule, legs, conditions);
    const bool answers = choice.why == path::Why::only || choice.why == path::Why::preferred ||
                         choice.why == path::Why::instead;
    if (!answers || choice.leg->via == waiting.via) return std::nullopt;
    return choice.leg->via;
}

}  // namespace sekisho::plan
