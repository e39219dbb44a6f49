// The lock that keeps a second gateway away from a database.
#include "gateway/store/gateway_lock.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/support/temporary_folder.h"

namespace sekisho::store {

BOOST_AUTO_TEST_SUITE(a_gateway_lock)

BOOST_AUTO_TEST_CASE(is_one_gateways) {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "sekisho.db";
    BOOST_TEST(!GatewayLock::is_held(path));
    {
        const auto first = GatewayLock::take(path);
        BOOST_TEST_REQUIRE(first.has_value());
        BOOST_TEST(GatewayLock::is_held(path));
        BOOST_TEST(!GatewayLock::take(path).has_value());
    }
    BOOST_TEST(!GatewayLock::is_held(path));
    BOOST_TEST(GatewayLock::take(path).has_value());
}

BOOST_AUTO_TEST_CASE(is_taken_while_others_look_whether_it_is_held) {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "sekisho.db";
    BOOST_TEST_REQUIRE(GatewayLock::take(path).has_value());
    std::atomic<int> looks{0};
    const std::jthread looking{[&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            (void)GatewayLock::is_held(path);
            ++looks;
        }
    }};
    int taken = 0;
    for (int i = 0; i < 100; ++i) {
        for (const int before = looks; looks == before;) std::this_thread::yield();
        if (GatewayLock::take(path)) ++taken;
    }
    BOOST_TEST(taken == 100);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
