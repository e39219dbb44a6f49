#include "adapters/documents/base64.h"

#include <array>
#include <cstdint>

namespace sekisho::documents {

namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint8_t kNoDigit = 0xFF;
using Digits = std::array<std::uint8_t, 256>;

constexpr Digits digits_of(std::string_view alphabet) {
    Digits digits{};
    digits.fill(kNoDigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

constexpr Digits kStandardDigits = digits_of(kStandard);
constexpr Digits kUrlDigits = digits_of(kUrl);

std::string encode(std::string_view bytes, std::string_view alphabet) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    unsigned held = 0;  // bits not yet written
    for (const char byte : bytes) {
        bits = (bits << 8U | static_cast<std::uint8_t>(byte)) & 0xFFFFU;
        held += 8;
        while (held >= 6) {
            held -= 6;
            text.push_back(alphabet[bits >> held & 0x3FU]);
        }
    }
    if (held > 0) text.push_back(alphabet[bits << (6 - held) & 0x3FU]);
    return text;
}

// `text` without padding. One digit alone in the last group, or bits beyond the last byte, are
// refused: two texts would otherwise mean the same bytes.
std::optional<std::string> decode(std::string_view text, const Digits& digits) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::uint8_t digit = digits[static_cast<std::uint8_t>(c)];
        if (digit == kNoDigit) return std::nullopt;
        bits = (bits << 6U | digit) & 0x3FFFU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes.push_back(static_cast<char>(bits >> held & 0xFFU));
        }
    }
    if ((bits & ((1U << held) - 1U)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text = encode(bytes, kStandard);
    while (text.size() % 4 != 0) text.push_back('=');
    return text;
}

std::string to_base64url(std::string_view bytes) {
    return encode(bytes, kUrl);
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    return decode(text, kStandardDigits);
}

std::optional<std::string> from_base64url(std::string_view text) {
    return decode(text, kUrlDigits);
}

}  // namespace sekisho::documents
