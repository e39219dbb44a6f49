// What an entry of the access list shows beside its leaf: who, when, what and why, as the leaf says
// it. Whoever checks an entry compares exactly these (adapters/portal/log_check.h).
#pragma once

#include <array>
#include <string_view>

namespace sekisho::listener {

inline constexpr std::array<std::string_view, 8> kShownOfAccess{
    "at", "kind", "party", "author", "actor", "role", "purpose", "type"};

}  // namespace sekisho::listener
