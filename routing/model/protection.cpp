#include "routing/model/protection.h"

#include <array>
#include <utility>

namespace sekisho::model {

namespace {

constexpr auto kWords = std::to_array<std::pair<Protection, std::string_view>>({
    {Protection::none, "none"},
    {Protection::ipsec, "ipsec"},
    {Protection::closed_network, "closed-network"},
    {Protection::loopback, "loopback"},
});

}  // namespace

std::string_view to_string(Protection protection) {
    for (const auto& [value, word] : kWords) {
        if (value == protection) return word;
    }
    return {};
}

std::optional<Protection> parse_protection(std::string_view text) {
    for (const auto& [value, word] : kWords) {
        if (word == text) return value;
    }
    return std::nullopt;
}

}  // namespace sekisho::model
