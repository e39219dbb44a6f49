// Deadlines, caps, crowds, and the end.
#include <boost/test/unit_test.hpp>
#include <sys/resource.h>

#include "tests/end_to_end/listener/listener_world.h"

using namespace sekisho;
using namespace sekisho::tests;
using namespace std::chrono_literals;

namespace {

// As many descriptors as this process may have.
void raise_descriptor_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(patience)

BOOST_FIXTURE_TEST_CASE(a_silent_connection_is_closed, ListenerWorld) {
    auto client = TlsClient::connect_plain(port("internet"));
    BOOST_TEST(client.ends());
    BOOST_TEST(counters().timeouts.load() == 1);
}

BOOST_FIXTURE_TEST_CASE(half_a_handshake_is_closed, ListenerWorld) {
    auto client = TlsClient::connect_plain(port("internet"));
    client.send(std::string("\x16\x03\x01\x02\x00\x01\x00", 7));
    BOOST_TEST(client.ends());
}

BOOST_FIXTURE_TEST_CASE(a_handshake_without_a_request_is_closed, ListenerWorld) {
    auto client = connect();
    BOOST_TEST(client.ends());
    BOOST_TEST(client.read_rest().empty());
}

BOOST_FIXTURE_TEST_CASE(half_a_head_is_told_so, ListenerWorld) {
    auto client = connect();
    client.send("GET /who HTTP/1.1\r\nHost:");
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 408);
    BOOST_TEST(client.ends());
}

BOOST_FIXTURE_TEST_CASE(a_head_that_drips_meets_its_deadline, ListenerWorld) {
    auto client = connect();
    const auto begun = clock.monotonic();
    const std::string head = get("/who", "X-Drip: " + std::string(200, 'x') + "\r\n");
    for (const char c : head) {
        if (!client.send({&c, 1})) break;
        std::this_thread::sleep_for(10ms);  // the drip itself: a real client, slow in real time
    }
    BOOST_TEST(client.ends());
    BOOST_TEST((clock.monotonic() - begun < 5s));
    BOOST_TEST(service.served().empty());
}

BOOST_FIXTURE_TEST_CASE(half_a_body_is_told_so, ListenerWorld) {
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 408);
    BOOST_TEST(answer->body.find("urn:sekisho:problem:request-timeout") != std::string::npos);
    BOOST_TEST(client.ends());
    BOOST_TEST(service.served().empty());
    wait_for([this] { return service.dropped.load() == 1; });
}

BOOST_FIXTURE_TEST_CASE(a_body_that_drips_meets_its_deadline, ListenerWorld) {
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 200 && client.send("x"); ++i)
        std::this_thread::sleep_for(20ms);  // the drip
    wait_for([this] { return service.dropped.load() == 1; });
    BOOST_TEST(counters().timeouts.load() >= 1);
    BOOST_TEST(service.served().empty());
}

BOOST_FIXTURE_TEST_CASE(an_idle_connection_is_closed_in_silence, ListenerWorld) {
    auto client = connect();
    client.send(get("/who"));
    BOOST_TEST(client.read_answer().has_value());
    BOOST_TEST(client.read_rest().empty());
    BOOST_TEST(client.ends());
}

BOOST_FIXTURE_TEST_CASE(an_answer_may_take_longer_than_any_deadline, ListenerWorld) {
    auto client = connect();
    client.send(get("/held"));
    std::this_thread::sleep_for(900ms);  // longer than any deadline of this world
    service.let_go();
    BOOST_TEST(client.read_answer()->body == "held");
}

BOOST_FIXTURE_TEST_CASE(a_client_that_does_not_read_is_let_go, ListenerWorld) {
    auto client = connect();
    client.send(get("/large"));
    wait_for([this] { return counters().timeouts.load() == 1; });
    wait_for([this] { return counters().open.load() == 0; });
}

BOOST_FIXTURE_TEST_CASE(an_answer_that_comes_after_its_connection_is_dropped, ListenerWorld) {
    {
        auto client = connect();
        client.send(get("/held"));
        wait_for([this] { return service.served().size() == 1; });
    }
    service.let_go();
    wait_for([this] { return counters().open.load() == 0; });
    auto client = connect();
    client.send(get("/who"));
    BOOST_TEST(client.read_answer()->status == 200);
}

BOOST_AUTO_TEST_CASE(a_thousand_silent_connections_delay_nobody) {
    raise_descriptor_limit();
    ListenerWorld world{{.limits = {.handshake = 60s}}};
    std::vector<TlsClient> silent;
    for (int i = 0; i < 1000; ++i) {
        silent.push_back(TlsClient::connect_plain(world.port("internet")));
        BOOST_REQUIRE(silent.back().connected());
    }
    world.wait_for([&world] { return world.counters().open.load() == 1000; });
    const auto begun = world.clock.monotonic();
    auto client = world.connect();
    client.send(get("/who"));
    BOOST_TEST(client.read_answer()->status == 200);
    BOOST_TEST((world.clock.monotonic() - begun < 1s));
}

BOOST_AUTO_TEST_CASE(beyond_the_cap_a_connection_is_closed_at_once) {
    auto limits = ListenerWorld::short_limits();
    limits.connections_max = 2;
    ListenerWorld world{{.limits = limits}};
    auto first = world.connect();
    auto second = world.connect();
    first.send(get("/held"));
    second.send(get("/who"));
    BOOST_TEST(second.read_answer().has_value());
    auto third = TlsClient::connect_plain(world.port("internet"));
    BOOST_TEST(third.ends());
    BOOST_TEST(world.counters().over_cap.load() == 1);
    world.service.let_go();
    BOOST_TEST(first.read_answer().has_value());
}

BOOST_AUTO_TEST_CASE(without_descriptors_nobody_is_lost) {
    ListenerWorld world;
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    // No descriptor beyond those that are open now, but one for the client's own end.
    const int next = ::dup(0);
    ::close(next);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(next) + 1;
    ::setrlimit(RLIMIT_NOFILE, &none);
    auto client = TlsClient::connect_plain(world.port("plain"));
    const bool connected = client.connected();
    client.send(get("/livez"));
    world.wait_for([&world] { return world.counters("plain").accept_failures.load() > 0; });
    ::setrlimit(RLIMIT_NOFILE, &before);
    BOOST_TEST(connected);
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->body == "alive");
}

BOOST_AUTO_TEST_CASE(a_drain_answers_what_is_in_flight_and_closes_the_rest) {
    auto limits = ListenerWorld::short_limits();
    limits.keep_alive = 60s;
    ListenerWorld world{{.limits = limits}};
    auto idle = world.connect();
    idle.send(get("/who"));
    BOOST_TEST(idle.read_answer().has_value());
    auto busy = world.connect();
    busy.send(get("/held"));
    world.wait_for([&world] { return world.service.served().size() == 2; });

    world.listener->drain();
    BOOST_TEST(idle.ends());
    BOOST_TEST(!world.connect().connected());
    BOOST_TEST(!world.listener->wait_drained(50ms));
    world.service.let_go();
    const auto answer = busy.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->headers.at("connection") == "close");
    BOOST_TEST(busy.ends());
    BOOST_TEST(world.listener->wait_drained(5s));
}

BOOST_AUTO_TEST_CASE(the_listener_may_go_before_its_answers) {
    auto world = std::make_unique<ListenerWorld>();
    auto client = world->connect();
    client.send(get("/held"));
    world->wait_for([&world] { return world->service.served().size() == 1; });
    world.reset();  // the responder that is held goes after the listener
    BOOST_TEST(client.ends());
}

BOOST_FIXTURE_TEST_CASE(a_port_that_is_taken_is_said_with_its_zone, ListenerWorld) {
    const auto second = listener::Listener::open(
        {.trust = trust, .snapshots = snapshots, .clock = clock, .files = files},
        {{.zone = model::ZoneName{"second"}, .port = port("plain"), .service = &pages}});
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().detail.en.find("zone second") != std::string::npos);
    BOOST_TEST(second.error().detail.ja.find(std::to_string(port("plain"))) != std::string::npos);
    BOOST_TEST(port("second") == 0);
}

BOOST_FIXTURE_TEST_CASE(without_descriptors_a_listener_does_not_open, ListenerWorld) {
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit none = before;
    none.rlim_cur = 0;
    ::setrlimit(RLIMIT_NOFILE, &none);
    const auto second = listener::Listener::open(
        {.trust = trust, .snapshots = snapshots, .clock = clock, .files = files}, {});
    ::setrlimit(RLIMIT_NOFILE, &before);
    BOOST_REQUIRE(!second);
    BOOST_TEST(!second.error().detail.en.empty());
}

BOOST_AUTO_TEST_SUITE_END()
