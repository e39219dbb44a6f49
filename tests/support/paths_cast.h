// The cast of routing_cast.h with networks: the platform is reached over two of them, by `platform`
// and by `line`, and whoever collects comes over those that a test names.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/routing_cast.h"

namespace sekisho::tests {

inline const model::Via kFirst{"platform"};  // over "public"
inline const model::Via kLine{"line"};       // over "eligibility"

inline path::PathRule path_rule(path::WhenDown when_down,
                                const std::vector<std::string_view>& networks,
                                std::vector<std::string> types = {}) {
    path::PathRule rule{.types = std::move(types), .when_down = when_down};
    for (const auto network : networks) rule.networks.emplace_back(std::string{network});
    return rule;
}

inline void give_ways(plan::Snapshot& snapshot, std::vector<path::PathRule> rules,
                      const std::vector<std::string_view>& collected_over) {
    auto rows = directory_rows();
    for (model::Party& row : rows) {
        if (row.id == party(kPlatform)) row.other_ways = {kLine};
        if (row.via != model::kMailbox || collected_over.empty()) continue;
        row.certificates.clear();
        for (const auto zone : collected_over) {
            row.certificates.push_back(
                {.zone = model::ZoneName{std::string{zone}},
                 .san_uri = "urn:" + std::to_string(row.certificates.size()) + row.id.number});
        }
    }
    snapshot.directory = model::Directory{std::move(rows)};
    snapshot.paths = path::PathPolicy::build(std::move(rules),
                                             {{kFirst, model::ZoneName{"public"}},
                                              {kLine, model::ZoneName{"eligibility"}},
                                              {model::Via{"municipal"}, model::ZoneName{"public"}}})
                         .value();
}

}  // namespace sekisho::tests
