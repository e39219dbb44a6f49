#include "routing/table/route_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "routing/model/type_pattern.h"

namespace sekisho::table {

namespace {

using model::Envelope;
using model::InsurerNumber;
using model::PartyId;
using model::prefix_of;
using model::Problem;
using model::refuse;
using model::Text;

constexpr float kLoadFactor = 0.25F;  // sparse, as the directory is
constexpr std::string_view kInsurer = "$insurer";
constexpr std::string_view kRecipient = "$recipient";

bool is_placeholder(std::string_view to) {
    return to == kInsurer || to == kRecipient;
}

template <class T>
bool allows(const std::vector<T>& wanted, const T& given) {
    return wanted.empty() || std::ranges::find(wanted, given) != wanted.end();
}

bool type_fits(const std::vector<std::string>& patterns, std::string_view type) {
    return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
               return model::names_type(pattern, type);
           });
}

bool insurer_fits(const std::vector<InsurerNumber>& wanted,
                  const std::vector<InsurerNumber>& given) {
    return wanted.empty() || std::ranges::any_of(given, [&](const InsurerNumber& insurer) {
               return std::ranges::find(wanted, insurer) != wanted.end();
           });
}

// The first condition beyond the type that does not hold, or nothing.
std::string_view obstacle(const Route& route, const Envelope& envelope,
                          const std::vector<InsurerNumber>& insurers, model::Instant now) {
    const RouteMatch& match = route.match;
    if (match.intent != envelope.intent) return "intent";
    if (!allows(match.zones, envelope.zone)) return "zone";
    if (!allows(match.sources, envelope.source)) return "source";
    if (!insurer_fits(match.insurers, insurers)) return "insurer";
    if (!route.effective.contains(now)) return "effective";
    return {};
}

Text fault(const Route& route, std::string_view ja, std::string_view en) {
    return {.ja = "経路「" + route.id.text() + "」: " + std::string{ja},
            .en = "Route \"" + route.id.text() + "\": " + std::string{en}};
}

std::optional<Text> fault_in_types(const Route& route) {
    for (const std::string& pattern : route.match.types) {
        if (model::is_type_pattern(pattern)) continue;
        return fault(route,
                     "種別「" + pattern + "」は種別名か、.* で終わる接頭辞でなければなりません",
                     "the type \"" + pattern + "\" is neither a type id nor a prefix ending in .*");
    }
    return std::nullopt;
}

std::optional<Text> fault_in_targets(const Route& route) {
    if (route.targets.empty()) return fault(route, "送り先がありません", "it has no target");
    for (const RouteTarget& target : route.targets) {
        if (is_placeholder(target.to) || model::parse_party_id(target.to)) continue;
        return fault(
            route,
            "送り先「" + target.to +
                "」は $insurer、$recipient、利用者識別子のいずれでもありません",
            "the target \"" + target.to + "\" is neither $insurer, $recipient nor a party id");
    }
    return std::nullopt;
}

std::vector<PartyId> parties_of(const Route& route) {
    std::vector<PartyId> parties;
    parties.reserve(route.targets.size());
    for (const RouteTarget& target : route.targets) {
        parties.push_back(model::parse_party_id(target.to).value_or(PartyId{}));
    }
    return parties;
}

void add_once(std::vector<Target>& targets, const PartyId& recipient, const RouteTarget& target,
              const Route& route) {
    if (std::ranges::find(targets, recipient, &Target::recipient) != targets.end()) return;
    targets.push_back({.recipient = recipient, .via = target.via, .route = route.id});
}

void append(std::vector<std::size_t>& to, const std::vector<std::size_t>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

template <class T>
std::string listed(std::string_view caption, const std::vector<T>& items, auto&& text_of) {
    std::string text;
    for (const T& item : items) {
        text.append(text.empty() ? caption : std::string_view{"|"}).append(text_of(item));
    }
    return text;
}

std::string line_of(const Route& route) {
    const auto own_text = [](const auto& item) { return item.text(); };
    const RouteMatch& match = route.match;
    std::string line = route.id.text() + ":";
    line += match.intent == model::Intent::read ? " read" : " file";
    line += match.types.empty() ? " *" : listed(" ", match.types, [](const auto& t) { return t; });
    line += listed(" zone ", match.zones, own_text);
    line += listed(" from ", match.sources, [](const PartyId& id) { return to_string(id); });
    line += listed(" insurer ", match.insurers, own_text);
    std::string_view separator = " -> ";
    for (const RouteTarget& target : route.targets) {
        line.append(separator).append(target.to);
        if (!target.via.empty()) line.append(" via ").append(target.via.text());
        separator = ", ";
    }
    if (route.effective.from) line += " since " + model::to_rfc3339(*route.effective.from);
    if (route.effective.until) line += " until " + model::to_rfc3339(*route.effective.until);
    return line;
}

}  // namespace

model::Result<RouteTable> RouteTable::build(std::uint64_t revision, std::vector<Route> routes) {
    RouteTable made;
    made.revision_ = revision;
    made.routes_ = std::move(routes);
    for (std::size_t i = 0; i < made.routes_.size(); ++i) {
        const Route& route = made.routes_[i];
        if (!made.by_id_.emplace(route.id, i).second) {
            return refuse(Problem::attribute_invalid,
                          fault(route, "同じ識別子の経路が二つあります", "its id is used twice"));
        }
        if (auto wrong = fault_in_types(route)) return refuse(Problem::attribute_invalid, *wrong);
        if (auto wrong = fault_in_targets(route)) return refuse(Problem::attribute_invalid, *wrong);
        made.parties_.push_back(parties_of(route));
        made.index(i);
    }
    return made;
}

const Route* RouteTable::find(const model::RouteId& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &routes_[found->second];
}

void RouteTable::place(Candidates& among, const RouteMatch& match, std::size_t position) {
    among.by_source.max_load_factor(kLoadFactor);
    for (const PartyId& source : match.sources) among.by_source[source].push_back(position);
    if (!match.sources.empty()) return;
    for (const auto& insurer : match.insurers) among.by_insurer[insurer].push_back(position);
    if (match.insurers.empty()) among.any.push_back(position);
}

void RouteTable::index(std::size_t position) {
    const RouteMatch& match = routes_[position].match;
    if (match.types.empty()) index_by_type(position, ".*");
    for (const std::string& pattern : match.types) index_by_type(position, pattern);
}

void RouteTable::index_by_type(std::size_t position, const std::string& pattern) {
    const RouteMatch& match = routes_[position].match;
    if (!prefix_of(pattern)) return place(by_type_[pattern], match, position);
    const std::string prefix = pattern == ".*" ? "" : pattern.substr(0, pattern.size() - 1);
    auto found = std::ranges::find(by_prefix_, prefix, [](const auto& row) { return row.first; });
    if (found == by_prefix_.end()) found = by_prefix_.insert(found, {prefix, {}});
    place(found->second, match, position);
}

std::vector<std::size_t> RouteTable::candidates(const Envelope& envelope,
                                                const std::vector<InsurerNumber>& insurers) const {
    std::vector<std::size_t> found;
    const auto gather = [&](const Candidates& among) {
        append(found, among.any);
        const auto from_source = among.by_source.find(envelope.source);
        if (from_source != among.by_source.end()) append(found, from_source->second);
        if (among.by_insurer.empty()) return;
        for (const InsurerNumber& insurer : insurers) {
            const auto of_insurer = among.by_insurer.find(insurer);
            if (of_insurer != among.by_insurer.end()) append(found, of_insurer->second);
        }
    };
    const auto exact = by_type_.find(envelope.type.text());
    if (exact != by_type_.end()) gather(exact->second);
    for (const auto& [prefix, among] : by_prefix_) {
        if (envelope.type.text().starts_with(prefix)) gather(among);
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<Target> RouteTable::match(const Envelope& envelope, model::Instant now) const {
    const std::vector<InsurerNumber> insurers = model::insurers_of(envelope.persons);
    std::vector<Target> targets;
    for (const std::size_t position : candidates(envelope, insurers)) {
        const Route& route = routes_[position];
        // The index gives none of another type.
        if (!obstacle(route, envelope, insurers, now).empty()) continue;
        for (std::size_t i = 0; i < route.targets.size(); ++i) {
            const RouteTarget& target = route.targets[i];
            if (target.to == kInsurer) {
                for (const InsurerNumber& insurer : insurers) {
                    add_once(targets, model::insurer_party(insurer), target, route);
                }
            } else if (target.to == kRecipient) {
                for (const PartyId& recipient : envelope.recipients) {
                    add_once(targets, recipient, target, route);
                }
            } else {
                add_once(targets, parties_[position][i], target, route);
            }
        }
    }
    return targets;
}

std::vector<RouteTrace> RouteTable::trace(const Envelope& envelope, model::Instant now) const {
    const std::vector<InsurerNumber> insurers = model::insurers_of(envelope.persons);
    std::vector<RouteTrace> traces;
    traces.reserve(routes_.size());
    for (const Route& route : routes_) {
        const bool of_type = type_fits(route.match.types, envelope.type.text());
        const std::string_view why = of_type ? obstacle(route, envelope, insurers, now) : "type";
        traces.push_back({.route = route.id, .matched = why.empty(), .why = std::string{why}});
    }
    return traces;
}

std::string to_string(const RouteTable& table) {
    std::vector<const Route*> sorted;
    for (const Route& route : table.routes()) sorted.push_back(&route);
    std::ranges::sort(sorted, {}, [](const Route* route) -> const auto& { return route->id; });
    std::string text;
    for (const Route* route : sorted) text.append(line_of(*route)).append("\n");
    return text;
}

}  // namespace sekisho::table
