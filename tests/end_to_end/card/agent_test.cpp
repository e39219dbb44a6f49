// The card agent with everything real but the card: the program at its terminal, TLS, the smart
// card service, and a page that calls.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <signal.h>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "gateway/platform/certificate_text.h"
#include "tests/end_to_end/card/agent_desk.h"
#include "tests/end_to_end/card/card_world.h"

using namespace sekisho;
using tests::AgentDesk;
using tests::CardWorld;
using tests::PageCall;
using tests::RawHandle;

namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string a_body() {
    return tests::sign_body(text_of(tests::demo_challenge()));
}

PageCall posting(const std::string& path, const std::string& body) {
    return {.method = "POST", .path = path, .body = body};
}

std::string mode_of(const std::string& path) {
    const auto mode = static_cast<unsigned>(std::filesystem::status(path).permissions());
    return std::to_string(mode >> 6U) + std::to_string(mode >> 3U & 7U) + std::to_string(mode & 7U);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_card_agent, CardWorld)

BOOST_AUTO_TEST_CASE(pairs_a_page_and_signs_what_openssl_verifies) {
    insert();
    AgentDesk desk;
    BOOST_TEST(desk.text({}) == "200 {\"paired\":false,\"reader\":\"card\"}");
    desk.pair();
    BOOST_TEST(desk.text({}) == "200 {\"paired\":true,\"reader\":\"card\"}");
    const std::string challenge = text_of(tests::demo_challenge());
    const std::string answer = desk.signed_with(tests::sign_body(challenge), "1234");
    BOOST_TEST_REQUIRE(answer.starts_with("200 "), answer + desk.seen());
    const auto evidence = documents::parse_json(answer.substr(4));
    const auto certificate = documents::from_base64(*evidence->string_at("certificate"));
    const auto signature = documents::from_base64(*evidence->string_at("signature"));
    BOOST_TEST(verifies(platform::certificate_text(*certificate)->pem, challenge, *signature));
    BOOST_TEST(!RawHandle{reader()}.can_sign());
    for (const char* part :
         {"demo.sekisho.example (https://localhost:8443)", "medical:1319900021", "purpose: care"}) {
        BOOST_TEST(holds(desk.seen(), part), part);
    }
    BOOST_TEST(!holds(desk.seen(), "1234\r\n"));
    BOOST_TEST(desk.echoes());
    desk.signal(SIGTERM);
    BOOST_TEST(desk.wait() == 0);
}

BOOST_AUTO_TEST_CASE(keeps_its_key_to_its_owner_and_says_where_its_certificate_is) {
    AgentDesk desk;
    BOOST_TEST(mode_of(desk.file("agent")) == "700");
    BOOST_TEST(mode_of(desk.file("agent/card-agent.key")) == "600");
    BOOST_TEST(holds(desk.seen(), desk.file("agent/card-agent.pem")));
    const auto shown = tests::run_program(
        {"/usr/bin/openssl", "x509", "-in", desk.file("agent/card-agent.pem"), "-noout",
         "-fingerprint", "-sha256", "-ext", "subjectAltName,extendedKeyUsage,basicConstraints"});
    const std::size_t equals = shown.output.find('=');
    BOOST_TEST_REQUIRE(equals != std::string::npos, shown.output);
    BOOST_TEST(holds(desk.seen(), shown.output.substr(equals + 1, 95)));
    BOOST_TEST(holds(shown.output, "DNS:localhost, IP Address:127.0.0.1"));
    BOOST_TEST(holds(shown.output, "CA:FALSE"));
    const auto old = tests::TlsClient::connect(8449, {.tls12_only = true});
    BOOST_TEST(!old.connected());
}

BOOST_AUTO_TEST_CASE(answers_to_no_other_page_and_under_no_other_name) {
    AgentDesk desk;
    BOOST_TEST(desk.text({.origin = "https://evil.example"}) == "403 {\"code\":\"wrong-origin\"}");
    BOOST_TEST(desk.text({.host = "evil.example:8449"}) == "403 {\"code\":\"wrong-host\"}");
    const auto allowed = desk.answer({.method = "OPTIONS",
                                      .path = "/sign",
                                      .headers = {"Access-Control-Request-Method: POST",
                                                  "Access-Control-Request-Private-Network: true"}});
    BOOST_TEST_REQUIRE(allowed.has_value());
    BOOST_TEST(allowed->status == 204);
    BOOST_TEST(allowed->headers.at("access-control-allow-origin") == "https://localhost:8443");
    BOOST_TEST(allowed->headers.at("access-control-allow-private-network") == "true");
    const auto large = desk.answer(posting("/pair", std::string(20'000, 'x')));
    BOOST_TEST_REQUIRE(large.has_value());
    BOOST_TEST(large->status == 413);
}

BOOST_AUTO_TEST_CASE(takes_a_code_once_and_signs_for_nobody_unpaired) {
    insert();
    AgentDesk desk;
    const std::string first = desk.code();
    BOOST_TEST(desk.text(posting("/pair", "{\"code\":\"wrong!\"}")) ==
               "403 {\"code\":\"wrong-code\"}");
    BOOST_TEST(tests::eventually([&] { return desk.code() != first; }));
    BOOST_TEST(desk.text(posting("/pair", "{\"code\":\"" + first + "\"}")) ==
               "403 {\"code\":\"wrong-code\"}");
    BOOST_TEST(desk.text(posting("/sign", a_body())) == "401 {\"code\":\"unpaired\"}");
    desk.pair();
    BOOST_TEST(holds(desk.text({}), "\"paired\":true"));
}

BOOST_AUTO_TEST_CASE(signs_nothing_but_its_own_gateways_challenges) {
    insert();
    AgentDesk desk;
    desk.pair();
    const std::string foreign = text_of(tests::demo_challenge("other.sekisho.example"));
    BOOST_TEST(desk.text(posting("/sign", tests::sign_body(foreign))) ==
               "403 {\"code\":\"other-gateway\"}");
    BOOST_TEST(desk.text(posting("/sign", tests::sign_body("a contract"))) ==
               "422 {\"code\":\"not-a-challenge\"}");
    BOOST_TEST(!holds(desk.seen(), "tries left"));
}

BOOST_AUTO_TEST_CASE(spends_one_try_on_a_wrong_pin_and_keeps_the_last) {
    insert();
    AgentDesk desk;
    desk.pair();
    BOOST_TEST(desk.signed_with(a_body(), "7391") == "422 {\"code\":\"wrong-pin\",\"tries\":2}");
    BOOST_TEST(desk.signed_with(a_body(), "7391") == "422 {\"code\":\"wrong-pin\",\"tries\":1}");
    BOOST_TEST(desk.text(posting("/sign", a_body())) == "423 {\"code\":\"few-tries\"}");
    BOOST_TEST(!holds(desk.seen(), "7391"));
    BOOST_TEST(open_soon()->tries_left().value() == 1);
}

BOOST_AUTO_TEST_CASE(uses_the_last_try_where_it_was_told_so) {
    insert();
    AgentDesk desk{{"--even-if-one-try-is-left"}};
    desk.pair();
    desk.signed_with(a_body(), "7391");
    desk.signed_with(a_body(), "7391");
    BOOST_TEST(desk.signed_with(a_body(), "1234").starts_with("200 "));
}

BOOST_AUTO_TEST_CASE(asks_for_one_pin_at_a_time_and_an_empty_line_gives_up) {
    insert();
    AgentDesk desk;
    desk.pair();
    auto first = desk.sign(a_body());
    BOOST_TEST_REQUIRE(desk.asks_again_for_a_pin());
    BOOST_TEST(desk.text(posting("/sign", a_body())) == "409 {\"code\":\"busy\"}");
    desk.type("");
    BOOST_TEST(first.get() == "409 {\"code\":\"cancelled\"}");
    BOOST_TEST(desk.signed_with(a_body(), "1234").starts_with("200 "));
}

BOOST_AUTO_TEST_CASE(outlives_its_card_its_reader_and_the_service) {
    AgentDesk desk;
    desk.pair();
    BOOST_TEST(desk.text(posting("/sign", a_body())) == "409 {\"code\":\"no-card\"}");
    insert();
    BOOST_TEST(desk.signed_with(a_body(), "1234").starts_with("200 "));
    take_off();
    BOOST_TEST(desk.text({}) == "200 {\"paired\":true,\"reader\":\"empty\"}");
    stop_service();
    BOOST_TEST(desk.text({}) == "200 {\"paired\":true,\"reader\":\"none\"}");
    BOOST_TEST(desk.text(posting("/sign", a_body())) == "502 {\"code\":\"reader-failed\"}");
    start_service();
    insert({"--token", "JPKIAPGPSETOKEN"});
    BOOST_TEST(desk.text(posting("/sign", a_body())) == "409 {\"code\":\"not-jpki\"}");
    take_off();
    insert();
    BOOST_TEST(desk.signed_with(a_body(), "1234").starts_with("200 "));
}

BOOST_AUTO_TEST_CASE(a_card_taken_away_while_the_pin_is_typed_costs_nothing_but_the_signature) {
    insert();
    AgentDesk desk;
    desk.pair();
    auto answer = desk.sign(a_body());
    BOOST_TEST_REQUIRE(desk.asks_again_for_a_pin());
    take_off();
    desk.type("1234");
    BOOST_TEST(answer.get() == "409 {\"code\":\"no-card\"}");
    insert();
    BOOST_TEST(desk.signed_with(a_body(), "1234").starts_with("200 "));
}

BOOST_AUTO_TEST_CASE(told_to_end_while_it_asks_gives_the_terminal_back) {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        insert();
        AgentDesk desk;
        desk.pair();
        auto answer = desk.sign(a_body());
        BOOST_TEST_REQUIRE(desk.asks_again_for_a_pin());
        desk.signal(number);
        BOOST_TEST(answer.get() == "409 {\"code\":\"cancelled\"}");
        BOOST_TEST(desk.shows("ended"));
        BOOST_TEST(desk.echoes());
        BOOST_TEST(desk.wait() == 0);
        take_off();
    }
}

BOOST_AUTO_TEST_CASE(does_not_start_without_a_terminal_or_off_the_loopback) {
    const tests::TemporaryFolder folder;
    const auto start = [&folder](const std::string& address) {
        return tests::run_program({"/usr/bin/setsid", "--wait",
                                   tests::DemoGateway::program("sekisho"), "card", "agent",
                                   "--pages", "demo.sekisho.example=https://localhost:8443",
                                   "--folder", folder / "agent", "--listen", address});
    };
    const auto without = start("127.0.0.1:8449");
    BOOST_TEST(without.exit_code == 2);
    BOOST_TEST(holds(without.output, "there is no terminal"), without.output);
    const auto open = start("0.0.0.0:8449");
    BOOST_TEST(open.exit_code == 2);
    BOOST_TEST(holds(open.output, "127.0.0.1:PORT"), open.output);
}

BOOST_AUTO_TEST_SUITE_END()
