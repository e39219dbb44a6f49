// The query of a URL: `max=20&wait=5`, percent-decoded, each name once, none unknown.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "routing/model/problem.h"

namespace sekisho::listener {

using QueryText = std::map<std::string, std::string, std::less<>>;

// attribute_invalid, attribute_duplicate, naming the parameter.
model::Result<QueryText> read_query(std::string_view query,
                                    std::initializer_list<std::string_view> known);

// Digits in [smallest, largest], or the fallback when absent.
model::Result<std::uint64_t> number_in(const QueryText& query, std::string_view name,
                                       std::uint64_t fallback, std::uint64_t smallest,
                                       std::uint64_t largest);

// Digits only, at most 9 of them.
std::optional<std::uint64_t> parse_digits(std::string_view text);

}  // namespace sekisho::listener
