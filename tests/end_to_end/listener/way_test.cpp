// A zone protected by more than TLS: by which way a request came is looked at each time.
#include <boost/test/unit_test.hpp>

#include "tests/end_to_end/listener/listener_world.h"

using namespace sekisho;
using namespace sekisho::tests;
using model::Protection;
using tunnel::NoWay;

namespace {

// A way in as the test says; a second look shows what the test lays out for it.
class ScriptedWay final : public tunnel::WayIn {
  public:
    using Answer = std::expected<tunnel::Carried, NoWay>;

    void says(Answer answer) {
        const locks::Lock lock{mutex_};
        answer_ = std::move(answer);
        ++generation_;
    }
    void says_at_a_second_look(Answer answer) {
        const locks::Lock lock{mutex_};
        next_ = std::move(answer);
    }
    void looks_for_ever() {
        const locks::Lock lock{mutex_};
        stuck_ = true;
    }
    int looks() const {
        const locks::Lock lock{mutex_};
        return looks_;
    }

    Answer carried(const tunnel::Address& peer, const tunnel::Address& self) const override {
        const locks::Lock lock{mutex_};
        const bool local = peer == self && peer == tunnel::parse_address("127.0.0.1");
        return local ? answer_ : std::unexpected(NoWay::outside);
    }
    std::uint64_t generation() const override {
        const locks::Lock lock{mutex_};
        return generation_;
    }
    bool look_again(std::function<void()> then) override {
        const locks::Lock lock{mutex_};
        ++looks_;
        if (stuck_) return true;
        if (next_) {
            answer_ = *std::exchange(next_, std::nullopt);
            ++generation_;
        }
        lookers_.emplace_back(std::move(then));  // from another thread
        return true;
    }

  private:
    mutable locks::Mutex mutex_;
    Answer answer_ SEKISHO_GUARDED_BY(mutex_){
        tunnel::Carried{.by = Protection::ipsec, .identity = "CN=ehr"}};
    std::optional<Answer> next_ SEKISHO_GUARDED_BY(mutex_){};
    std::uint64_t generation_ SEKISHO_GUARDED_BY(mutex_) = 1;
    bool stuck_ SEKISHO_GUARDED_BY(mutex_) = false;
    int looks_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::vector<std::jthread> lookers_ SEKISHO_GUARDED_BY(mutex_){};
};

struct ProtectedZone {
    ScriptedWay way;
    ListenerWorld world{{.limits = limits(),
                         .budget = {.connections_per_party = 1},
                         .way = &way,
                         .tunnels = {{.identity = "CN=ehr", .inside = "127.0.0.1/32"}}}};

    static listener::ConnectionLimits limits() {
        auto limits = ListenerWorld::short_limits();
        limits.turn = std::chrono::milliseconds{200};
        return limits;
    }

    void answers(TlsClient& client) {
        client.send(get("/who"));
        const auto answer = client.read_answer();
        BOOST_REQUIRE(answer);
        BOOST_TEST(answer->status == 200);
        BOOST_TEST(answer->body == "medical:1319900021");
    }
    void refuses(TlsClient& client, int status, const std::string& code) {
        client.send(get("/who"));
        const auto answer = client.read_answer();
        BOOST_REQUIRE(answer);
        BOOST_TEST(answer->status == status);
        BOOST_TEST(answer->body.find(code) != std::string::npos, answer->body);
        if (status == 503) BOOST_TEST(answer->headers.at("retry-after") == "5");
        BOOST_TEST(client.ends());
    }
};

const tunnel::Carried kAnothers{.by = Protection::ipsec, .identity = "CN=another"};
const tunnel::Carried kOwn{.by = Protection::ipsec, .identity = "CN=ehr"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_protected_zone, ProtectedZone)

BOOST_AUTO_TEST_CASE(answers_who_came_through_the_own_tunnel) {
    auto client = world.connect();
    answers(client);
    answers(client);
    BOOST_TEST(way.looks() == 0);
}

BOOST_AUTO_TEST_CASE(refuses_who_came_past_it_after_a_second_look_and_notes_it) {
    way.says(std::unexpected(NoWay::outside));
    auto client = world.connect();
    refuses(client, 403, "SK-2024");
    BOOST_TEST(way.looks() == 1);
    BOOST_TEST(
        world.service.noted() == std::vector<std::string>{"medical:1319900021 outside-tunnel"},
        boost::test_tools::per_element());
    BOOST_TEST(world.service.served().empty());
    BOOST_TEST(world.counters().ways_refused.load() == 1U);
}

BOOST_AUTO_TEST_CASE(answers_whose_tunnel_only_the_second_look_shows) {
    way.says(std::unexpected(NoWay::outside));
    way.says_at_a_second_look(kOwn);
    auto client = world.connect();
    answers(client);
    answers(client);
    BOOST_TEST(way.looks() == 1);
}

BOOST_AUTO_TEST_CASE(refuses_when_the_second_look_does_not_end) {
    way.says(std::unexpected(NoWay::outside));
    way.looks_for_ever();
    auto client = world.connect();
    refuses(client, 503, "SK-7010");
}

BOOST_AUTO_TEST_CASE(refuses_who_came_through_anothers_tunnel) {
    way.says(kAnothers);
    auto client = world.connect();
    refuses(client, 403, "SK-2025");
    BOOST_TEST(way.looks() == 0);
}

BOOST_AUTO_TEST_CASE(refuses_while_nobody_can_tell) {
    way.says(std::unexpected(NoWay::unknown));
    auto client = world.connect();
    refuses(client, 503, "SK-7010");
    BOOST_TEST(
        world.service.noted() == std::vector<std::string>{"medical:1319900021 tunnel-unknown"},
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(looks_at_the_way_at_each_request_of_an_open_connection) {
    auto client = world.connect();
    answers(client);
    way.says(std::unexpected(NoWay::outside));
    way.says_at_a_second_look(kOwn);  // the instant in which a successor takes over
    answers(client);
    way.says(kAnothers);
    refuses(client, 403, "SK-2025");
}

BOOST_AUTO_TEST_CASE(holds_an_open_connection_to_the_directory_of_now) {
    auto client = world.connect();
    answers(client);
    world.give_clinic({});
    refuses(client, 403, "SK-2025");
}

BOOST_AUTO_TEST_CASE(holds_a_tunnel_to_the_addresses_that_the_directory_gives_it) {
    world.give_clinic({{.identity = "CN=ehr", .inside = "10.9.0.2/32"}});
    auto client = world.connect();
    refuses(client, 403, "SK-2025");
}

BOOST_AUTO_TEST_CASE(looks_at_the_way_again_when_a_body_has_come) {
    auto client = world.connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        "Expect: 100-continue\r\n\r\n");
    const auto go_on = client.read_answer();
    BOOST_REQUIRE(go_on);
    BOOST_TEST(go_on->status == 100);
    way.says(kAnothers);
    client.send("abcd");
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 403);
    BOOST_TEST(world.service.served().empty());
    BOOST_TEST(world.service.dropped == 1);
}

BOOST_AUTO_TEST_CASE(takes_the_body_of_who_was_looked_at_twice) {
    way.says(std::unexpected(NoWay::outside));
    way.says_at_a_second_look(kOwn);
    auto client = world.connect();
    client.send(post("/echo", "abcd"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->body == "abcd");
}

BOOST_AUTO_TEST_CASE(looks_twice_for_nobody_who_is_over_budget) {
    auto first = world.connect();
    answers(first);
    way.says(std::unexpected(NoWay::outside));
    auto second = world.connect();
    refuses(second, 429, "SK-");
    BOOST_TEST(way.looks() == 0);
}

BOOST_AUTO_TEST_CASE(looks_for_no_request_that_is_over_budget) {
    ScriptedWay own_way;
    ListenerWorld scarce{{.limits = limits(),
                          .budget = {.bytes_per_second = 1},
                          .way = &own_way,
                          .tunnels = {{.identity = "CN=ehr", .inside = "127.0.0.1/32"}}}};
    auto client = scarce.connect();
    client.send(post("/echo", std::string(4000, 'x')));  // of the bytes of an hour
    BOOST_TEST(client.read_answer()->status == 200);
    own_way.says(std::unexpected(NoWay::outside));
    client.send(get("/who"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 429);
    BOOST_TEST(own_way.looks() == 0);
}

BOOST_AUTO_TEST_CASE(asks_no_identity_of_a_closed_network) {
    world.give_clinic({});
    way.says(tunnel::Carried{.by = Protection::closed_network});
    auto client = world.connect();
    answers(client);
}

BOOST_AUTO_TEST_SUITE_END()
