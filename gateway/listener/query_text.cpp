#include "gateway/listener/query_text.h"

#include <algorithm>

#include "adapters/documents/percent.h"
#include "gateway/listener/cloud_events.h"

namespace sekisho::listener {

using model::Problem;
using model::Result;

Result<QueryText> read_query(std::string_view query,
                             std::initializer_list<std::string_view> known) {
    QueryText read;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const auto equals = pair.find('=');
        const std::string_view name = pair.substr(0, equals);
        const bool wanted = std::ranges::find(known, name) != known.end();
        if (!wanted || equals == std::string_view::npos) {
            return wrong_attribute(Problem::attribute_invalid, name);
        }
        auto value = documents::percent_decode(pair.substr(equals + 1));
        if (!value) return wrong_attribute(Problem::attribute_invalid, name);
        if (!read.emplace(std::string{name}, std::move(*value)).second) {
            return wrong_attribute(Problem::attribute_duplicate, name);
        }
    }
    return read;
}

std::optional<std::uint64_t> parse_digits(std::string_view text) {
    constexpr std::size_t kDigitsMax = 9;
    if (text.empty() || text.size() > kDigitsMax) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

Result<std::uint64_t> number_in(const QueryText& query, std::string_view name,
                                std::uint64_t fallback, std::uint64_t smallest,
                                std::uint64_t largest) {
    const auto found = query.find(name);
    if (found == query.end()) return fallback;
    const auto value = parse_digits(found->second);
    if (!value || *value < smallest || *value > largest) {
        return wrong_attribute(Problem::attribute_invalid, name);
    }
    return *value;
}

}  // namespace sekisho::listener
