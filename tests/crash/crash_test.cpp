// kill -9 at any moment loses no acknowledged message, and each is delivered once in effect. The
// real process, real TLS, the real disk.
#include <boost/test/unit_test.hpp>
#include <random>

#include "tests/crash/control_page.h"
#include "tests/crash/senders.h"

namespace sekisho::tests {

BOOST_AUTO_TEST_SUITE(a_killed_gateway)

BOOST_AUTO_TEST_CASE(loses_nothing_it_acknowledged_and_delivers_each_once_in_effect) {
    constexpr int kKills = 8;
    ControlPage page;
    DemoGateway gateway;
    gateway.set_environment(page.environment());
    std::mt19937 random{20261121};
    SentById sent;
    for (int kill = 0; kill < kKills; ++kill) {
        gateway.start();
        Senders senders{gateway, "crash"};
        BOOST_TEST_REQUIRE(senders.wait_for(10 + random() % 60));
        gateway.kill_gateway();
        senders.stop();
        sent.merge(senders.sent());
    }
    BOOST_TEST_MESSAGE(count_acknowledged(sent) << " acknowledged over " << kKills << " kills");
    page.let_leases_run_out();
    gateway.start();
    check_promises(gateway, sent);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
