#include "adapters/careplan/standing.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho::careplan_adapter;
using namespace std::chrono_literals;

namespace {

const Standing::Time kStart{std::chrono::hours{1000}};

Standing granted(std::chrono::seconds access = 1h, std::chrono::seconds refresh = 8h) {
    Standing standing;
    standing.grant({"access", access, "refresh", refresh}, kStart);
    return standing;
}

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Need)

BOOST_AUTO_TEST_SUITE(standing)

BOOST_AUTO_TEST_CASE(without_tokens_one_logs_in) {
    BOOST_TEST(Standing{}.need(kStart) == Need::login);
}

BOOST_AUTO_TEST_CASE(a_token_is_used_until_a_minute_before_its_end_and_then_refreshed) {
    const Standing standing = granted();
    BOOST_TEST(standing.need(kStart + 58min + 59s) == Need::nothing);
    BOOST_TEST(standing.need(kStart + 59min) == Need::refresh);
    BOOST_TEST(standing.need(kStart + 7h + 58min) == Need::refresh);
    BOOST_TEST(standing.need(kStart + 7h + 59min) == Need::login);
}

BOOST_AUTO_TEST_CASE(a_token_of_a_short_life_is_used_for_half_of_it) {
    const Standing standing = granted(20s);
    BOOST_TEST(standing.need(kStart + 9s) == Need::nothing);
    BOOST_TEST(standing.need(kStart + 10s) == Need::refresh);
}

BOOST_AUTO_TEST_CASE(a_dropped_token_is_refreshed_and_a_refused_refresh_logs_in) {
    Standing standing = granted();
    standing.drop_access("access");
    BOOST_TEST(standing.need(kStart) == Need::refresh);
    standing.drop_refresh();
    BOOST_TEST(standing.need(kStart) == Need::login);
}

BOOST_AUTO_TEST_CASE(dropping_an_older_token_leaves_the_newer) {
    Standing standing = granted();
    standing.drop_access("an older one");
    BOOST_TEST(standing.need(kStart) == Need::nothing);
}

BOOST_AUTO_TEST_SUITE_END()
