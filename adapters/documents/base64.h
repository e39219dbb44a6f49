// Base64 (RFC 4648), strict: no line breaks, no missing or superfluous padding, no stray bits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::documents {

std::string to_base64(std::string_view bytes);     // section 4, padded
std::string to_base64url(std::string_view bytes);  // section 5, unpadded
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace sekisho::documents
