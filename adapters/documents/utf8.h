// UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing beyond U+10FFFF, nothing
// cut short. Pure functions of bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sekisho::documents {

bool is_utf8(std::string_view bytes);

// Offset of the first byte of the first ill-formed sequence; nothing where all is well.
std::optional<std::size_t> first_ill_formed_utf8(std::string_view bytes);

}  // namespace sekisho::documents
