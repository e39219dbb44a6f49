// Percent-encoding of CloudEvents attributes in HTTP headers (CloudEvents 1.0, HTTP protocol
// binding, 3.1.3.2).
//
// Encoding writes `%XX` for space, double quote, percent and every byte outside U+0021..U+007E.
// Decoding first undoes one pair of enclosing double quotes with backslash escapes (older senders),
// then one round of percent-decoding. Strict: a broken `%`, a raw byte outside printable ASCII, a
// stray quote, text that is not UTF-8 once decoded, and any control character (C0, DEL, C1; so also
// NUL) are refused, since two readers would differ about them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::documents {

std::string percent_encode(std::string_view text);
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace sekisho::documents
