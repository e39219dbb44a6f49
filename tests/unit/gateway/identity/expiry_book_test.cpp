#include "gateway/identity/expiry_book.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

namespace sekisho::tests {

namespace {

using model::ZoneName;

const ZoneName kInternet{"internet"};
constexpr std::chrono::days kDay{1};

}  // namespace

BOOST_AUTO_TEST_SUITE(an_expiry_book)

BOOST_AUTO_TEST_CASE(counts_who_has_to_be_told_by_zone) {
    identity::ExpiryBook book;
    book.note(party(kClinic), kInternet, kNow + 6 * kDay);
    book.note(party(kHelpers), kInternet, kNow + 7 * kDay);
    book.note(party(kDayCare), kInternet, kNow + 30 * kDay);
    book.note(party(kSharingInsurer), ZoneName{"public"}, kNow - kDay);
    const auto counts = book.counts(kNow);
    BOOST_TEST(counts.at(kInternet).week == 1U);
    BOOST_TEST(counts.at(kInternet).month == 1U);
    BOOST_TEST(counts.at(kInternet).later == 1U);
    BOOST_TEST(counts.at(ZoneName{"public"}).week == 1U);
}

BOOST_AUTO_TEST_CASE(knows_of_each_party_what_it_showed_last) {
    identity::ExpiryBook book;
    book.note(party(kClinic), kInternet, kNow + kDay);
    book.note(party(kClinic), kInternet, kNow + 400 * kDay);  // a new certificate
    BOOST_TEST(book.ending_before(kNow + 30 * kDay, 10).empty());
    BOOST_TEST(book.counts(kNow).at(kInternet).later == 1U);
}

BOOST_AUTO_TEST_CASE(tells_the_earliest_first_and_no_more_than_asked_for) {
    identity::ExpiryBook book;
    book.note(party(kClinic), kInternet, kNow + 3 * kDay);
    book.note(party(kHelpers), kInternet, kNow + kDay);
    book.note(party(kDayCare), kInternet, kNow + 2 * kDay);
    const auto rows = book.ending_before(kNow + 30 * kDay, 2);
    BOOST_TEST_REQUIRE(rows.size() == 2U);
    BOOST_TEST((rows[0].party == party(kHelpers)));
    BOOST_TEST((rows[1].party == party(kDayCare)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
