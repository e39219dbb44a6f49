#include "gateway/config/shapes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/tunnel/association.h"

namespace sekisho::config {

namespace {

constexpr std::size_t kWordBytesMax = 128;

bool is_word_character(char c) {
    constexpr std::string_view kMarks = "-._:";
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
}

constexpr auto kKinds = std::to_array<model::PartyKind>({
    model::PartyKind::care_manager,
    model::PartyKind::support_center,
    model::PartyKind::care_office,
    model::PartyKind::medical,
    model::PartyKind::insurer,
    model::PartyKind::reviewer,
    model::PartyKind::system,
    model::PartyKind::operator_,
});

}  // namespace

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= kWordBytesMax &&
           std::ranges::all_of(text, is_word_character);
}

std::optional<model::Instant> parse_moment(std::string_view text) {
    if (const auto day = model::parse_japan_date(text)) return day;
    return model::parse_rfc3339(text);
}

std::optional<model::PartyKind> parse_kind(std::string_view text) {
    const auto* found = std::ranges::find(
        kKinds, text, [](model::PartyKind kind) { return model::to_string(kind); });
    if (found == kKinds.end()) return std::nullopt;
    return *found;
}

std::optional<model::ServiceType> parse_service_type(std::string_view text) {
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    if (text.size() != 2 || !std::ranges::all_of(text, fits)) return std::nullopt;
    return model::ServiceType{std::string{text}};
}

std::optional<Address> parse_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    Address address;
    const auto [end, trouble] =
        std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (trouble != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    if (host.empty()) return std::nullopt;
    address.host = host;
    return address;
}

std::optional<model::Protection> parse_protection(std::string_view text) {
    const auto protection = model::parse_protection(text);
    return protection == model::Protection::none ? std::nullopt : protection;
}

// strongSwan takes `*` and `%any` for others' names too, writes '?' for what it cannot print, and
// reads a leading '@' and a backslash in ways of its own.
std::optional<std::string> parse_ike_identity(std::string_view text) {
    constexpr std::string_view kMoreThanItself = "*?%\"\\";
    const bool plain = std::ranges::all_of(
        text, [&](char c) { return c >= ' ' && c <= '~' && !kMoreThanItself.contains(c); });
    if (text.empty() || !plain || text.starts_with('@')) return std::nullopt;
    return std::string{text};
}

std::optional<std::string> parse_prefix(std::string_view text) {
    const auto range = text.contains('/') ? tunnel::parse_selector(text) : std::nullopt;
    const bool native = range && tunnel::is_v4(range->first) != text.contains(':');
    if (!native || text.ends_with("/0")) return std::nullopt;
    return std::string{text};
}

std::optional<std::string> parse_outside(std::string_view text) {
    if (text != "%any" && !tunnel::parse_address(text)) return std::nullopt;
    return std::string{text};
}

model::Period read_period(Section& section, std::string_view from_key, std::string_view until_key) {
    const model::Period period{.from = section.optional(from_key, kMoment),
                               .until = section.optional(until_key, kMoment)};
    if (period.from && period.until && *period.until <= *period.from) {
        section.complain(until_key, {.ja = "終わりが始まりより後ではありません",
                                     .en = "the end is not after the beginning"});
    }
    return period;
}

std::optional<Json> Reading::each_row(std::string_view key,
                                      const std::function<void(Section&)>& read) {
    Complaints of_rows;  // which count only where the whole is JSON
    const auto take = [&](const Json& row) {
        Section section{row, file, of_rows};
        if (!row.is_object()) return;
        read(section);
        section.finish();
    };
    auto rest = parse_file_rows(file, bytes, {.member = key, .take = take}, complaints);
    if (rest) complaints.absorb(std::move(of_rows));
    return rest;
}

void Reading::mention(Mention::Of of, const Json* word) {
    if (word == nullptr || !word->is_string()) return;
    mentions.push_back({.of = of, .name = word->text(), .where = place_of(*word)});
}

}  // namespace sekisho::config
