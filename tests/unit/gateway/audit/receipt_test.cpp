#include "gateway/audit/receipt.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

#include "adapters/documents/base64.h"
#include "tests/support/fake_world.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::audit {

namespace {

using documents::Json;
using documents::to_base64url;
using model::Problem;

const model::PartyId kClinic{.kind = model::PartyKind::medical, .number = "1319900013"};

ReceiptClaims claims() {
    return {.issuer = "sekisho-demo",
            .accepted_at = tests::FakeClock::kStart + std::chrono::milliseconds{1999},
            .id = model::MessageId("m-1"),
            .source = kClinic,
            .author = kClinic,
            .type = model::TypeId("certification.opinion"),
            .sha256 = {0xAB},
            .size = 2048,
            .recipients = {{.kind = model::PartyKind::insurer, .number = "139980"}},
            .routes = 3,
            .log = 17,
            .log_origin = "sekisho-demo",
            .certificate = {0xFF}};
}

struct World {
    tests::SeededRandom random;
    platform::Keyring keyring = platform::Keyring::generate(random);
    Json jwks = to_jwks(keyring.receipt_keys());
    std::string jws = sign_receipt(claims(), keyring.receipt_key());

    // A receipt with another header, properly signed.
    std::string with_header(const std::string& header) const {
        const std::string text =
            to_base64url(header) + "." + to_base64url(documents::to_text(to_json(claims())));
        return text + "." + to_base64url(keyring.receipt_key().key.sign(text));
    }
};

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(receipt)

BOOST_AUTO_TEST_CASE(the_claims_are_those_of_the_published_interface) {
    BOOST_TEST(documents::to_text(to_json(claims())) ==
               R"({"iss":"sekisho-demo","iat":1795219201,"id":"m-1",)"
               R"("source":"/medical/1319900013","author":"medical:1319900013",)"
               R"("type":"jp.sekisho.certification.opinion",)"
               R"("sha256":"ab00000000000000000000000000000000000000000000000000000000000000",)"
               R"("size":2048,"recipients":["insurer:139980"],"routes":3,"log":17,)"
               R"("logorigin":"sekisho-demo",)"
               R"("x5t#S256":"_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
}

BOOST_AUTO_TEST_CASE(a_receipt_verifies_with_the_published_keys) {
    const World world;
    const auto verified = verify_receipt(world.jws, world.jwks);
    BOOST_REQUIRE(verified);
    BOOST_TEST((*verified == to_json(claims())));
}

BOOST_AUTO_TEST_CASE(every_changed_character_breaks_the_receipt) {
    const World world;
    for (std::size_t i = 0; i < world.jws.size(); ++i) {
        std::string changed = world.jws;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        BOOST_TEST(!verify_receipt(changed, world.jwks));
    }
}

BOOST_AUTO_TEST_CASE(another_algorithm_is_refused_even_when_signed) {
    const World world;
    for (const char* header :
         {R"({"alg":"none","kid":"receipt-1"})", R"({"alg":"es256","kid":"receipt-1"})",
          R"({"alg":"HS256","kid":"receipt-1"})", R"({"kid":"receipt-1"})",
          R"({"alg":["ES256"],"kid":"receipt-1"})",
          R"({"alg":"ES256","kid":"receipt-1","crit":["b64"],"b64":false})"}) {
        const auto verified = verify_receipt(world.with_header(header), world.jwks);
        BOOST_REQUIRE(!verified);
        BOOST_TEST((verified.error().problem == Problem::digest_mismatch));
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_published_is_refused) {
    World world;
    for (const char* header : {R"({"alg":"ES256","kid":"receipt-2"})", R"({"alg":"ES256"})",
                               R"({"alg":"ES256","kid":7})"}) {
        BOOST_TEST(!verify_receipt(world.with_header(header), world.jwks));
    }
    const platform::Keyring other = platform::Keyring::generate(world.random);
    BOOST_TEST(!verify_receipt(world.jws, to_jwks(other.receipt_keys())));
    BOOST_TEST(!verify_receipt(world.jws, Json::object()));
}

BOOST_AUTO_TEST_CASE(what_is_no_compact_jws_is_malformed) {
    const World world;
    const std::string header = to_base64url(R"({"alg":"ES256","kid":"receipt-1"})");
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
          world.jws + ".x", world.jws + "=", header + ".W10.AA", header + ".e30"}) {
        const auto verified = verify_receipt(text, world.jwks);
        BOOST_REQUIRE(!verified);
        BOOST_TEST((verified.error().problem == Problem::json_malformed));
    }
}

BOOST_AUTO_TEST_CASE(the_stock_jose_tool_verifies_a_receipt) {
    const World world;
    const tests::TemporaryFolder folder;
    write(folder / "receipt", world.jws);
    write(folder / "jwk", documents::to_text(world.jwks.find("keys")->items().front()));
    const std::string command = "jose jws ver -i '" + (folder / "receipt") + "' -k '" +
                                (folder / "jwk") + "' -O '" + (folder / "claims") + "'";
    BOOST_TEST(std::system(command.c_str()) == 0);
    BOOST_TEST(read(folder / "claims") == documents::to_text(to_json(claims())));
}

BOOST_AUTO_TEST_CASE(the_stock_jose_tool_refuses_a_changed_receipt) {
    const World world;
    const tests::TemporaryFolder folder;
    std::string changed = world.jws;
    const std::size_t middle = changed.find('.') + 10;
    changed[middle] = changed[middle] == 'A' ? 'B' : 'A';
    write(folder / "receipt", changed);
    write(folder / "jwk", documents::to_text(world.jwks.find("keys")->items().front()));
    const std::string command = "jose jws ver -i '" + (folder / "receipt") + "' -k '" +
                                (folder / "jwk") + "' -O /dev/null 2>/dev/null";
    BOOST_TEST(std::system(command.c_str()) != 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
