#include "gateway/identity/expiry_book.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

namespace sekisho::tests {

namespace {

using model::ZoneName;

const ZoneName kInternet{"internet"};
const ZoneName kPublic{"public"};
constexpr std::chrono::days kDay{1};

model::Party known(std::string_view id, const ZoneName& zone = kInternet) {
    return {.id = party(id), .certificates = {{.zone = zone, .san_uri = "urn:x"}}};
}

struct Book {
    identity::ExpiryBook book;
    model::Directory directory{
        {known(kClinic), known(kHelpers), known(kDayCare), known(kSharingInsurer, kPublic)}};
    model::Instant now = kNow;

    void comes(std::string_view id, model::Instant until, const ZoneName& zone = kInternet) {
        book.note({.party = party(id), .zone = zone, .until = until}, now);
    }
    auto counts() const { return book.counts({.directory = directory, .now = now}); }
    std::vector<identity::ExpiryBook::Row> ending(std::chrono::days time,
                                                  std::size_t rows_max = 10) const {
        return book.ending_within(time, rows_max, {.directory = directory, .now = now});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_expiry_book, Book)

BOOST_AUTO_TEST_CASE(counts_who_has_to_be_told_by_zone) {
    comes(kClinic, kNow + 6 * kDay);
    comes(kHelpers, kNow + 7 * kDay);
    comes(kDayCare, kNow + 30 * kDay);
    comes(kSharingInsurer, kNow - kDay, kPublic);
    BOOST_TEST(counts().at(kInternet).week == 1U);
    BOOST_TEST(counts().at(kInternet).month == 1U);
    BOOST_TEST(counts().at(kInternet).later == 1U);
    BOOST_TEST(counts().at(kPublic).week == 1U);
}

BOOST_AUTO_TEST_CASE(forgets_a_certificate_a_day_after_another_took_its_place) {
    comes(kClinic, kNow + kDay);
    now += std::chrono::hours{1};
    comes(kClinic, kNow + 400 * kDay);
    BOOST_TEST(ending(30 * kDay).size() == 1U);
    now += kDay;
    comes(kClinic, kNow + 400 * kDay);
    BOOST_TEST(ending(30 * kDay).empty());
    BOOST_TEST(counts().at(kInternet).later == 1U);
}

BOOST_AUTO_TEST_CASE(tells_of_two_certificates_in_use_the_one_that_ends_first) {
    comes(kClinic, kNow + 3 * kDay);
    comes(kClinic, kNow + 400 * kDay);
    const auto rows = ending(30 * kDay);
    BOOST_TEST_REQUIRE(rows.size() == 1U);
    BOOST_TEST((rows[0].until == kNow + 3 * kDay));
    BOOST_TEST(counts().at(kInternet).week == 1U);
    BOOST_TEST(counts().at(kInternet).later == 0U);
}

BOOST_AUTO_TEST_CASE(tells_of_a_hundred_in_use_the_one_that_ends_first) {
    for (int i = 0; i < 100; ++i) comes(kClinic, kNow + (3 + (i + 50) % 100) * kDay);
    const auto rows = ending(30 * kDay);
    BOOST_TEST_REQUIRE(rows.size() == 1U);
    BOOST_TEST((rows[0].until == kNow + 3 * kDay));
}

BOOST_AUTO_TEST_CASE(keeps_in_mind_what_somebody_had_who_comes_no_more) {
    comes(kClinic, kNow + 20 * kDay);
    now += 25 * kDay;
    BOOST_TEST_REQUIRE(ending(30 * kDay).size() == 1U);
    BOOST_TEST(counts().at(kInternet).week == 1U);
}

BOOST_AUTO_TEST_CASE(tells_of_nobody_who_may_not_come) {
    for (const auto* id : {&kClinic, &kHelpers, &kDayCare, &kCareManager, &kReviewer})
        comes(*id, kNow + 3 * kDay);
    model::Party suspended = known(kHelpers);
    suspended.suspended = true;
    model::Party closed = known(kDayCare);
    closed.active.until = kNow;
    directory = model::Directory{{known(kClinic), suspended, closed, known(kReviewer, kPublic)}};
    const auto rows = ending(30 * kDay);
    BOOST_TEST_REQUIRE(rows.size() == 1U);
    BOOST_TEST((rows[0].party == party(kClinic)));
    BOOST_TEST(counts().size() == 1U);
    BOOST_TEST(counts().at(kInternet).week == 1U);
}

BOOST_AUTO_TEST_CASE(tells_the_earliest_first_and_no_more_than_asked_for) {
    comes(kClinic, kNow + 3 * kDay);
    comes(kHelpers, kNow + kDay);
    comes(kDayCare, kNow + 2 * kDay);
    const auto rows = ending(30 * kDay, 2);
    BOOST_TEST_REQUIRE(rows.size() == 2U);
    BOOST_TEST((rows[0].party == party(kHelpers)));
    BOOST_TEST((rows[1].party == party(kDayCare)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
