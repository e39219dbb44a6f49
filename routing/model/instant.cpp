#include "routing/model/instant.h"

#include <cstdio>

namespace sekisho::model {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::year_month_day;

// An offset must not carry an instant out of the years that the text form can write.
constexpr Instant kFirst = std::chrono::sys_days{std::chrono::year{1} / 1 / 1};
constexpr Instant kEnd = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1};

std::optional<int> read_number(std::string_view text, std::size_t at, std::size_t width) {
    if (at + width > text.size()) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(at, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<std::chrono::sys_days> make_day(int year, int month, int day) {
    const year_month_day date{std::chrono::year{year},
                              std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || year < 1) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::optional<std::chrono::sys_days> read_day(std::string_view text) {
    const auto year = read_number(text, 0, 4);
    const auto month = read_number(text, 5, 2);
    const auto day = read_number(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
    return make_day(*year, *month, *day);
}

std::optional<std::chrono::minutes> read_offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::minutes{0};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto hours = read_number(text, 1, 2);
    const auto minutes = read_number(text, 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset{*hours * 60 + *minutes};
    return text[0] == '-' ? -offset : offset;
}

// Reads ".123456" at the front of `rest` and moves past it; milliseconds, the finer digits cut.
std::optional<Duration> take_fraction(std::string_view& rest) {
    if (rest.empty() || rest[0] != '.') return Duration{0};
    int milliseconds = 0;
    std::size_t digits = 0;
    while (digits + 1 < rest.size() && rest[digits + 1] >= '0' && rest[digits + 1] <= '9') {
        if (digits < 3) milliseconds = milliseconds * 10 + (rest[digits + 1] - '0');
        ++digits;
    }
    if (digits == 0 || digits > 9) return std::nullopt;
    for (std::size_t i = digits; i < 3; ++i) milliseconds *= 10;
    rest.remove_prefix(digits + 1);
    return Duration{milliseconds};
}

}  // namespace

std::optional<Instant> parse_rfc3339(std::string_view text) {
    if (text.size() < 20 || text.size() > 35 || (text[10] != 'T' && text[10] != 't'))
        return std::nullopt;
    const auto day = read_day(text);
    const auto hour = read_number(text, 11, 2);
    const auto minute = read_number(text, 14, 2);
    const auto second = read_number(text, 17, 2);
    if (!day || !hour || !minute || !second || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    std::string_view rest = text.substr(19);
    const auto fraction = take_fraction(rest);
    const auto offset = read_offset(rest);
    if (!fraction || !offset) return std::nullopt;
    const Instant instant = Instant{*day} + std::chrono::hours{*hour} +
                            std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
                            *fraction - *offset;
    if (instant < kFirst || kEnd <= instant) return std::nullopt;
    return instant;
}

std::string to_rfc3339(Instant instant) {
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    char text[40];
    const int year = int{date.year()};
    const auto month = unsigned{date.month()};
    const auto day_of_month = unsigned{date.day()};
    const auto hours = static_cast<int>(time.hours().count());
    const auto minutes = static_cast<int>(time.minutes().count());
    const auto seconds = static_cast<int>(time.seconds().count());
    const auto milliseconds = static_cast<int>(time.subseconds().count());
    if (milliseconds == 0) {
        std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", year, month,
                      day_of_month, hours, minutes, seconds);
    } else {
        std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", year, month,
                      day_of_month, hours, minutes, seconds, milliseconds);
    }
    return text;
}

std::optional<Instant> parse_japan_date(std::string_view text) {
    if (text.size() != 10) return std::nullopt;
    const auto day = read_day(text);
    if (!day) return std::nullopt;
    return Instant{*day} - kJapanOffset;
}

std::string to_japan_date(Instant instant) {
    return to_rfc3339(floor<days>(instant + kJapanOffset)).substr(0, 10);
}

std::string to_japan_digits(Instant instant) {
    std::string text = to_rfc3339(floor<std::chrono::seconds>(instant + kJapanOffset));
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
}

bool is_calendar_date(std::string_view yyyymmdd) {
    if (yyyymmdd.size() != 8) return false;
    const auto year = read_number(yyyymmdd, 0, 4);
    const auto month = read_number(yyyymmdd, 4, 2);
    const auto day = read_number(yyyymmdd, 6, 2);
    return year && month && day && make_day(*year, *month, *day).has_value();
}

}  // namespace sekisho::model
