// Time as the mind sees it: a point in UTC with milliseconds, and half-open periods of it.
//
// Nothing here asks what time it is; `now` is always a parameter. Japan Standard Time is +09:00
// without exception, so a date of the law or of a contract (a calendar day in Japan) becomes an
// Instant by arithmetic alone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::model {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

inline constexpr std::chrono::hours kJapanOffset{9};

// RFC 3339 with a zone (`Z` or ±hh:mm); fractions beyond milliseconds are cut. Nothing else is
// accepted.
std::optional<Instant> parse_rfc3339(std::string_view text);
std::string to_rfc3339(
    Instant instant);  // UTC, milliseconds only where there are any: 2026-11-21T00:00:00Z

// `YYYY-MM-DD`: the first instant of that day in Japan.
std::optional<Instant> parse_japan_date(std::string_view text);
std::string to_japan_date(Instant instant);
std::string to_japan_digits(Instant instant);      // YYYYMMDDHHMMSS in Japan
bool is_calendar_date(std::string_view yyyymmdd);  // 8 digits naming a day that exists

// [from, until): an absent end is open.
struct Period {
    std::optional<Instant> from;
    std::optional<Instant> until;

    bool contains(Instant at) const { return (!from || *from <= at) && (!until || at < *until); }
    friend bool operator==(const Period&, const Period&) = default;
};

}  // namespace sekisho::model
