// What happens to a whole machine: the process stands still, its peers stand still, the disk is
// full, the clock jumps. Under load, on the real process.
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <cstdlib>
#include <string>

#include "tests/crash/control_page.h"
#include "tests/crash/senders.h"

namespace sekisho::tests {

namespace {

constexpr std::size_t kSome = 15;  // messages

// The pauses are the subject: SEKISHO_STANDSTILL_SECONDS=30 makes them as long as in the docs.
int standstill_tries() {
    const char* seconds = std::getenv("SEKISHO_STANDSTILL_SECONDS");
    return 100 * (seconds == nullptr ? 1 : std::stoi(seconds));
}

void stand_still() {
    for (int i = 0; i < standstill_tries(); ++i) pause_briefly();
}

// A gateway under load, and what it promised when the load has ended.
struct Troubled {
    Troubled() {
        gateway.set_environment(page.environment());
        gateway.start();
    }

    void check(Senders& senders) {
        BOOST_TEST(senders.wait_for_more(kSome));  // it takes messages again
        senders.stop();
        check_promises(gateway, senders.sent());
    }

    // The same, where a delivery may wait for a time that is not there yet: started anew, behind
    // it.
    void check_later(Senders& senders) {
        BOOST_TEST(senders.wait_for_more(kSome));
        senders.stop();
        BOOST_TEST(gateway.stop_gateway() == 0);
        page.let_leases_run_out();
        gateway.start();
        check_promises(gateway, senders.sent());
    }

    ControlPage page;
    DemoGateway gateway;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_troubled_gateway)

BOOST_AUTO_TEST_CASE(goes_on_after_it_stood_still) {
    Troubled troubled;
    Senders senders{troubled.gateway, "stopped"};
    BOOST_TEST_REQUIRE(senders.wait_for(kSome));
    troubled.gateway.signal_gateway(SIGSTOP);
    stand_still();
    troubled.gateway.signal_gateway(SIGCONT);
    troubled.check(senders);
}

BOOST_AUTO_TEST_CASE(accepts_while_its_peers_stand_still_and_delivers_once_they_go_on) {
    Troubled troubled;
    Senders senders{troubled.gateway, "peers"};
    BOOST_TEST_REQUIRE(senders.wait_for(kSome));
    troubled.gateway.signal_simulators(SIGSTOP);
    BOOST_TEST(senders.wait_for_more(kSome));
    stand_still();
    troubled.gateway.signal_simulators(SIGCONT);
    troubled.check(senders);
}

BOOST_AUTO_TEST_CASE(refuses_on_a_full_disk_and_accepts_when_there_is_room_again) {
    Troubled troubled;
    Senders senders{troubled.gateway, "full"};
    BOOST_TEST_REQUIRE(senders.wait_for(kSome));
    BOOST_TEST(senders.refused() == 0U);
    troubled.page->disk_full = true;
    const std::size_t wanted = 10 + senders.refused();
    BOOST_TEST(eventually([&] { return senders.refused() >= wanted; }));
    BOOST_TEST(!troubled.gateway.has_ended());
    const std::size_t then = senders.acknowledged();
    for (int i = 0; i < 20; ++i) pause_briefly();
    BOOST_TEST(senders.acknowledged() == then);
    troubled.page->disk_full = false;
    // What a peer took while its outcome could not be written down is tried again after its lease.
    troubled.check_later(senders);
}

BOOST_AUTO_TEST_CASE(loses_nothing_when_the_wall_clock_jumps_ahead_and_back) {
    constexpr std::int64_t kMinute = 60'000'000'000;
    Troubled troubled;
    Senders senders{troubled.gateway, "clock"};
    for (const std::int64_t minutes : {0L, 3L, 90L, -120L, 4L, 0L}) {
        troubled.page->clock_ahead_ns = minutes * kMinute;
        // Beyond the skew that is allowed, what the senders say of the time is refused.
        if (std::abs(minutes) < 5) {
            BOOST_TEST(senders.wait_for_more(kSome));
        } else {
            for (int i = 0; i < 50; ++i) pause_briefly();
        }
    }
    // What was to be tried again by a clock that was ahead waits for that time to come.
    troubled.check_later(senders);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
