#include "gateway/platform/hex.h"

#include <charconv>
#include <cstdint>

namespace sekisho::platform {

std::string to_hex_digits(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 0x0FU]);
    }
    return text;
}

std::optional<std::string> from_hex_digits(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        const char* begin = digits.data() + at;
        std::uint8_t byte = 0;
        const auto [end, trouble] = std::from_chars(begin, begin + 2, byte, 16);
        if (trouble != std::errc{} || end != begin + 2) return std::nullopt;
        bytes.push_back(static_cast<char>(byte));
    }
    return bytes;
}

}  // namespace sekisho::platform
