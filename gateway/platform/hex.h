// Bytes as hexadecimal digits, lower case, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::platform {

std::string to_hex_digits(std::string_view bytes);
std::optional<std::string> from_hex_digits(std::string_view digits);  // either case; whole bytes

}  // namespace sekisho::platform
