#include "gateway/platform/log_key.h"

#include <boost/test/unit_test.hpp>

#include "gateway/platform/crypto.h"

namespace sekisho::platform {

namespace {

std::string from_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_key)

// RFC 8032 section 7.1, test 2: one byte.
BOOST_AUTO_TEST_CASE(a_published_signature_holds) {
    const std::string key =
        from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const std::string signature = from_hex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    BOOST_TEST(verify_ed25519(key, "r", signature));
    BOOST_TEST(!verify_ed25519(key, "s", signature));
}

BOOST_AUTO_TEST_CASE(what_a_key_signs_holds_for_it_alone) {
    const LogKey key = LogKey::make();
    const std::string signature = key.sign("text");
    BOOST_TEST(signature.size() == 64U);
    BOOST_TEST(verify_ed25519(key.public_key(), "text", signature));
    BOOST_TEST(!verify_ed25519(LogKey::make().public_key(), "text", signature));
    BOOST_TEST(!verify_ed25519(key.public_key(), "text", signature.substr(1)));
    BOOST_TEST(!verify_ed25519(key.public_key().substr(1), "text", signature));
    BOOST_TEST(!verify_ed25519("", "text", ""));
}

BOOST_AUTO_TEST_CASE(a_key_survives_its_file) {
    const LogKey key = LogKey::make();
    const auto again = LogKey::from_pem(key.to_pem());
    BOOST_REQUIRE(again);
    BOOST_TEST(again->public_key() == key.public_key());
}

BOOST_AUTO_TEST_CASE(another_kind_of_key_and_no_key_are_refused) {
    BOOST_TEST(!LogKey::from_pem(SigningKey::make().to_pem()));
    BOOST_TEST(!LogKey::from_pem("-----BEGIN PRIVATE KEY-----"));
    BOOST_TEST(!LogKey::from_pem(""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
