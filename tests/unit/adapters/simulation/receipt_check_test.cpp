#include "adapters/simulation/day/receipt_check.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"

using namespace sekisho;
using documents::Json;

namespace {

struct Signed {
    platform::SigningKey key = platform::SigningKey::make();
    Json jwks =
        Json::object().set("keys", Json::array({Json::object()
                                                    .set("kty", "EC")
                                                    .set("crv", "P-256")
                                                    .set("kid", "k1")
                                                    .set("x", documents::to_base64url(key.x()))
                                                    .set("y", documents::to_base64url(key.y()))}));
    std::string body = "the document";

    std::string receipt(const std::string& header = R"({"alg":"ES256","kid":"k1"})") const {
        const Json claims = Json::object()
                                .set("id", "m-1")
                                .set("source", "/medical/1319900021")
                                .set("type", "jp.sekisho.certification.opinion")
                                .set("sha256", simulation::sha256_hex(body))
                                .set("size", Json::number(static_cast<std::int64_t>(body.size())));
        const std::string text =
            documents::to_base64url(header) + "." + documents::to_base64url(to_text(claims));
        return text + "." + documents::to_base64url(key.sign(text));
    }
    auto checked(const std::string& jws, std::string_view bytes,
                 const std::string& id = "m-1") const {
        return simulation::check_receipt(jws, jwks,
                                         {.source = "/medical/1319900021",
                                          .id = id,
                                          .type = "jp.sekisho.certification.opinion",
                                          .body = bytes});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(receipt_check, Signed)

BOOST_AUTO_TEST_CASE(a_receipt_for_what_was_sent_is_verified) {
    const auto claims = checked(receipt(), body);
    BOOST_REQUIRE_MESSAGE(claims, claims.error());
    BOOST_TEST(claims->string_at("id").value_or("") == "m-1");
}

BOOST_AUTO_TEST_CASE(a_receipt_for_anything_else_is_not) {
    BOOST_TEST(!checked(receipt(), "another document"));
    BOOST_TEST(!checked(receipt(), body, "m-2"));
}

BOOST_AUTO_TEST_CASE(an_altered_receipt_is_not_verified) {
    std::string altered = receipt();
    altered[altered.find('.') + 5] ^= 1;
    BOOST_TEST(!checked(altered, body));
    const platform::SigningKey other = platform::SigningKey::make();
    const std::string text = altered.substr(0, altered.rfind('.'));
    BOOST_TEST(!checked(text + "." + documents::to_base64url(other.sign(text)), body));
}

BOOST_AUTO_TEST_CASE(another_algorithm_or_an_unpublished_key_is_not_verified) {
    BOOST_TEST(!checked(receipt(R"({"alg":"none","kid":"k1"})"), body));
    BOOST_TEST(!checked(receipt(R"({"alg":"ES256","kid":"k2"})"), body));
    BOOST_TEST(!checked(receipt(R"({"alg":"ES256"})"), body));
}

BOOST_AUTO_TEST_CASE(what_is_no_jws_is_not_verified) {
    for (const char* text : {"", ".", "..", "a.b", "a.b.c", "a.b.c.d"})
        BOOST_CHECK_MESSAGE(!checked(text, body), text);
}

BOOST_AUTO_TEST_SUITE_END()
