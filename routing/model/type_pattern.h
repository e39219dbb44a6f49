// Patterns of information types, as routes and path rules name them: a type id, or a prefix that
// ends in ".*" ("certification.*").
#pragma once

#include <optional>
#include <string_view>

namespace sekisho::model {

// "certification." of "certification.*", nothing of a plain type id.
inline std::optional<std::string_view> prefix_of(std::string_view pattern) {
    if (!pattern.ends_with(".*")) return std::nullopt;
    return pattern.substr(0, pattern.size() - 1);
}

// A star nowhere but at its end, and something before it.
inline bool is_type_pattern(std::string_view pattern) {
    const std::string_view plain = prefix_of(pattern).value_or(pattern);
    return !plain.empty() && plain != "." && plain.find('*') == std::string_view::npos;
}

inline bool names_type(std::string_view pattern, std::string_view type) {
    const auto prefix = prefix_of(pattern);
    return prefix ? type.starts_with(*prefix) : type == pattern;
}

}  // namespace sekisho::model
