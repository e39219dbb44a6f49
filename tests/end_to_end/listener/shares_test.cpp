// What one party may take: requests, connections, places, and how it is told.
#include <boost/test/unit_test.hpp>

#include "tests/end_to_end/listener/listener_world.h"

using namespace sekisho;
using namespace sekisho::tests;
using namespace std::chrono_literals;

namespace {

// The first request holds the only place; the second is told when to come again.
void check_that_the_second_is_shed(ListenerWorld& world) {
    auto first = world.connect();
    first.send(post("/held", "a"));
    world.wait_for([&world] { return world.service.served().size() == 1; });
    auto second = world.connect();
    second.send(post("/echo", "b"));
    const auto answer = second.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 503);
    BOOST_TEST(answer->headers.at("retry-after") == "2");
    world.service.let_go();
    BOOST_TEST(first.read_answer()->status == 200);
    BOOST_TEST(world.counters().turns_missed.load() == 1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shares)

BOOST_AUTO_TEST_CASE(over_its_budget_a_party_is_told_when_to_come_again_and_stays_connected) {
    ListenerWorld world{{.budget = {.requests_per_second = 2}}};
    auto client = world.connect();
    for (int i = 0; i < 2; ++i) {
        client.send(post("/echo", "a"));
        BOOST_TEST(client.read_answer()->status == 200);
    }
    client.send(post("/echo", "refused before it is looked at"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 429);
    BOOST_TEST(answer->headers.at("retry-after") == "1");
    BOOST_TEST(answer->body.find("urn:sekisho:problem:over-budget") != std::string::npos);
    BOOST_TEST(world.service.served().size() == 2U);
    client.send(get("/who"));
    BOOST_TEST(client.read_answer()->status == 429);
    // A run of them is one record, not a disk full of them.
    BOOST_TEST(world.service.noted() == std::vector<std::string>{"medical:1319900021 over-budget"},
               boost::test_tools::per_element());
    BOOST_TEST(world.counters().over_budget.load() == 2);
}

BOOST_AUTO_TEST_CASE(another_partys_budget_is_not_touched) {
    ListenerWorld world{{.budget = {.requests_per_second = 1}}};
    auto noisy = world.connect();
    for (const int expected : {200, 429, 429}) {
        noisy.send(get("/who"));
        BOOST_TEST(noisy.read_answer()->status == expected);
    }
    auto quiet = world.connect("hospital");
    quiet.send(get("/who"));
    BOOST_TEST(quiet.read_answer()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_zones_own_budget_is_drawn_on_by_all_its_parties) {
    ListenerWorld world{{.budget = {.requests_per_second_of_zone = 2}}};
    auto clinic = world.connect();
    clinic.send(get("/who"));
    BOOST_TEST(clinic.read_answer()->status == 200);
    auto hospital = world.connect("hospital");
    for (const int expected : {200, 503}) {
        hospital.send(get("/who"));
        const auto answer = hospital.read_answer();
        BOOST_REQUIRE(answer);
        BOOST_TEST(answer->status == expected);
        if (expected == 503) BOOST_TEST(answer->headers.at("retry-after") == "1");
    }
}

BOOST_AUTO_TEST_CASE(who_was_nobody_at_its_handshake_has_its_share_once_it_is_known) {
    ListenerWorld world{{.budget = {.requests_per_second = 1}}};
    world.suspend_clinic();
    auto client = world.connect();
    world.wait_for([&world] { return world.counters().handshakes.load() == 1; });
    world.resume_clinic();
    for (const int expected : {200, 429}) {
        client.send(get("/who"));
        BOOST_TEST(client.read_answer()->status == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_connection_too_many_is_told_so_and_closed) {
    ListenerWorld world{{.budget = {.connections_per_party = 1}}};
    {
        auto first = world.connect();
        first.send(get("/who"));
        BOOST_TEST(first.read_answer()->status == 200);
        auto second = world.connect();
        second.send(get("/who"));
        BOOST_TEST(second.read_answer()->status == 429);
        BOOST_TEST(second.ends());
    }
    world.wait_for([&world] { return world.counters().open.load() == 0; });
    auto third = world.connect();
    third.send(get("/who"));
    BOOST_TEST(third.read_answer()->status == 200);
}

BOOST_AUTO_TEST_CASE(beyond_its_places_a_party_waits_for_its_own) {
    ListenerWorld world{{.budget = {.in_progress_per_party = 1}}};
    auto first = world.connect();
    first.send(post("/held", "a"));
    world.wait_for([&world] { return world.service.served().size() == 1; });
    auto second = world.connect();
    second.send(post("/echo", "b"));
    auto reader = world.connect();  // what takes no turn goes on
    reader.send(get("/who"));
    BOOST_TEST(reader.read_answer()->status == 200);
    BOOST_TEST(world.service.served().size() == 2U);
    world.service.let_go();
    BOOST_TEST(first.read_answer()->body == "held");
    BOOST_TEST(second.read_answer()->body == "b");
}

BOOST_AUTO_TEST_CASE(whose_turn_does_not_come_in_time_is_shed_with_a_time_to_come_again) {
    auto limits = ListenerWorld::short_limits();
    limits.turn = 200ms;
    ListenerWorld world{{.limits = limits, .budget = {.in_progress_per_party = 1}}};
    check_that_the_second_is_shed(world);
}

BOOST_AUTO_TEST_CASE(who_leaves_while_waiting_takes_no_place) {
    ListenerWorld world{{.budget = {.in_progress_per_party = 1}}};
    auto first = world.connect();
    first.send(post("/held", "a"));
    world.wait_for([&world] { return world.service.served().size() == 1; });
    {
        auto gone = world.connect();
        gone.send(post("/echo", "b"));
    }
    world.service.let_go();
    BOOST_TEST(first.read_answer()->status == 200);
    auto next = world.connect();
    next.send(post("/echo", "c"));
    BOOST_TEST(next.read_answer()->body == "c");
}

BOOST_AUTO_TEST_CASE(where_too_many_wait_the_next_is_shed_at_once) {
    ListenerWorld world{{.budget = {.in_progress_per_party = 1, .waiting_max = 0}}};
    check_that_the_second_is_shed(world);
}

BOOST_AUTO_TEST_SUITE_END()
