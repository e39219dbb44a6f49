#include "gateway/tunnel/watch.h"

#include <boost/test/unit_test.hpp>
#include <future>
#include <thread>

#include "routing/model/limits.h"
#include "tests/support/fake_world.h"

using namespace sekisho;
using tunnel::Association;
using tunnel::NoWay;

namespace {

Association a_tunnel_of(const std::string& identity, const std::string& inside = "10.9.0.2") {
    return {.identity = identity,
            .established = true,
            .children = {{.installed = true,
                          .local = {*tunnel::parse_selector("10.9.0.1")},
                          .remote = {*tunnel::parse_selector(inside)}}}};
}

// A daemon and a packet filter that say what the test lets them.
struct Watched {
    std::optional<std::string> filter_trouble{};
    std::expected<std::vector<Association>, tunnel::NoAnswer> daemon{
        std::vector<Association>{a_tunnel_of("CN=ehr")}};
    std::function<void()> asked = [] {};
    tests::FakeClock clock{};
    platform::SilentLog log{};
    tunnel::Watch watch{"eligibility", sights(), clock, log};

    tunnel::Sights sights() {
        return {.filter_trouble = [this] { return filter_trouble; },
                .associations =
                    [this] {
                        asked();
                        return daemon;
                    }};
    }
    std::string comes(std::string_view peer = "10.9.0.2") const {
        const auto carried =
            watch.carried(*tunnel::parse_address(peer), *tunnel::parse_address("10.9.0.1"));
        if (carried) return std::string{to_string(carried->by)} + " " + carried->identity;
        return carried.error() == NoWay::outside ? "outside" : "unknown";
    }
    std::string comes_after_a_look() {
        watch.look();
        return comes();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_watched_way, Watched)

BOOST_AUTO_TEST_CASE(carries_nothing_before_somebody_looked) {
    BOOST_TEST(comes() == "unknown");
}

BOOST_AUTO_TEST_CASE(carries_by_whose_tunnel_it_came) {
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
    BOOST_TEST(comes("10.9.0.3") == "outside");
}

BOOST_AUTO_TEST_CASE(knows_nothing_of_what_two_would_carry) {
    daemon->push_back(a_tunnel_of("CN=another"));
    BOOST_TEST(comes_after_a_look() == "unknown");
}

BOOST_AUTO_TEST_CASE(believes_a_daemon_that_has_fallen_silent_for_a_while_only) {
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
    daemon = std::unexpected(tunnel::NoAnswer{"connect: Connection refused"});
    clock.advance(model::limits::kTunnelKnownFor);
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
    clock.advance(std::chrono::milliseconds{1});
    BOOST_TEST(comes_after_a_look() == "unknown");
    daemon = std::vector{a_tunnel_of("CN=ehr")};
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
}

BOOST_AUTO_TEST_CASE(believes_a_look_that_does_not_end_no_longer_either) {
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
    const auto before = watch.generation();
    clock.advance(model::limits::kTunnelKnownFor + std::chrono::milliseconds{1});
    BOOST_TEST(comes() == "unknown");
    BOOST_TEST(watch.generation() != before);
}

BOOST_AUTO_TEST_CASE(believes_no_daemon_that_has_never_answered) {
    daemon = std::unexpected(tunnel::NoAnswer{"connect: No such file or directory"});
    BOOST_TEST(comes_after_a_look() == "unknown");
}

BOOST_AUTO_TEST_CASE(closes_for_the_filter_before_the_daemon_is_asked) {
    watch.look();
    filter_trouble = "there is no table";
    std::string while_asked;
    asked = [&] { while_asked = comes(); };
    watch.look();
    BOOST_TEST(while_asked == "unknown");
}

BOOST_AUTO_TEST_CASE(is_closed_at_once_without_its_packet_filter) {
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
    filter_trouble = "there is no table";
    BOOST_TEST(comes_after_a_look() == "unknown");
    BOOST_TEST(watch.filter_trouble().value() == "there is no table");
    filter_trouble.reset();
    BOOST_TEST(comes_after_a_look() == "ipsec CN=ehr");
}

BOOST_AUTO_TEST_CASE(has_another_generation_when_something_changed_and_only_then) {
    watch.look();
    const auto first = watch.generation();
    watch.look();
    BOOST_TEST(watch.generation() == first);
    daemon->clear();
    watch.look();
    BOOST_TEST(watch.generation() != first);
}

BOOST_AUTO_TEST_CASE(tells_who_asks_for_another_look_after_it) {
    daemon->clear();
    watch.look();
    std::string told;
    BOOST_TEST(watch.look_again([&] { told = comes(); }));
    BOOST_TEST(told == "");
    daemon->push_back(a_tunnel_of("CN=ehr"));
    watch.look();
    BOOST_TEST(told == "ipsec CN=ehr");
}

BOOST_AUTO_TEST_CASE(looks_at_once_when_asked_in_its_own_thread) {
    std::jthread looker{[this](const std::stop_token& stop) { watch.run(stop); }};
    std::promise<void> looked;
    BOOST_TEST(watch.look_again([&] { looked.set_value(); }));
    BOOST_TEST(
        (looked.get_future().wait_for(std::chrono::seconds{5}) == std::future_status::ready));
}

BOOST_AUTO_TEST_CASE(of_a_closed_network_carries_its_prefixes_alone) {
    tunnel::Watch closed{"eligibility",
                         {.filter_trouble = [] { return std::nullopt; },
                          .prefixes = {*tunnel::parse_selector("10.20.0.0/16")}},
                         clock,
                         log};
    closed.look();
    const auto self = *tunnel::parse_address("10.20.0.1");
    const auto carried = closed.carried(*tunnel::parse_address("10.20.7.7"), self);
    BOOST_REQUIRE(carried);
    BOOST_TEST((carried->by == model::Protection::closed_network));
    BOOST_TEST(carried->identity == "");
    BOOST_TEST(
        (closed.carried(*tunnel::parse_address("10.21.7.7"), self).error() == NoWay::outside));
    BOOST_TEST(!closed.look_again([] {}));
}

BOOST_AUTO_TEST_SUITE_END()
