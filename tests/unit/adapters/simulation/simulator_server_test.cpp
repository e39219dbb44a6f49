#include "adapters/simulation/simulator_server.h"

#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

#include "adapters/http/http_client.h"
#include "adapters/locks/mutex.h"
#include "adapters/simulation/ports_file.h"
#include "tests/support/http_pki.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using http::Trouble;
using simulation::ServerOptions;
using simulation::SimulatorServer;

namespace {

// Remembers its calls and says how long the body was.
class Listener final : public adapters::SimulatedPeer {
  public:
    adapters::HttpReply handle(const adapters::HttpCall& call) override {
        const locks::Lock lock(mutex_);
        calls_.push_back(call);
        return {200, {{"X-Peer", "listener"}}, std::to_string(call.body.size())};
    }
    adapters::HttpReply business_error() const override { return {200, {}, "no"}; }
    bool is_login(const adapters::HttpCall& call) const override { return call.path == "/login"; }
    std::vector<adapters::HttpCall> calls() const {
        const locks::Lock lock(mutex_);
        return calls_;
    }

  private:
    mutable locks::Mutex mutex_;
    std::vector<adapters::HttpCall> calls_ SEKISHO_GUARDED_BY(mutex_);
};

struct Stage {
    Listener peer;

    auto send(const SimulatorServer& server, http::ClientOptions options, std::string_view path,
              std::string_view body = {}) {
        options.plain_http = http::PlainHttp::loopback;
        http::HttpClient client(options);
        return client.send(
            {.method = "POST", .url = server.url() + std::string{path}, .body = body},
            std::chrono::steady_clock::now() + std::chrono::seconds{10});
    }
};

struct SecureStage : Stage {
    tests::HttpPki pki;
    SimulatorServer server{peer,
                           {.certificate_file = pki.certificate_file("server"),
                            .key_file = pki.key_file("server"),
                            .trust_file = pki.authority_file()}};

    SecureStage() {
        pki.add_client("client", "system:platform");
        BOOST_REQUIRE(server.start());
    }
    http::ClientOptions client() const {
        return {.certificate_file = pki.certificate_file("client"),
                .key_file = pki.key_file("client"),
                .trust_file = pki.authority_file()};
    }
};

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Trouble)

BOOST_AUTO_TEST_SUITE(simulator_server)

BOOST_FIXTURE_TEST_CASE(mutual_tls_tells_the_peer_which_party_calls, SecureStage) {
    const auto reply = send(server, client(), "/a?b=c", "four");
    BOOST_REQUIRE_MESSAGE(reply, reply.error().detail);
    BOOST_TEST(reply->status == 200);
    BOOST_TEST(reply->body == "4");
    BOOST_REQUIRE(peer.calls().size() == 1);
    BOOST_TEST(peer.calls()[0].path == "/a");
    BOOST_REQUIRE(peer.calls()[0].client);
    BOOST_TEST(to_string(*peer.calls()[0].client) == "system:platform");
}

BOOST_FIXTURE_TEST_CASE(a_client_without_a_certificate_is_refused, SecureStage) {
    auto options = client();
    options.certificate_file.clear();
    const auto reply = send(server, options, "/");
    BOOST_TEST(!reply);  // the alert may be overtaken by the reset behind it
    BOOST_TEST(peer.calls().empty());
}

BOOST_FIXTURE_TEST_CASE(a_client_of_another_authority_is_refused, SecureStage) {
    tests::HttpPki other;
    other.add_client("client", "system:platform");
    auto options = client();
    options.certificate_file = other.certificate_file("client");
    options.key_file = other.key_file("client");
    const auto reply = send(server, options, "/");
    BOOST_TEST(!reply);
    BOOST_TEST(peer.calls().empty());
}

BOOST_FIXTURE_TEST_CASE(a_client_does_not_talk_to_a_server_it_cannot_trust, SecureStage) {
    const tests::HttpPki other;
    auto options = client();
    options.trust_file = other.authority_file();
    const auto reply = send(server, options, "/", "secret");
    BOOST_REQUIRE(!reply);
    BOOST_CHECK(reply.error().trouble == Trouble::tls);
    BOOST_TEST(peer.calls().empty());
}

BOOST_FIXTURE_TEST_CASE(a_connection_serves_one_call_after_another, SecureStage) {
    http::HttpClient kept(client());
    const std::string large(3'000'000, 'x');
    for (const std::string_view body : {std::string_view{"a"}, std::string_view{large}}) {
        const auto reply = kept.send({.method = "POST", .url = server.url() + "/", .body = body},
                                     std::chrono::steady_clock::now() + std::chrono::seconds{10});
        BOOST_REQUIRE_MESSAGE(reply, reply.error().detail);
        BOOST_TEST(reply->body == std::to_string(body.size()));
    }
}

BOOST_FIXTURE_TEST_CASE(without_a_certificate_only_loopback_is_served, Stage) {
    SimulatorServer open(peer, {.listen = "0.0.0.0:0"});
    BOOST_TEST(!open.start());
    SimulatorServer loopback(peer, ServerOptions{});
    BOOST_REQUIRE(loopback.start());
    BOOST_TEST(loopback.port() != 0);
    BOOST_REQUIRE(send(loopback, {}, "/", "x"));
    BOOST_TEST(!peer.calls()[0].client);
}

BOOST_FIXTURE_TEST_CASE(an_address_that_is_none_is_refused, Stage) {
    for (const char* address : {"", "nowhere", "127.0.0.1", "127.0.0.1:99999"}) {
        SimulatorServer server(peer, {.listen = address});
        BOOST_CHECK_MESSAGE(!server.start(), address);
    }
}

BOOST_FIXTURE_TEST_CASE(each_fault_is_what_it_says, Stage) {
    const auto under = [&](const simulation::FaultPlan& faults) {
        SimulatorServer server(peer, {.faults = faults});
        BOOST_REQUIRE(server.start());
        return send(server, {}, "/", "x");
    };
    BOOST_TEST(under({.unavailable = 1})->status == 503);
    BOOST_TEST(peer.calls().empty());
    BOOST_TEST(under({.business_error = 1})->body == "no");
    BOOST_TEST(peer.calls().empty());
    BOOST_TEST(under({.garbage = 1})->status == 200);
    BOOST_TEST(peer.calls().size() == 1U);
    BOOST_TEST(under({.duplicate = 1})->body == "1");
    BOOST_TEST(peer.calls().size() == 3U);
    BOOST_CHECK(under({.truncate = 1}).error().trouble == Trouble::truncated);
    BOOST_CHECK(under({.reset = 1}).error().trouble == Trouble::truncated);
    BOOST_CHECK(under({.oversize = 1}).error().trouble == Trouble::too_large);
}

BOOST_FIXTURE_TEST_CASE(control_calls_and_logins_meet_no_faults, Stage) {
    SimulatorServer server(peer, {.faults = {.unavailable = 1}});
    BOOST_REQUIRE(server.start());
    BOOST_TEST(send(server, {}, "/sim/state")->status == 200);
    BOOST_TEST(send(server, {}, "/login")->status == 200);
    BOOST_TEST(send(server, {}, "/")->status == 503);
}

BOOST_FIXTURE_TEST_CASE(a_pause_ends_when_the_server_stops, Stage) {
    SimulatorServer server(peer, {.faults = {.latency = std::chrono::minutes{5}}});
    BOOST_REQUIRE(server.start());
    std::thread caller([&] { (void)send(server, {}, "/"); });
    server.stop();
    caller.join();
}

BOOST_AUTO_TEST_CASE(each_simulator_writes_its_own_port_and_keeps_the_others) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "ports.json";
    BOOST_TEST(!simulation::read_port(file, "platform"));
    BOOST_REQUIRE(simulation::write_port(file, "platform", 9101));
    BOOST_REQUIRE(simulation::write_port(file, "municipal", 9102));
    BOOST_REQUIRE(simulation::write_port(file, "platform", 9103));
    BOOST_TEST(simulation::read_port(file, "platform").value_or(0) == 9103);
    BOOST_TEST(simulation::read_port(file, "municipal").value_or(0) == 9102);
}

BOOST_AUTO_TEST_SUITE_END()
