#include "adapters/documents/base64.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace sekisho::documents;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(the_vectors_of_rfc_4648_hold) {
    constexpr std::pair<std::string_view, std::string_view> kVectors[] = {{"", ""},
                                                                          {"f", "Zg=="},
                                                                          {"fo", "Zm8="},
                                                                          {"foo", "Zm9v"},
                                                                          {"foob", "Zm9vYg=="},
                                                                          {"fooba", "Zm9vYmE="},
                                                                          {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : kVectors) {
        BOOST_TEST(to_base64(bytes) == text);
        BOOST_TEST(from_base64(text).value() == bytes);
    }
}

BOOST_AUTO_TEST_CASE(every_byte_survives_both_alphabets) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        const std::string_view part = std::string_view{bytes}.substr(256 - length);
        BOOST_TEST(from_base64(to_base64(part)).value() == part);
        BOOST_TEST(from_base64url(to_base64url(part)).value() == part);
    }
}

BOOST_AUTO_TEST_CASE(the_url_alphabet_has_no_padding_and_other_signs) {
    BOOST_TEST(to_base64("\xfb\xff"sv) == "+/8=");
    BOOST_TEST(to_base64url("\xfb\xff"sv) == "-_8");
    BOOST_TEST(!from_base64url("-_8=").has_value());
    BOOST_TEST(!from_base64url("+/8").has_value());
    BOOST_TEST(!from_base64("-_8=").has_value());
}

BOOST_AUTO_TEST_CASE(what_has_two_readings_is_refused) {
    for (const std::string_view text :
         {"Z"sv, "Zg"sv, "Zg="sv, "Zg==="sv, "Zm9v="sv, "===="sv, "="sv, "Zh=="sv, "Zm9="sv,
          "Z==="sv, "Zg==Zg=="sv, "Zm9v\n"sv, " Zm9v"sv, "Zm\n9v"sv, "Zm9v\0"sv, "Zm9\xff"sv,
          "Zg=A"sv}) {
        BOOST_TEST(!from_base64(text).has_value(), "should be refused: " << text);
    }
    BOOST_TEST(!from_base64url("Zh").has_value());
    BOOST_TEST(!from_base64url("Z").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
