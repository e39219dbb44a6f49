// Times as senders and files write them: RFC 3339, days of Japan, days of eight digits.
#include <string>

#include "routing/model/instant.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho::model;
    using sekisho::fuzz::require;
    const auto text = sekisho::fuzz::text_of(data, size);
    if (const auto instant = parse_rfc3339(text)) {
        const std::string written = to_rfc3339(*instant);
        require(written.ends_with('Z') && written.size() <= 24, "a time is written in UTC");
        require(parse_rfc3339(written) == instant, "a time that was read reads as the same");
    }
    if (const auto day = parse_japan_date(text)) {
        require(to_japan_date(*day) == text, "a day is written as it was read");
        require(to_japan_date(*day + std::chrono::hours{24} - Duration{1}) == text,
                "and lasts until the next");
        std::string digits{text};
        std::erase(digits, '-');
        require(is_calendar_date(digits), "and exists");
        require(to_japan_digits(*day) == digits + "000000", "and begins at midnight");
    }
    if (is_calendar_date(text)) {
        const std::string year{text.substr(0, 4)};
        const std::string month{text.substr(4, 2)};
        const std::string day{text.substr(6)};
        require(parse_japan_date(year + "-" + month + "-" + day).has_value(), "a day is a day");
    }
    return 0;
}
