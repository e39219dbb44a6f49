// Bytes that are overwritten when they go.
#include "gateway/platform/secret_bytes.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

namespace sekisho::platform {

namespace {

bool stands_in(std::span<const unsigned char> memory, std::string_view text) {
    const std::string_view bytes{reinterpret_cast<const char*>(memory.data()), memory.size()};
    return bytes.find(text) != std::string_view::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_bytes)

BOOST_AUTO_TEST_CASE(take_what_fits_and_nothing_more) {
    SecretBytes secret;
    BOOST_TEST(secret.empty());
    BOOST_TEST(secret.append("12"));
    BOOST_TEST(secret.append("34"));
    BOOST_TEST(secret.bytes() == "1234");
    BOOST_TEST(!secret.append(std::string(SecretBytes::kCapacity, 'x')));
    BOOST_TEST(secret.bytes() == "1234");
    BOOST_TEST(secret.append(std::string(SecretBytes::kCapacity - 4, 'x')));
    BOOST_TEST(!secret.append("x"));
    secret.clear();
    BOOST_TEST(secret.empty());
}

BOOST_AUTO_TEST_CASE(are_overwritten_when_they_are_cleared_moved_from_or_gone) {
    alignas(SecretBytes) std::array<unsigned char, sizeof(SecretBytes)> place{};
    auto* secret = std::construct_at(reinterpret_cast<SecretBytes*>(place.data()));
    BOOST_TEST(secret->append("secret"));
    BOOST_TEST(stands_in(place, "secret"));
    secret->clear();
    BOOST_TEST(!stands_in(place, "secret"));
    BOOST_TEST(secret->append("secret"));
    SecretBytes taken = std::move(*secret);
    BOOST_TEST(taken.bytes() == "secret");
    BOOST_TEST(!stands_in(place, "secret"));
    *secret = std::move(taken);
    BOOST_TEST(stands_in(place, "secret"));
    BOOST_TEST(secret->duplicate().bytes() == "secret");
    std::destroy_at(secret);
    BOOST_TEST(!stands_in(place, "secret"));
}

BOOST_AUTO_TEST_CASE(a_byte_that_is_taken_off_is_overwritten_too) {
    SecretBytes secret;
    BOOST_TEST(secret.append("1234\r"));
    secret.remove_last();
    BOOST_TEST(secret.bytes() == "1234");
}

BOOST_AUTO_TEST_CASE(the_same_secrets_are_the_same_and_no_others) {
    BOOST_TEST(same_secret("", ""));
    BOOST_TEST(same_secret("123456", "123456"));
    BOOST_TEST(!same_secret("123456", "123457"));
    BOOST_TEST(!same_secret("123456", "023456"));
    BOOST_TEST(!same_secret("123456", "12345"));
    BOOST_TEST(!same_secret("", "1"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
