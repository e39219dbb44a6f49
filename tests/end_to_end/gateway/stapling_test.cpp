// The status of the gateway's own certificate, as every client gets it with the handshake.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <signal.h>

#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/demo/ocsp_responder.h"

namespace sekisho::tests {

namespace {

const std::string kNames = "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
const std::string kNewKey =
    "new_key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=$1"
    " -keyout $2 -out new.csr; }\n";

// A gateway whose internet zone staples by a responder with that index.
struct StaplingWorld {
    DemoGateway gateway;

    std::string serial() const {
        const auto told = run_program({"/usr/bin/openssl", "x509", "-in",
                                       gateway.file("pki/gateway.pem"), "-noout", "-serial"});
        const auto begin = told.output.find('=') + 1;
        return told.output.substr(begin, told.output.find('\n') - begin);
    }
    ResponderPki pki() const {
        const std::string authority = read_text(gateway.file("pki/server-ca.pem"));
        return {.authority = authority,
                .signer = authority,
                .signer_key = read_text(gateway.file("pki/authority/server.key"))};
    }
    void start(const OcspResponder& responder) {
        gateway.amend(
            "sekisho.json", R"("name": "internet",)",
            R"("name": "internet", "stapling": { "url": ")" + responder.url() + R"(" },)");
        gateway.start();
    }
    // Run in the folder of the PKI.
    void with_openssl(const std::string& commands) const {
        const auto made = run_program(
            {"/bin/sh", "-ec", "cd '" + gateway.file("pki") + "'\n" + kNewKey + commands});
        BOOST_TEST_REQUIRE(made.exit_code == 0, made.output);
    }
    // The zone's certificate and key replaced, by the same authority.
    void issue_anew(const std::string& serial) const {
        std::ofstream{gateway.file("names")} << kNames;
        with_openssl(
            "new_key sekisho gateway.key\n"
            "openssl x509 -req -in new.csr -CA server-ca.pem -CAkey authority/server.key -days 2"
            " -set_serial 0x" +
            serial +
            " -extfile ../names -out new.pem\n"
            "cat new.pem server-ca.pem >gateway.pem\n");
    }
    // The same by an authority below it, which has a responder.
    ResponderPki issue_below_an_intermediate(const std::string& serial) const {
        std::ofstream{gateway.file("names")} << kNames;
        std::ofstream{gateway.file("rights")}
            << "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
        std::ofstream{gateway.file("answers")} << "extendedKeyUsage=OCSPSigning\n";
        with_openssl(
            "new_key Issuing below.key\n"
            "openssl x509 -req -in new.csr -CA server-ca.pem -CAkey authority/server.key -days 2"
            " -set_serial 0x51 -extfile ../rights -out below.pem\n"
            "new_key Answering answering.key\n"
            "openssl x509 -req -in new.csr -CA below.pem -CAkey below.key -days 1"
            " -set_serial 0x52 -extfile ../answers -out answering.pem\n"
            "new_key sekisho gateway.key\n"
            "openssl x509 -req -in new.csr -CA below.pem -CAkey below.key -days 2 -set_serial 0x" +
            serial +
            " -extfile ../names -out new.pem\n"
            "cat new.pem below.pem >gateway.pem\n");
        return {.authority = read_text(gateway.file("pki/below.pem")),
                .signer = read_text(gateway.file("pki/answering.pem")),
                .signer_key = read_text(gateway.file("pki/answering.key"))};
    }
    std::string shake_hands() const {
        return run_program({"/bin/sh", "-c",
                            "exec /usr/bin/openssl s_client -status -tls1_3 -connect 127.0.0.1:" +
                                std::to_string(gateway.internet_port()) + " -CAfile " +
                                gateway.file("pki/server-ca.pem") + " -cert " +
                                gateway.file("pki/medical-1319900021.pem") + " -key " +
                                gateway.file("pki/medical-1319900021.key") + " </dev/null"})
            .output;
    }
    bool staples(const std::string& words) const {
        std::string said;
        const bool told = eventually(
            [&] {
                said = shake_hands();
                return said.find(words) != std::string::npos;
            },
            200);
        if (!told) BOOST_TEST_MESSAGE(said);
        return told;
    }
    bool logs(const std::string& words) const {
        return eventually([&] {
            return read_text(gateway.file("logs/gateway.log")).find(words) != std::string::npos;
        });
    }
};

const std::vector<std::string> kForFiveMinutes{"-nmin", "5"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_stapled_certificate, StaplingWorld)

BOOST_AUTO_TEST_CASE(is_good_in_the_words_of_its_authority) {
    const OcspResponder responder{OcspResponder::valid(serial()), pki(), kForFiveMinutes};
    start(responder);
    BOOST_TEST(staples("Cert Status: good"));
    BOOST_TEST(shake_hands().find("Verify return code: 0 (ok)") != std::string::npos);
    BOOST_TEST(gateway.stop_gateway() == 0);
}

BOOST_AUTO_TEST_CASE(is_good_in_the_words_of_an_authority_below_a_root) {
    const ResponderPki below = issue_below_an_intermediate("53");
    const OcspResponder responder{OcspResponder::valid("53"), below, kForFiveMinutes};
    start(responder);
    BOOST_TEST(staples("Cert Status: good"));
    BOOST_TEST(shake_hands().find("Verify return code: 0 (ok)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keeps_its_staple_while_the_responder_is_away) {
    OcspResponder responder{OcspResponder::valid(serial()), pki(), kForFiveMinutes};
    start(responder);
    BOOST_TEST(staples("Cert Status: good"));
    responder.stop();
    gateway.signal_gateway(SIGHUP);
    BOOST_TEST(logs("the responder does not answer"));
    BOOST_TEST(staples("Cert Status: good"));
}

BOOST_AUTO_TEST_CASE(has_none_when_it_is_revoked_and_the_operator_is_told) {
    const OcspResponder responder{OcspResponder::revoked(serial()), pki(), kForFiveMinutes};
    start(responder);
    BOOST_TEST(logs("the certificate of this zone is revoked"));
    BOOST_TEST(staples("OCSP response: no response sent"));
}

BOOST_AUTO_TEST_CASE(has_none_that_would_never_end) {
    const OcspResponder responder{OcspResponder::valid(serial()), pki()};
    start(responder);
    BOOST_TEST(logs("no nextUpdate to come"));
    BOOST_TEST(staples("OCSP response: no response sent"));
}

BOOST_AUTO_TEST_CASE(is_replaced_with_its_own_staple) {
    const std::string next = "1234ABCD";
    const OcspResponder responder{OcspResponder::valid(serial()) + OcspResponder::valid(next),
                                  pki(), kForFiveMinutes};
    start(responder);
    BOOST_TEST(staples("Serial Number: " + serial()));
    issue_anew(next);
    gateway.signal_gateway(SIGHUP);
    BOOST_TEST(staples("Serial Number: " + next));
    BOOST_TEST(shake_hands().find("Cert Status: good") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
