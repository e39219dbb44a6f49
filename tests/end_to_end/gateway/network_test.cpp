// A network that is lost while documents go over it.
#include <boost/test/unit_test.hpp>
#include <signal.h>

#include "adapters/documents/samples.h"
#include "adapters/simulation/ports_file.h"
#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/demo/line_to_cut.h"

namespace sekisho::tests {

namespace {

constexpr auto kClinicParty = "medical:1319900021";

simulation::Parcel an_opinion(int number) {
    return {
        .id = "op-" + std::to_string(number),
        .source = *model::parse_party_id(kClinicParty),
        .type = "certification.opinion",
        .person = model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}},
        .media_type = "text/csv; charset=Shift_JIS",
        .format = "ikensho-csv:1.1",
        .body = documents::an_opinion_csv(
            {.office = "1319900021", .request_number = std::to_string(number)})};
}

// The demo, with its platform on the public side at the end of a line; probed every second.
struct TwoNetworks {
    DemoGateway gateway;
    std::uint16_t port = simulation::read_port(gateway.file("ports.json"), "platform").value();
    LineToCut line{port};

    explicit TwoNetworks(const std::string& probe_every = "1") {
        gateway.amend("sekisho.json", "127.0.0.1:" + std::to_string(port),
                      "127.0.0.1:" + std::to_string(line.port()));
        gateway.amend("paths.json", "\"probe_every_seconds\": 10",
                      "\"probe_every_seconds\": " + probe_every);
        gateway.start();
    }

    void submit(int number) {
        auto clinic = gateway.client("internet", kClinicParty);
        const auto reply = clinic.post_message(an_opinion(number));
        BOOST_TEST(reply.status == 202, reply.words());
    }
    // "platform delivered": of the delivery to the platform.
    std::string way_of(int number) {
        auto clinic = gateway.client("internet", kClinicParty);
        const auto reply = clinic.get("/v1/messages/op-" + std::to_string(number));
        const auto* deliveries = reply.json.find("deliveries");
        if (deliveries == nullptr) return reply.words();
        for (const documents::Json& one : deliveries->items()) {
            if (one.string_at("recipient") != "system:platform") continue;
            return std::string{one.string_at("via").value_or("")} + " " +
                   std::string{one.string_at("state").value_or("")};
        }
        return "nowhere";
    }
    bool comes_to_be(int number, const std::string& way) {
        const bool came = eventually([&] { return way_of(number) == way; });
        if (!came) BOOST_TEST_MESSAGE(way_of(number));
        return came;
    }
    bool leg_is(const std::string& via, const std::string& network, int answers) {
        const std::string row = "sekisho_leg_answers{via=\"" + via + "\",network=\"" + network +
                                "\"} " + std::to_string(answers);
        return eventually(
            [&] { return gateway.health("/metrics").find(row) != std::string::npos; });
    }
    std::int64_t at_the_platform(std::string_view what) {
        return gateway.simulator("platform").get("/sim/state").json.integer_at(what).value_or(-1);
    }
    Finished drill(const std::string& network) {
        return run_program(
            {DemoGateway::program("sekisho"), "drill", network, "--config", gateway.config_file()});
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_network_that_is_lost)

BOOST_AUTO_TEST_CASE(loses_no_opinion_and_doubles_none) {
    TwoNetworks world;
    BOOST_TEST(world.leg_is("platform", "public", 1));
    world.submit(1);
    BOOST_TEST(world.comes_to_be(1, "platform delivered"));
    // What the platform took and could not say any more, and what comes while nobody knows yet.
    world.line.go_deaf();
    world.submit(2);
    BOOST_TEST(eventually([&] { return world.at_the_platform("documents") == 2; }));
    world.line.cut();
    for (int number = 3; number <= 8; ++number) world.submit(number);
    for (int number = 2; number <= 8; ++number) {
        BOOST_TEST(world.comes_to_be(number, "platform-line delivered"));
    }
    BOOST_TEST(world.leg_is("platform", "public", 0));
    BOOST_TEST(world.at_the_platform("documents") == 8);
    BOOST_TEST(world.at_the_platform("duplicates") >= 1);  // the second came twice, and is one
    // It is back, and what comes goes by it again.
    world.line.join();
    BOOST_TEST(world.leg_is("platform", "public", 1));
    world.submit(9);
    BOOST_TEST(world.comes_to_be(9, "platform delivered"));
    BOOST_TEST(world.gateway.stop_gateway() == 0);
}

BOOST_AUTO_TEST_CASE(is_known_again_by_a_gateway_that_was_killed_meanwhile) {
    TwoNetworks world{"3600"};
    BOOST_TEST(world.leg_is("platform", "public", 1));
    world.line.cut();
    world.submit(1);
    BOOST_TEST(world.comes_to_be(1, "platform queued"));
    world.gateway.kill_gateway();
    world.gateway.amend("paths.json", "3600", "1");
    world.gateway.start();
    BOOST_TEST(world.comes_to_be(1, "platform-line delivered"));
}

BOOST_AUTO_TEST_CASE(is_rehearsed_beside_the_running_gateway) {
    TwoNetworks world;
    BOOST_TEST(world.leg_is("platform", "public", 1));
    const auto sound = world.drill("public");
    BOOST_TEST(sound.exit_code == 0, sound.output);
    BOOST_TEST(sound.output.find("=> platform-line over eligibility") != std::string::npos,
               sound.output);
    // The other way is the only one left now.
    world.line.cut();
    const auto stuck = world.drill("eligibility");
    BOOST_TEST(stuck.exit_code == 1, stuck.output);
    BOOST_TEST(stuck.output.find("the operator mends that connection") != std::string::npos,
               stuck.output);
    world.submit(1);
    BOOST_TEST(world.comes_to_be(1, "platform-line delivered"));
}

BOOST_AUTO_TEST_CASE(closes_a_reload_that_says_other_networks_of_adapters_that_run) {
    TwoNetworks world;
    world.gateway.amend("sekisho.json", R"(sekisho_adapter_pmh.so", "network": "public")",
                        R"(sekisho_adapter_pmh.so", "network": "eligibility")");
    world.gateway.signal_gateway(SIGHUP);
    BOOST_TEST(eventually([&] {
        return read_text(world.gateway.file("logs/gateway.log"))
                   .find("the networks of the adapters are not those of the start") !=
               std::string::npos;
    }));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
