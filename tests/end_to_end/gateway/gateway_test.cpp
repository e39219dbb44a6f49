// The gateway as its users meet it: real programs, real TLS, real disk.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <signal.h>

#include "adapters/documents/samples.h"
#include "adapters/simulation/ports_file.h"
#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

constexpr auto kClinicParty = "medical:1319900021";
constexpr auto kInsurerParty = "insurer:139980";

simulation::Parcel an_opinion(const std::string& id, const std::string& request_number) {
    return {
        .id = id,
        .source = *model::parse_party_id(kClinicParty),
        .type = "certification.opinion",
        .person = model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}},
        .media_type = "text/csv; charset=Shift_JIS",
        .format = "ikensho-csv:1.1",
        .body =
            documents::an_opinion_csv({.office = "1319900021", .request_number = request_number})};
}

Finished sekisho(const DemoGateway& gateway, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), DemoGateway::program("sekisho"));
    (void)gateway;
    return run_program(arguments);
}

std::vector<std::string> as_client(const DemoGateway& gateway, const std::string& zone,
                                   const std::string& party_file) {
    return {"--gateway", gateway.zone_url(zone),
            "--ca",      gateway.file("pki/server-ca.pem"),
            "--cert",    gateway.file("pki/" + party_file + ".pem"),
            "--key",     gateway.file("pki/" + party_file + ".key")};
}

std::vector<std::string> joined(std::vector<std::string> words,
                                const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_gateway)

BOOST_AUTO_TEST_CASE(plays_the_day_twice_and_everything_goes_as_expected) {
    DemoGateway gateway;
    gateway.start();
    gateway.lay_out_cards();
    for (int round = 0; round < 2; ++round) {
        const auto day =
            run_program({DemoGateway::program("sekisho-sim"), "day", "--demo", gateway.folder()});
        BOOST_TEST(day.exit_code == 0, day.output);
        BOOST_TEST(day.output.find(" 0 not") != std::string::npos, day.output);
        BOOST_TEST(day.output.find("by card, status good") != std::string::npos, day.output);
    }
    BOOST_TEST(gateway.stop_gateway() == 0);
    const auto verified = sekisho(gateway, {"audit", "verify", "--config", gateway.config_file()});
    BOOST_TEST(verified.exit_code == 0, verified.output);
}

BOOST_AUTO_TEST_CASE(plays_the_day_with_the_eligibility_system_spoken_to_by_files) {
    DemoGateway gateway;
    const auto port = simulation::read_port(gateway.file("ports.json"), "eligibility").value();
    const std::string pki = gateway.file("pki");
    gateway.amend(
        "sekisho.json",
        "\"url\": \"https://127.0.0.1:" + std::to_string(port) +
            "\",\n        \"certificate\": \"" + pki + "/gateway.pem\", \"key\": \"" + pki +
            "/gateway.key\",\n        \"trust\": \"" + pki + "/public-ca.pem\" }",
        "\"folder\": \"" + gateway.file("connector") + "\", \"institution\": \"1310000001\" }");
    gateway.start();
    gateway.lay_out_cards();
    const auto day =
        run_program({DemoGateway::program("sekisho-sim"), "day", "--demo", gateway.folder()});
    BOOST_TEST(day.exit_code == 0, day.output);
    BOOST_TEST(day.output.find("system:eligibility delivered") != std::string::npos, day.output);
    for (const char* place : {"req", "res", "asked", "aside"})
        BOOST_TEST(std::filesystem::is_empty(gateway.file(std::string{"connector/"} + place)),
                   place);
}

BOOST_AUTO_TEST_CASE(plays_the_day_where_no_card_reader_can_be_had) {
    DemoGateway gateway;
    gateway.start();
    const auto day = run_program({DemoGateway::program("sekisho-sim"), "day", "--demo",
                                  gateway.folder(), "--without-cards"});
    BOOST_TEST(day.exit_code == 0, day.output);
    BOOST_TEST(day.output.find("by card") == std::string::npos, day.output);
    // With it the first commands of README.md have something to send.
    const auto sent = sekisho(
        gateway,
        joined({"send", gateway.file("samples/opinion.csv"), "--type", "certification.opinion",
                "--insurer", "139980", "--insured", "0000000001", "--format", "ikensho-csv:1.1"},
               as_client(gateway, "internet", "medical-1319900021")));
    BOOST_TEST(sent.exit_code == 0, sent.output);
    const auto explained = sekisho(gateway, {"explain", "--config", gateway.config_file(),
                                             "--message", gateway.file("samples/event.json")});
    BOOST_TEST(explained.exit_code == 0, explained.output);
}

BOOST_AUTO_TEST_CASE(says_so_when_the_day_misses_its_card_reader) {
    DemoGateway gateway;
    gateway.start();
    const auto day = run_program(
        {DemoGateway::program("sekisho-sim"), "day", "--demo", gateway.folder(), "--quiet"});
    BOOST_TEST(day.exit_code == 1, day.output);
    BOOST_TEST(day.output.find("no signature") != std::string::npos, day.output);
    BOOST_TEST(day.output.find("pcscd") != std::string::npos, day.output);
}

BOOST_AUTO_TEST_CASE(writes_nothing_personal_into_logs_and_metrics) {
    DemoGateway gateway;
    gateway.start();
    gateway.lay_out_cards();
    const auto day = run_program(
        {DemoGateway::program("sekisho-sim"), "day", "--demo", gateway.folder(), "--quiet"});
    BOOST_TEST(day.exit_code == 0, day.output);
    std::string written = gateway.health("/metrics");
    BOOST_TEST(!written.empty());
    BOOST_TEST(written.find("sekisho_party_certificates{zone=\"internet\",ends=\"later\"}") !=
               std::string::npos);
    written += gateway.health("/certificates");
    gateway.stop_gateway();
    for (const char* name : {"logs/gateway.log", "logs/serve.log"}) {
        if (std::filesystem::exists(gateway.file(name))) written += read_text(gateway.file(name));
    }
    for (const char* personal :
         {"0000000001", "0000000002", "0000000003", "0000000005", "0000000006", "0000000007",
          "0000000009", "H000000004", "架空 太郎", "佐藤"}) {
        BOOST_TEST(written.find(personal) == std::string::npos, personal);
    }
}

BOOST_AUTO_TEST_CASE(gives_receipts_that_a_stock_jws_library_verifies) {
    DemoGateway gateway;
    gateway.start();
    auto clinic = gateway.client("internet", kClinicParty);
    const auto reply = clinic.post_message(an_opinion("op-1", "1"));
    BOOST_TEST_REQUIRE(reply.status == 202);
    const auto keys = clinic.get("/v1/keys");
    BOOST_TEST_REQUIRE(keys.status == 200);
    std::ofstream{gateway.file("keys.json")} << keys.body;
    std::ofstream{gateway.file("receipt.jws")} << reply.receipt();
    const auto verified =
        run_program({"/usr/bin/jose", "jws", "ver", "-i", gateway.file("receipt.jws"), "-k",
                     gateway.file("keys.json"), "-O-"});
    BOOST_TEST(verified.exit_code == 0, verified.output);
    BOOST_TEST(verified.output.find("\"sha256\"") != std::string::npos, verified.output);
}

BOOST_AUTO_TEST_CASE(reloads_on_sighup_without_dropping_a_connection) {
    DemoGateway gateway;
    gateway.start();
    auto clinic = gateway.client("internet", kClinicParty);
    BOOST_TEST(clinic.post_message(an_opinion("op-1", "1")).status == 202);
    // The insurer is put back to not connected, by a new rollout file.
    std::string rollout = read_text(gateway.file("rollout.json"));
    const auto at = rollout.find("139980");
    BOOST_TEST_REQUIRE(at != std::string::npos);
    const auto begin = rollout.rfind('{', at);
    const auto end = rollout.find('}', at);
    rollout.replace(begin, end - begin + 1, R"({ "insurer": "139980" })");
    std::ofstream{gateway.file("rollout.json"), std::ios::binary} << rollout;
    gateway.signal_gateway(SIGHUP);
    int number = 1;
    simulation::GatewayReply reply;
    const bool applied = eventually(
        [&] {
            ++number;
            reply = clinic.post_message(
                an_opinion("op-" + std::to_string(number), std::to_string(number)));
            return reply.problem() == "insurer-not-connected";
        },
        500);
    BOOST_TEST(applied, reply.words());
    BOOST_TEST(gateway.health("/readyz").find("true") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keeps_its_configuration_when_the_new_one_is_wrong) {
    DemoGateway gateway;
    gateway.start();
    std::ofstream{gateway.file("rollout.json")} << "{ \"nonsense\": 1 }";
    gateway.signal_gateway(SIGHUP);
    auto clinic = gateway.client("internet", kClinicParty);
    const bool told = eventually([&] {
        return read_text(gateway.file("logs/gateway.log")).find("reload") != std::string::npos;
    });
    BOOST_TEST(told);
    BOOST_TEST(clinic.post_message(an_opinion("op-1", "1")).status == 202);
}

BOOST_AUTO_TEST_CASE(says_that_a_restart_is_needed_when_its_own_file_changed) {
    DemoGateway gateway;
    gateway.start();
    const auto logged = [&](const char* words) {
        return eventually([&] {
            return read_text(gateway.file("logs/gateway.log")).find(words) != std::string::npos;
        });
    };
    gateway.signal_gateway(SIGHUP);
    BOOST_TEST(logged("\"reloaded\""));
    BOOST_TEST(read_text(gateway.file("logs/gateway.log")).find("restart") == std::string::npos);
    gateway.amend("sekisho.json", R"("workers": 2)", R"("workers": 3)");
    gateway.signal_gateway(SIGHUP);
    BOOST_TEST(logged("restart needed"));
}

BOOST_AUTO_TEST_CASE(drains_on_sigterm) {
    DemoGateway gateway;
    gateway.start();
    auto clinic = gateway.client("internet", kClinicParty);
    BOOST_TEST(clinic.post_message(an_opinion("op-1", "1")).status == 202);
    BOOST_TEST(gateway.stop_gateway() == 0);
    gateway.start();
    BOOST_TEST(gateway.client("internet", kClinicParty).get("/v1/messages/op-1").status == 200);
    BOOST_TEST(gateway.stop_gateway() == 0);
}

BOOST_AUTO_TEST_CASE(is_used_from_the_command_line) {
    DemoGateway gateway;
    gateway.start();
    const std::string document = gateway.file("opinion.csv");
    std::ofstream{document, std::ios::binary} << an_opinion("x", "77").body;
    const auto sent = sekisho(
        gateway, joined({"send", document, "--type", "certification.opinion", "--insurer", "139980",
                         "--insured", "0000000001", "--format", "ikensho-csv:1.1", "--id", "cli-1"},
                        as_client(gateway, "internet", "medical-1319900021")));
    BOOST_TEST(sent.exit_code == 0, sent.output);
    const auto fate = sekisho(
        gateway, joined({"fate", "cli-1"}, as_client(gateway, "internet", "medical-1319900021")));
    BOOST_TEST(fate.exit_code == 0, fate.output);
    const auto inbox = sekisho(
        gateway, joined({"inbox", "--ack"}, as_client(gateway, "public", "insurer-139980")));
    BOOST_TEST(inbox.exit_code == 0, inbox.output);
    BOOST_TEST(inbox.output.find("cli-1") != std::string::npos, inbox.output);
    const auto unknown = sekisho(
        gateway,
        joined({"fate", "never-sent"}, as_client(gateway, "internet", "medical-1319900021")));
    BOOST_TEST(unknown.exit_code == 1, unknown.output);
    gateway.stop_gateway();
    const auto away = sekisho(
        gateway, joined({"fate", "cli-1"}, as_client(gateway, "internet", "medical-1319900021")));
    BOOST_TEST(away.exit_code == 3, away.output);
}

BOOST_AUTO_TEST_CASE(has_a_log_whose_change_is_found) {
    DemoGateway gateway;
    gateway.start();
    auto clinic = gateway.client("internet", kClinicParty);
    for (int i = 0; i < 5; ++i) {
        const auto number = std::to_string(i);
        BOOST_TEST(clinic.post_message(an_opinion("op-" + number, number)).status == 202);
    }
    // Beside a running gateway.
    BOOST_TEST(sekisho(gateway, {"audit", "verify", "--config", gateway.config_file()}).exit_code ==
               0);
    gateway.stop_gateway();
    const auto spoilt = run_program(
        {"/usr/bin/sqlite3", gateway.file("state/sekisho.db"),
         "UPDATE leaf SET text = CAST(replace(CAST(text AS TEXT), 'op-3', 'op-9') AS BLOB)"});
    BOOST_TEST_REQUIRE(spoilt.exit_code == 0, spoilt.output);
    const auto verified = sekisho(gateway, {"audit", "verify", "--config", gateway.config_file()});
    BOOST_TEST(verified.exit_code == 1, verified.output);
}

BOOST_AUTO_TEST_CASE(holds_documents_for_the_insurer_that_collects) {
    DemoGateway gateway;
    gateway.start();
    auto clinic = gateway.client("internet", kClinicParty);
    BOOST_TEST(clinic.post_message(an_opinion("op-1", "1")).status == 202);
    auto insurer = gateway.client("public", kInsurerParty);
    const auto inbox = insurer.get("/v1/inbox?max=10&wait=0");
    BOOST_TEST_REQUIRE(inbox.status == 200);
    BOOST_TEST_REQUIRE(inbox.json.items().size() == 1U);
    const auto handle = std::string{*inbox.json.items()[0].string_at("delivery")};
    BOOST_TEST(insurer.post("/v1/inbox/" + handle + "/ack", "").status == 204);
    BOOST_TEST(insurer.post("/v1/inbox/" + handle + "/ack", "").status == 204);
    BOOST_TEST(insurer.get("/v1/inbox?max=10&wait=0").json.items().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
