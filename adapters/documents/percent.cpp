#include "adapters/documents/percent.h"

#include <cstdint>

#include "adapters/documents/utf8.h"

namespace sekisho::documents {

namespace {

std::optional<std::uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    return std::nullopt;
}

// The content of a quoted-string (RFC 7230, 3.2.6), or the text itself where no quote stands in it.
std::optional<std::string> unquoted(std::string_view text) {
    if (!text.starts_with('"')) {
        if (text.find('"') != std::string_view::npos) return std::nullopt;
        return std::string{text};
    }
    std::string content;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            if (i + 1 != text.size()) return std::nullopt;
            return content;
        }
        if (text[i] == '\\') ++i;  // the next character is meant as it stands
        if (i == text.size()) return std::nullopt;
        content.push_back(text[i]);
    }
    return std::nullopt;  // never closed
}

bool has_control_character(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(utf8[i]);
        if (byte < 0x20 || byte == 0x7F) return true;
        if (byte == 0xC2 && static_cast<std::uint8_t>(utf8[i + 1]) < 0xA0) return true;
    }
    return false;
}

}  // namespace

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (c > 0x20 && c < 0x7F && c != '"' && c != '%') {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        encoded.push_back('%');
        encoded.push_back(kHex[byte >> 4]);
        encoded.push_back(kHex[byte & 15]);
    }
    return encoded;
}

std::optional<std::string> percent_decode(std::string_view text) {
    for (const char c : text) {
        if (c < 0x20 || c > 0x7E) return std::nullopt;
    }
    const auto inner = unquoted(text);
    if (!inner) return std::nullopt;
    std::string decoded;
    decoded.reserve(inner->size());
    for (std::size_t i = 0; i < inner->size(); ++i) {
        if ((*inner)[i] != '%') {
            decoded.push_back((*inner)[i]);
            continue;
        }
        if (inner->size() - i < 3) return std::nullopt;
        const auto high = hex_digit((*inner)[i + 1]);
        const auto low = hex_digit((*inner)[i + 2]);
        if (!high || !low) return std::nullopt;
        decoded.push_back(static_cast<char>(*high << 4 | *low));
        i += 2;
    }
    if (!is_utf8(decoded) || has_control_character(decoded)) return std::nullopt;
    return decoded;
}

}  // namespace sekisho::documents
