// A gateway whose private key lies in a PKCS#11 token (SoftHSM).
#include <boost/test/unit_test.hpp>
#include <csignal>

#include "adapters/documents/samples.h"
#include "adapters/simulation/ports_file.h"
#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/demo/soft_token.h"

namespace sekisho::tests {

namespace {

struct WithToken {
    WithToken() : token(gateway.file("pki/gateway.key")) {
        gateway.set_environment({token.environment()});
    }
    // The first zone's key is the token's.
    void use(const std::string& uri) {
        gateway.amend("sekisho.json",
                      R"("certificate": "pki/gateway.pem", "key": "pki/gateway.key",
      "anchors": "pki/internet-ca.pem")",
                      R"("certificate": "pki/gateway.pem", "key": ")" + uri +
                          R"(", "anchors": "pki/internet-ca.pem")");
        gateway.amend("sekisho.json", R"("keys": "keys",)",
                      R"("keys": "keys", "pkcs11_module": ")" + SoftToken::module() + "\",");
    }
    // The key of both ways to the platform is the token's.
    void use_for_platform(const std::string& uri) {
        const std::string pki = gateway.file("pki");
        for (const char* peer : {"platform", "platform-line"}) {
            const auto port = simulation::read_port(gateway.file("ports.json"), peer).value();
            const std::string written = ":" + std::to_string(port) +
                                        "\",\n        \"certificate\": \"" + pki +
                                        "/gateway.pem\", \"key\": \"";
            gateway.amend("sekisho.json", written + pki + "/gateway.key\"",
                          written + uri + "\", \"pkcs11_module\": \"" + SoftToken::module() + "\"");
        }
    }
    Finished served() const { return run("serve"); }
    Finished diagnosed() const { return run("doctor"); }
    Finished run(const std::string& command) const {
        return run_program({"/usr/bin/env", token.environment(), DemoGateway::program("sekisho"),
                            command, "--config", gateway.config_file()});
    }

    DemoGateway gateway;
    SoftToken token;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_key_in_a_token, WithToken)

BOOST_AUTO_TEST_CASE(serves_its_zone_and_is_read_anew_at_a_reload) {
    use(token.uri());
    gateway.start();
    simulation::GatewayClient clinic = gateway.client("internet", "medical:1319900021");
    BOOST_TEST(clinic.get("/v1/keys").status == 200);
    gateway.signal_gateway(SIGHUP);
    BOOST_TEST(eventually([&] {
        return read_text(gateway.file("logs/gateway.log")).find("reloaded") != std::string::npos;
    }));
    simulation::GatewayClient another = gateway.client("internet", "medical:1319900021");
    BOOST_TEST(another.get("/v1/keys").status == 200);
    BOOST_TEST(gateway.stop_gateway() == 0);
}

BOOST_AUTO_TEST_CASE(is_an_adapters_too) {
    use_for_platform(token.uri());
    gateway.start();
    simulation::GatewayClient clinic = gateway.client("internet", "medical:1319900021");
    const auto sent =
        clinic.post_message({.id = "op-1",
                             .source = *model::parse_party_id("medical:1319900021"),
                             .type = "certification.opinion",
                             .person = model::Person{model::InsurerNumber{"139980"},
                                                     model::InsuredNumber{"0000000001"}},
                             .media_type = "text/csv; charset=Shift_JIS",
                             .format = "ikensho-csv:1.1",
                             .body = documents::an_opinion_csv({.office = "1319900021"})});
    BOOST_TEST(sent.status == 202, sent.words());
    BOOST_TEST(eventually([&] {
        return gateway.simulator("platform").get("/sim/state").json.integer_at("documents") == 1;
    }));
    BOOST_TEST(gateway.stop_gateway() == 0);
}

BOOST_AUTO_TEST_CASE(of_an_adapter_that_is_not_there_does_not_start) {
    use_for_platform(token.uri("another"));
    const auto missing = served();
    BOOST_TEST(missing.exit_code != 0);
    BOOST_TEST(missing.output.find("the token has no such private key") != std::string::npos,
               missing.output);
}

BOOST_AUTO_TEST_CASE(that_is_not_there_does_not_start) {
    use(token.uri("another"));
    const auto missing = served();
    BOOST_TEST(missing.exit_code != 0);
    BOOST_TEST(missing.output.find("the token has no such private key") != std::string::npos,
               missing.output);
}

BOOST_AUTO_TEST_CASE(whose_pin_is_wrong_does_not_start_and_its_pin_is_not_told) {
    use(token.uri());
    token.change_pin("98765");
    const auto wrong = served();
    BOOST_TEST(wrong.exit_code != 0);
    BOOST_TEST(wrong.output.find("or the PIN is wrong") != std::string::npos, wrong.output);
    BOOST_TEST(wrong.output.find("98765") == std::string::npos);
    BOOST_TEST(wrong.output.find("token=sekisho") == std::string::npos, wrong.output);
}

BOOST_AUTO_TEST_CASE(is_held_beside_its_certificate_by_the_doctor) {
    use(token.uri());
    const auto sound = diagnosed();
    const std::string its_line = "good  " + gateway.file("pki/gateway.pem") + " (internet): ";
    const auto at = sound.output.find(its_line);
    BOOST_TEST_REQUIRE(at != std::string::npos, sound.output);
    BOOST_TEST(sound.output.find("valid until", at) < sound.output.find('\n', at), sound.output);
    BOOST_TEST(sound.output.find("the key in the token") == std::string::npos, sound.output);
    token.change_pin("98765");
    const auto wrong = diagnosed();
    BOOST_TEST(wrong.output.find("the key in the token cannot be used") != std::string::npos,
               wrong.output);
    BOOST_TEST(wrong.output.find("98765") == std::string::npos);
    token.change_pin("1234");
    const SoftToken strangers{gateway.file("keys/receipt-1.pem")};
    gateway.amend("sekisho.json", token.uri(), strangers.uri());
    const auto other =
        run_program({"/usr/bin/env", strangers.environment(), DemoGateway::program("sekisho"),
                     "doctor", "--config", gateway.config_file()});
    BOOST_TEST(
        other.output.find("the key in the token is not this certificate's") != std::string::npos,
        other.output);
}

BOOST_AUTO_TEST_CASE(whose_pin_is_not_there_does_not_start_and_asks_nobody) {
    use(token.uri());
    token.change_pin("");
    const auto wrong = served();
    BOOST_TEST(wrong.exit_code != 0);
    BOOST_TEST(wrong.output.find("or the PIN is wrong") != std::string::npos, wrong.output);
}

BOOST_AUTO_TEST_CASE(whose_module_is_not_there_does_not_start) {
    use(token.uri());
    gateway.amend("sekisho.json", SoftToken::module(), "/nowhere/libtoken.so");
    const auto wrong = served();
    BOOST_TEST(wrong.exit_code != 0);
    BOOST_TEST(wrong.output.find("the PKCS#11 module cannot be used") != std::string::npos,
               wrong.output);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
