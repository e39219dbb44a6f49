#include "gateway/listener/response.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace sekisho::listener {

namespace {

constexpr auto kReasons = std::to_array<std::pair<int, std::string_view>>({
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
});

std::string_view reason_of(int status) {
    const auto* found =
        std::ranges::find(kReasons, status, [](const auto& row) { return row.first; });
    return found == kReasons.end() ? std::string_view{"Unassigned"} : found->second;
}

// RFC 9110 5.6.7: Sat, 21 Nov 2026 02:00:00 GMT
std::string http_date(model::Instant now) {
    using namespace std::chrono;
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_days day = floor<days>(now);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(now - day)};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  kDays[weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

void add(std::string& bytes, std::string_view name, std::string_view value) {
    bytes.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string to_bytes(const Response& response, model::Instant now, BodyPart body) {
    std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
    bytes.append(reason_of(response.status)).append("\r\n");
    add(bytes, "Date", http_date(now));
    const bool says_how_long = std::ranges::find(response.headers, "Cache-Control",
                                                 &Header::name) != response.headers.end();
    if (!says_how_long) add(bytes, "Cache-Control", "no-store");
    if (!response.content_type.empty()) add(bytes, "Content-Type", response.content_type);
    if (response.status != 204) add(bytes, "Content-Length", std::to_string(response.body.size()));
    for (const Header& header : response.headers) add(bytes, header.name, header.value);
    if (response.close) add(bytes, "Connection", "close");
    bytes.append("\r\n");
    if (body == BodyPart::sent && response.status != 204) bytes.append(response.body);
    return bytes;
}

}  // namespace sekisho::listener
