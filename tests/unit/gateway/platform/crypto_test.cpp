#include "gateway/platform/crypto.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/fake_world.h"

namespace sekisho::platform {

BOOST_AUTO_TEST_SUITE(crypto)

// FIPS 180-4 example "abc".
constexpr std::string_view kAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

BOOST_AUTO_TEST_CASE(sha256_gives_the_published_digest_whole_and_in_pieces) {
    BOOST_TEST(model::to_hex(sha256("abc")) == kAbc);
    Sha256Stream stream;
    stream.update("a");
    Sha256Stream moved = std::move(stream);
    moved.update("");
    moved.update("bc");
    BOOST_TEST(model::to_hex(moved.finish()) == kAbc);
}

BOOST_AUTO_TEST_CASE(hmac_gives_the_digest_of_rfc_4231_case_1_under_a_padded_key) {
    // HMAC pads a key with zeros to the block, so the 20 bytes 0x0b are the same key as 32 bytes of
    // it.
    std::string key(20, '\x0b');
    key.resize(32, '\0');
    BOOST_TEST(model::to_hex(hmac_sha256(SecretKey::from_bytes(key).value(), "Hi There")) ==
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

BOOST_AUTO_TEST_CASE(a_key_is_32_bytes_and_nothing_else) {
    BOOST_TEST(!SecretKey::from_bytes(std::string(31, 'k')));
    BOOST_TEST(!SecretKey::from_bytes(std::string(33, 'k')));
    BOOST_TEST(SecretKey::from_bytes(std::string(32, 'k'))->bytes() == std::string(32, 'k'));
}

BOOST_AUTO_TEST_CASE(what_was_sealed_is_opened_with_the_same_key_nonce_and_context_only) {
    tests::SeededRandom random;
    const SecretKey key = SecretKey::make(random);
    const Nonce nonce{1};
    const std::string sealed = seal(key, nonce, "context", "plain text");
    BOOST_TEST(sealed.size() == 10U + 16U);
    BOOST_TEST(sealed.find("plain") == std::string::npos);
    BOOST_TEST(open(key, nonce, "context", sealed).value() == "plain text");
    BOOST_TEST(!open(key, nonce, "other", sealed));
    BOOST_TEST(!open(key, Nonce{2}, "context", sealed));
    BOOST_TEST(!open(SecretKey::make(random), nonce, "context", sealed));
    BOOST_TEST(!open(key, nonce, "context", sealed.substr(1)));
    BOOST_TEST(!open(key, nonce, "context", "short"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        BOOST_TEST(!open(key, nonce, "context", changed));
    }
}

BOOST_AUTO_TEST_CASE(sealing_nothing_works) {
    const SecretKey key = SecretKey::from_bytes(std::string(32, 'k')).value();
    const std::string sealed = seal(key, {}, "", "");
    BOOST_TEST(sealed.size() == 16U);
    BOOST_TEST(open(key, {}, "", sealed).value().empty());
}

BOOST_AUTO_TEST_CASE(a_signature_is_64_bytes_and_verifies_by_the_public_point) {
    const SigningKey key = SigningKey::make();
    BOOST_TEST(key.x().size() == 32U);
    BOOST_TEST(key.y().size() == 32U);
    const std::string signature = key.sign("text");
    BOOST_TEST(signature.size() == 64U);
    BOOST_TEST(verify_es256(key.x(), key.y(), "text", signature));
    BOOST_TEST(!verify_es256(key.x(), key.y(), "other", signature));
    BOOST_TEST(!verify_es256(key.y(), key.x(), "text", signature));
    BOOST_TEST(!verify_es256(key.x(), key.y(), "text", signature + "x"));
    BOOST_TEST(!verify_es256(key.x(), key.y(), "text", std::string(64, '\0')));
    BOOST_TEST(!verify_es256("", "", "text", signature));
    const SigningKey other = SigningKey::make();
    BOOST_TEST(!verify_es256(other.x(), other.y(), "text", signature));
}

BOOST_AUTO_TEST_CASE(a_signing_key_survives_its_pem) {
    const SigningKey key = SigningKey::make();
    const auto again = SigningKey::from_pem(key.to_pem());
    BOOST_REQUIRE(again);
    BOOST_TEST(again->x() == key.x());
    BOOST_TEST(verify_es256(key.x(), key.y(), "text", again->sign("text")));
}

BOOST_AUTO_TEST_CASE(a_pem_that_is_no_p256_private_key_is_refused) {
    BOOST_TEST(!SigningKey::from_pem(""));
    BOOST_TEST(
        !SigningKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
