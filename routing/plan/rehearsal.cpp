#include "routing/plan/rehearsal.h"

#include <algorithm>
#include <map>
#include <string>

#include "routing/model/type_pattern.h"
#include "routing/plan/ways.h"

namespace sekisho::plan {

namespace {

// One network down, and everything that is asked about it.
struct Drill {
    const Snapshot& snapshot;
    const path::Conditions& today;
    const path::Conditions then;
    const model::Instant at;
};

bool names(const table::RouteMatch& match, const catalogue::InformationType& type) {
    const bool passes =
        match.intent == model::Intent::read ? type.queried || type.internal : !type.formats.empty();
    return passes && (match.types.empty() ||
                      std::ranges::any_of(match.types, [&](const std::string& pattern) {
                          return model::names_type(pattern, type.id.text());
                      }));
}

bool may_be_given(const Drill& drill, const catalogue::InformationType& type,
                  const model::Party& party) {
    const catalogue::Catalogue& catalogue = drill.snapshot.catalogue;
    return catalogue.belongs_to_any(party, type.filed_to, drill.at) ||
           std::ranges::any_of(type.readers, [&](const catalogue::Reader& reader) {
               return reader.enabled && catalogue.belongs(party, reader.who, drill.at);
           });
}

std::vector<model::PartyId> recipients_of(const Drill& drill, const table::Route& route,
                                          const table::RouteTarget& target,
                                          const catalogue::InformationType& type) {
    if (const auto named = model::parse_party_id(target.to)) return {*named};
    std::vector<model::PartyId> parties;
    const bool insurers = target.to == "$insurer";
    for (const auto& [id, party] : drill.snapshot.directory.all()) {
        const bool is_one =
            insurers
                ? id.kind == model::PartyKind::insurer &&
                      (route.match.insurers.empty() ||
                       std::ranges::find(route.match.insurers, model::InsurerNumber{id.number}) !=
                           route.match.insurers.end())
                : may_be_given(drill, type, party);
        if (is_one) parties.push_back(id);
    }
    std::ranges::sort(parties);
    return parties;
}

std::string text_of(const std::vector<path::Leg>& legs) {
    std::string text;
    for (const path::Leg& leg : legs) text += leg.via.text() + " " + leg.network.text() + "\n";
    return text;
}

void rehearse_target(const Drill& drill, const table::Route& route,
                     const table::RouteTarget& target, const catalogue::InformationType& type,
                     std::vector<Rehearsed>& rows) {
    const path::PathRule* rule = drill.snapshot.paths.rule_for(type.id);
    std::map<std::string, Rehearsed> alike;
    for (model::PartyId& recipient : recipients_of(drill, route, target, type)) {
        auto legs = legs_to(drill.snapshot, recipient, target.via);
        const auto [row, is_new] = alike.try_emplace(text_of(legs));
        ++row->second.recipients;
        if (!is_new) continue;
        const auto carried_by = static_cast<std::size_t>(
            std::ranges::count_if(path::consider(rule, legs, {}), &path::Considered::may_carry));
        const path::Choice today = path::choose(rule, legs, drill.today);
        path::Choice then = path::choose(rule, legs, drill.then);
        row->second = {.route = route.id,
                       .type = type.id,
                       .intent = route.match.intent,
                       .legs = std::move(legs),
                       .recipients = 1,
                       .example = std::move(recipient),
                       .carried_by = carried_by,
                       .when_down = rule == nullptr ? path::kWithoutRule : rule->when_down,
                       .today = today,
                       .then = std::move(then)};
    }
    for (auto& [legs, row] : alike) rows.push_back(std::move(row));
}

}  // namespace

path::Conditions without(const Snapshot& snapshot, const model::ZoneName& network,
                         path::Conditions conditions) {
    for (const auto& [via, passes] : snapshot.paths.networks()) {
        if (passes == network) conditions.ways[via] = path::Standing::silent;
    }
    conditions.network_down = network;
    return conditions;
}

std::vector<Rehearsed> rehearse(const Snapshot& snapshot, const model::ZoneName& network,
                                const path::Conditions& today, model::Instant at) {
    const Drill drill{
        .snapshot = snapshot, .today = today, .then = without(snapshot, network, today), .at = at};
    std::vector<Rehearsed> rows;
    for (const table::Route& route : snapshot.routes.routes()) {
        if (!route.effective.contains(at)) continue;
        for (const catalogue::InformationType& type : snapshot.catalogue.types()) {
            if (!names(route.match, type)) continue;
            for (const table::RouteTarget& target : route.targets) {
                rehearse_target(drill, route, target, type, rows);
            }
        }
    }
    return rows;
}

}  // namespace sekisho::plan
