// Whose cards count is what the configuration says since the last reload.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <signal.h>

#include "adapters/documents/base64.h"
#include "gateway/platform/system.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/test_jpki.h"

namespace sekisho::tests {

namespace {

using documents::Json;
using simulation::GatewayReply;

// A card of `jpki`, of which nobody knows whose it is, is shown at an office.
GatewayReply show_card(simulation::GatewayClient& office, const TestJpki& jpki) {
    const auto offer = office.post("/v1/admissions/challenge", R"({"purpose":"admission"})");
    BOOST_TEST_REQUIRE(offer.status == 201, offer.words());
    const auto challenge =
        documents::from_base64url(offer.json.string_at("challenge").value_or("")).value();
    const Json evidence =
        Json::object()
            .set("method", "card")
            .set("challenge", std::string{offer.json.string_at("id").value_or("")})
            .set("certificate", documents::to_base64(jpki.card()))
            .set("signature", documents::to_base64(jpki.sign(challenge)));
    return office.post("/v1/admissions", documents::to_text(evidence));
}

void write(const std::string& path, const std::string& text) {
    std::ofstream{path, std::ios::binary} << text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_reload)

BOOST_AUTO_TEST_CASE(takes_the_authorities_of_cards_and_what_they_revoked_anew) {
    const TestJpki jpki{platform::SystemClock{}.now()};
    DemoGateway gateway;
    gateway.start();
    auto hospital = gateway.client("internet", "medical:1319900013");
    const auto before = show_card(hospital, jpki);
    // It names the authority that the gateway knows, and is signed by another one.
    BOOST_TEST(before.problem() == "card-certificate-forged");
    const auto reloaded_until = [&](const std::string& problem) {
        gateway.signal_gateway(SIGHUP);
        return eventually([&] { return show_card(hospital, jpki).problem() == problem; }, 300);
    };
    write(gateway.file("pki/jpki-auth-ca.pem"), jpki.authority_pem());
    write(gateway.file("pki/jpki-auth.crl"), jpki.revocation_list({}));
    BOOST_TEST(reloaded_until("holder-unknown"));
    write(gateway.file("pki/jpki-auth.crl"), jpki.revocation_list({.revoked = {kCardSerial}}));
    BOOST_TEST(reloaded_until("card-certificate-revoked"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
