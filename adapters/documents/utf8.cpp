#include "adapters/documents/utf8.h"

#include <cstdint>

namespace sekisho::documents {

namespace {

struct Lead {
    std::size_t length;  // of the whole sequence; 0: no lead byte
    std::uint8_t
        second_min;  // the second byte's range is what excludes overlong forms and surrogates
    std::uint8_t second_max;
};

Lead lead_of(std::uint8_t byte) {
    if (byte < 0x80) return {1, 0, 0};
    if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

// Length of the well-formed sequence at `at`, or 0.
std::size_t sequence_at(std::string_view bytes, std::size_t at) {
    const Lead lead = lead_of(static_cast<std::uint8_t>(bytes[at]));
    if (lead.length <= 1) return lead.length;
    if (bytes.size() - at < lead.length) return 0;
    const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
    if (second < lead.second_min || second > lead.second_max) return 0;
    for (std::size_t i = 2; i < lead.length; ++i) {
        const auto next = static_cast<std::uint8_t>(bytes[at + i]);
        if (next < 0x80 || next > 0xBF) return 0;
    }
    return lead.length;
}

}  // namespace

std::optional<std::size_t> first_ill_formed_utf8(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t length = sequence_at(bytes, at);
        if (length == 0) return at;
        at += length;
    }
    return std::nullopt;
}

bool is_utf8(std::string_view bytes) {
    return !first_ill_formed_utf8(bytes).has_value();
}

}  // namespace sekisho::documents
