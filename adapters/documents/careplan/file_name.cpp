#include "adapters/documents/careplan/file_name.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"

namespace sekisho::documents::careplan {

namespace {

using model::Problem;

struct Entry {
    std::string_view prefix;
    std::string_view title;
    bool has_month = false;
};

// In the order of FileKind.
constexpr std::array<Entry, kFileKinds> kEntries{{
    {"UPHOSOKU", "利用者補足情報", true},
    {"UP1KYO", "第1表"},
    {"UP2KYO", "第2表"},
    {"UP3KYO", "第3表"},
    {"DLT1KYO", "第1表 削除"},
    {"UPPLAN", "第6表 予定", true},
    {"UPJSK", "第6表 実績", true},
    {"UPSIKYU", "第7表", true},
    {"DLTPLAN", "第6表 予定 削除"},
    {"DLTJSK", "第6表 実績 削除"},
    {"UPKIHON", "利用者基本情報"},
    {"UPKIHON_SUB1", "利用者基本情報 別表1"},
    {"UPKIHON_SUB2", "利用者基本情報 別表2"},
    {"UPKIHON_IMAGE", "利用者基本情報 画像"},
    {"DLTKIHON", "利用者基本情報 削除"},
    {"UPYOBO", "介護予防サービス・支援計画書"},
    {"UPYOBO_SUB", "介護予防サービス・支援計画書 別表"},
    {"DLTYOBO", "介護予防サービス・支援計画書 削除"},
}};

const Entry& entry_of(FileKind kind) {
    return kEntries[static_cast<std::size_t>(kind)];
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool are_digits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, is_digit);
}

bool is_service(std::string_view text, std::size_t count) {
    return text.size() == count &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

bool is_month(std::string_view text) {
    return text == "000000" ||
           (are_digits(text, 6) && model::is_calendar_date(std::string{text} + "01"));
}

bool is_series(std::string_view text) {
    return are_digits(text, 14) && model::is_calendar_date(text.substr(0, 8)) &&
           text.substr(8, 2) < "24" && text.substr(10, 2) < "60" && text.substr(12, 2) < "60";
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find('_');
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// The longest prefix that fits: UPKIHON_SUB1 before UPKIHON.
const Entry* find_entry(std::string_view text) {
    const Entry* best = nullptr;
    for (const Entry& entry : kEntries) {
        const bool fits = text.size() > entry.prefix.size() && text.starts_with(entry.prefix) &&
                          text[entry.prefix.size()] == '_';
        if (fits && (best == nullptr || best->prefix.size() < entry.prefix.size())) best = &entry;
    }
    return best;
}

bool is_office(std::string_view text) {
    return model::parse_office_number(text).has_value();
}

// The two ends and the number: five parts in 4.x, three in version 3.
std::expected<void, NameFault> read_ends(std::span<const std::string_view> parts, FileName& name) {
    const bool numbered = !parts.empty() && is_series(parts.back());
    if (numbered && parts.size() == 3 && is_office(parts[0]) && is_office(parts[1])) {
        return std::unexpected(NameFault{Problem::unsupported_version, "3"});
    }
    if (!numbered || parts.size() != 5 || !is_office(parts[0]) || !is_office(parts[2])) {
        return std::unexpected(NameFault{});
    }
    if (is_service(parts[1], 3) && is_service(parts[3], 3)) {
        return std::unexpected(NameFault{Problem::unsupported_version, "4.0"});
    }
    if (!is_service(parts[1], 2) || !is_service(parts[3], 2)) return std::unexpected(NameFault{});
    name.sender = parts[0];
    name.sender_service = parts[1];
    name.recipient = parts[2];
    name.recipient_service = parts[3];
    name.series = parts[4];
    return {};
}

}  // namespace

std::string_view prefix_of(FileKind kind) {
    return entry_of(kind).prefix;
}

std::string_view title_of(FileKind kind) {
    return entry_of(kind).title;
}

std::expected<FileName, NameFault> parse_file_name(std::string_view text) {
    const Entry* entry = find_entry(text);
    if (entry == nullptr) return std::unexpected(NameFault{});
    FileName name{.kind = static_cast<FileKind>(entry - kEntries.data())};
    const bool image = name.kind == FileKind::basics_image;
    if (!text.ends_with(image ? ".jpg" : ".CSV")) return std::unexpected(NameFault{});
    text.remove_suffix(4);
    if (text.size() <= entry->prefix.size()) return std::unexpected(NameFault{});
    const auto all = split(text.substr(entry->prefix.size() + 1));
    std::span<const std::string_view> parts{all};
    if (entry->has_month) {
        if (!is_month(parts.front())) return std::unexpected(NameFault{});
        name.month = parts.front();
        parts = parts.subspan(1);
    }
    if (image) {
        if (!are_digits(parts.back(), 4)) return std::unexpected(NameFault{});
        name.image = parts.back();
        parts = parts.first(parts.size() - 1);
    }
    if (auto read = read_ends(parts, name); !read) return std::unexpected(read.error());
    return name;
}

std::string to_text(const FileName& name) {
    std::string text{prefix_of(name.kind)};
    if (!name.month.empty()) text += "_" + name.month;
    text += "_" + name.sender + "_" + name.sender_service + "_" + name.recipient + "_" +
            name.recipient_service + "_" + name.series;
    if (name.kind == FileKind::basics_image) return text + "_" + name.image + ".jpg";
    return text + ".CSV";
}

}  // namespace sekisho::documents::careplan
