#include "routing/model/instant.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace sekisho::model;

namespace {

// The text read and written again, or "refused".
std::string again(std::string_view text) {
    const auto read = parse_rfc3339(text);
    return read ? to_rfc3339(*read) : "refused";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(instants)

BOOST_AUTO_TEST_CASE(a_time_is_read_in_any_zone_and_written_in_utc) {
    BOOST_TEST(again("2026-11-21T09:00:00+09:00") == "2026-11-21T00:00:00Z");
    BOOST_TEST(again("2026-11-21T00:00:00Z") == "2026-11-21T00:00:00Z");
    BOOST_TEST(again("2026-11-21t00:00:00z") == "2026-11-21T00:00:00Z");
    BOOST_TEST(again("2026-12-31T23:30:00-01:00") == "2027-01-01T00:30:00Z");
    BOOST_TEST(again("2026-11-21T00:00:00-00:00") == "2026-11-21T00:00:00Z");
    BOOST_TEST(again("1969-12-31T23:59:59.999Z") == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(fractions_are_cut_to_milliseconds) {
    BOOST_TEST(again("2026-11-21T00:00:00.5Z") == "2026-11-21T00:00:00.500Z");
    BOOST_TEST(again("2026-11-21T00:00:00.05Z") == "2026-11-21T00:00:00.050Z");
    BOOST_TEST(again("2026-11-21T00:00:00.999999999Z") == "2026-11-21T00:00:00.999Z");
    BOOST_TEST(again("2026-11-21T00:00:00.000Z") == "2026-11-21T00:00:00Z");
    BOOST_TEST(again("2026-11-21T00:00:00.0009+09:00") == "2026-11-20T15:00:00Z");
}

BOOST_AUTO_TEST_CASE(leap_years_follow_the_calendar) {
    BOOST_TEST(again("2028-02-29T00:00:00Z") == "2028-02-29T00:00:00Z");
    BOOST_TEST(again("2000-02-29T00:00:00Z") == "2000-02-29T00:00:00Z");
    BOOST_TEST(again("2026-02-29T00:00:00Z") == "refused");
    BOOST_TEST(again("2100-02-29T00:00:00Z") == "refused");
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_refused) {
    for (const auto* bad : {"",
                            "2026-11-21",
                            "2026-11-21T00:00:00",
                            "2026-11-21 00:00:00Z",
                            "2026-11-21T00:00Z",
                            "2026-11-21T24:00:00Z",
                            "2026-11-21T00:60:00Z",
                            "2026-11-21T23:59:60Z",
                            "2026-13-01T00:00:00Z",
                            "2026-00-01T00:00:00Z",
                            "2026-11-31T00:00:00Z",
                            "2026-11-00T00:00:00Z",
                            "0000-01-01T00:00:00Z",
                            "2026-11-21T00:00:00.Z",
                            "2026-11-21T00:00:00.1234567890Z",
                            "2026-11-21T00:00:00+0900",
                            "2026-11-21T00:00:00+09",
                            "2026-11-21T00:00:00+24:00",
                            "2026-11-21T00:00:00+09:60",
                            "2026-11-21T00:00:00ZZ",
                            "2026-11-21T00:00:00Z ",
                            " 2026-11-21T00:00:00Z",
                            "2026/11/21T00:00:00Z",
                            "2026-11-21T00-00-00Z",
                            "+026-11-21T00:00:00Z",
                            "2026-1a-21T00:00:00Z",
                            "2026-11-21T00:00:00,5Z",
                            "20261121T000000Z.....",
                            "2026-11-21T00:00:00+-9:00"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(again(bad) == "refused");
    }
}

BOOST_AUTO_TEST_CASE(an_offset_does_not_carry_a_time_out_of_the_calendar) {
    BOOST_TEST(again("0001-01-01T00:00:00+00:01") == "refused");
    BOOST_TEST(again("9999-12-31T23:59:59-00:01") == "refused");
    BOOST_TEST(again("0001-01-01T00:00:00Z") == "0001-01-01T00:00:00Z");
    BOOST_TEST(again("9999-12-31T23:59:59.999Z") == "9999-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(digits_of_a_time_are_those_of_the_clock_in_japan) {
    BOOST_TEST(to_japan_digits(parse_rfc3339("2026-12-31T15:00:01.999Z").value()) ==
               "20270101000001");
}

BOOST_AUTO_TEST_CASE(a_day_in_japan_begins_at_fifteen_hours_utc_of_the_day_before) {
    const Instant day = parse_japan_date("2026-04-01").value();
    BOOST_TEST(to_rfc3339(day) == "2026-03-31T15:00:00Z");
    BOOST_TEST(to_japan_date(day) == "2026-04-01");
    BOOST_TEST(to_japan_date(day - Duration{1}) == "2026-03-31");
    for (const auto* bad : {"", "2026-4-01", "2026-04-31", "2026/04/01", "2026-04-01T"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_japan_date(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_calendar_date_is_eight_digits_of_a_day_that_exists) {
    BOOST_TEST(is_calendar_date("20281231"));
    BOOST_TEST(is_calendar_date("20280229"));
    for (const auto* bad : {"", "20260229", "20261301", "20260100", "2026-01-01", "2026010",
                            "00000000", "2026010a"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!is_calendar_date(bad));
    }
}

BOOST_AUTO_TEST_CASE(a_period_holds_its_beginning_and_not_its_end) {
    const Instant from = parse_japan_date("2026-04-01").value();
    const Instant until = parse_japan_date("2027-04-01").value();
    const Period year{.from = from, .until = until};
    BOOST_TEST(year.contains(from));
    BOOST_TEST(!year.contains(from - Duration{1}));
    BOOST_TEST(year.contains(until - Duration{1}));
    BOOST_TEST(!year.contains(until));
    BOOST_TEST(Period{}.contains(from));
    BOOST_TEST((Period{.from = from, .until = {}}.contains(until)));
    BOOST_TEST((Period{.from = {}, .until = until}.contains(from)));
}

BOOST_AUTO_TEST_SUITE_END()
