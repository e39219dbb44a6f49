#include "routing/table/rollout.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::table;
using namespace sekisho::tests;

BOOST_AUTO_TEST_SUITE(rollouts)

BOOST_AUTO_TEST_CASE(an_insurer_is_in_the_state_of_its_dates) {
    const sekisho::table::Rollout dates = rollout();
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139980"}, kNow)) == "sharing");
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139956"}, kNow)) == "loading");
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139972"}, kNow)) == "not-connected");
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139998"}, kNow)) == "unknown");
}

BOOST_AUTO_TEST_CASE(each_state_begins_at_its_very_instant) {
    const sekisho::table::Rollout dates{{{.insurer = InsurerNumber{"139980"},
                                          .loading_from = kNow,
                                          .sharing_from = kNow + kOneDay}}};
    const auto state = [&](Instant at) {
        return to_string(dates.state(InsurerNumber{"139980"}, at));
    };
    BOOST_TEST(state(kNow - Duration{1}) == "not-connected");
    BOOST_TEST(state(kNow) == "loading");
    BOOST_TEST(state(kNow + kOneDay - Duration{1}) == "loading");
    BOOST_TEST(state(kNow + kOneDay) == "sharing");
}

BOOST_AUTO_TEST_CASE(an_insurer_without_dates_is_not_connected) {
    const sekisho::table::Rollout dates{{{.insurer = InsurerNumber{"139980"}}}};
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139980"}, kNow)) == "not-connected");
}

BOOST_AUTO_TEST_CASE(an_insurer_may_share_without_a_date_of_loading) {
    const sekisho::table::Rollout dates{
        {{.insurer = InsurerNumber{"139980"}, .loading_from = {}, .sharing_from = kNow}}};
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139980"}, kNow)) == "sharing");
    BOOST_TEST(to_string(dates.state(InsurerNumber{"139980"}, kNow - kOneDay)) == "not-connected");
}

BOOST_AUTO_TEST_CASE(a_row_is_found_as_it_was_given) {
    const sekisho::table::Rollout dates = rollout();
    BOOST_TEST_REQUIRE(dates.find(InsurerNumber{"139956"}) != nullptr);
    BOOST_TEST(dates.find(InsurerNumber{"139956"})->sharing_from.has_value());
    BOOST_TEST(dates.find(InsurerNumber{"139998"}) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
