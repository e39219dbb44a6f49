#include "routing/path/path_policy.h"

#include <algorithm>

#include "routing/model/type_pattern.h"

namespace sekisho::path {

namespace {

using model::Problem;
using model::Text;

std::unexpected<model::Refusal> faulty(std::string_view ja, std::string_view en) {
    return model::refuse(Problem::attribute_invalid,
                         Text{.ja = std::string{ja}, .en = std::string{en}});
}

bool names_one_twice(std::vector<model::ZoneName> networks) {
    std::ranges::sort(networks);
    return std::ranges::adjacent_find(networks) != networks.end();
}

}  // namespace

std::string_view to_string(WhenDown when_down) {
    switch (when_down) {
        case WhenDown::wait:
            return "wait";
        case WhenDown::other:
            return "other";
        case WhenDown::refuse:
            return "refuse";
    }
    return "";
}

std::optional<WhenDown> parse_when_down(std::string_view text) {
    for (const WhenDown one : {WhenDown::wait, WhenDown::other, WhenDown::refuse}) {
        if (text == to_string(one)) return one;
    }
    return std::nullopt;
}

model::Result<PathPolicy> PathPolicy::build(std::vector<PathRule> rules, Networks networks) {
    PathPolicy made;
    made.rules_ = std::move(rules);
    made.networks_ = std::move(networks);
    for (std::size_t i = 0; i < made.rules_.size(); ++i) {
        const PathRule& rule = made.rules_[i];
        if (rule.networks.empty()) return faulty("網がありません", "it names no network");
        if (names_one_twice(rule.networks)) {
            return faulty("同じ網が二つあります", "it names a network twice");
        }
        const bool is_free = rule.types.empty()
                                 ? made.place_prefix({}, i)
                                 : std::ranges::all_of(rule.types, [&](const std::string& pattern) {
                                       return made.place(pattern, i);
                                   });
        if (is_free) continue;
        return faulty("種別は、種別名か .* で終わる接頭辞で、決まりは一つずつです",
                      "a type is an id or a prefix ending in .*, and only one rule may name it");
    }
    std::ranges::sort(made.by_prefix_, std::ranges::greater{},
                      [](const auto& row) { return row.first.size(); });
    return made;
}

bool PathPolicy::place(const std::string& pattern, std::size_t rule) {
    if (!model::is_type_pattern(pattern)) return false;
    if (const auto prefix = model::prefix_of(pattern)) return place_prefix(*prefix, rule);
    return by_type_.emplace(pattern, rule).second;
}

bool PathPolicy::place_prefix(std::string_view prefix, std::size_t rule) {
    const auto is_it = [&](const auto& row) { return row.first == prefix; };
    if (std::ranges::any_of(by_prefix_, is_it)) return false;
    by_prefix_.emplace_back(prefix, rule);
    return true;
}

const PathRule* PathPolicy::rule_for(const model::TypeId& type) const {
    if (rules_.empty()) return nullptr;
    const auto exact = by_type_.find(type.text());
    if (exact != by_type_.end()) return &rules_[exact->second];
    for (const auto& [prefix, rule] : by_prefix_) {
        if (type.text().starts_with(prefix)) return &rules_[rule];
    }
    return nullptr;
}

bool PathPolicy::may_carry(const model::ZoneName& network, const model::TypeId& type) const {
    const PathRule* rule = rule_for(type);
    return rule == nullptr || std::ranges::find(rule->networks, network) != rule->networks.end();
}

Leg PathPolicy::leg_by(const model::Via& via) const {
    const auto found = networks_.find(via);
    return {.via = via, .network = found == networks_.end() ? model::ZoneName{} : found->second};
}

}  // namespace sekisho::path
