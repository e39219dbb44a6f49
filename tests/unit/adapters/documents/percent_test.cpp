#include "adapters/documents/percent.h"

#include <boost/test/unit_test.hpp>
#include <string_view>

#include "adapters/documents/utf8.h"

using namespace sekisho::documents;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(percent)

BOOST_AUTO_TEST_CASE(the_example_of_the_cloudevents_binding_holds) {
    BOOST_TEST(percent_encode("Euro € 😀") == "Euro%20%E2%82%AC%20%F0%9F%98%80");
    BOOST_TEST(percent_decode("Euro%20%E2%82%AC%20%F0%9F%98%80").value() == "Euro € 😀");
    BOOST_TEST(percent_decode("%e2%82%ac").value() == "€");
}

BOOST_AUTO_TEST_CASE(plain_text_stays_as_it_is) {
    BOOST_TEST(percent_encode("/medical/1319900013!~") == "/medical/1319900013!~");
    BOOST_TEST(percent_decode("a b~").value() == "a b~");
    BOOST_TEST(percent_decode("").value() == "");
    BOOST_TEST(percent_encode("\"%\"") == "%22%25%22");
}

BOOST_AUTO_TEST_CASE(one_round_is_decoded_and_no_more) {
    BOOST_TEST(percent_decode("%2541").value() == "%41");
}

BOOST_AUTO_TEST_CASE(a_quoted_string_is_unquoted_first) {
    BOOST_TEST(percent_decode(R"("a \"b\" %41")").value() == "a \"b\" A");
    for (const std::string_view text : {R"("open)", R"("a"b)", R"(a"b)", R"("a\)", R"("a\")"}) {
        BOOST_TEST(!percent_decode(text).has_value(), "should be refused: " << text);
    }
}

BOOST_AUTO_TEST_CASE(what_two_readers_would_differ_about_is_refused) {
    for (const std::string_view text :
         {"%"sv, "%4"sv, "%zz"sv, "a%"sv, "%E2%82"sv, "%C0%AF"sv, "%ED%A0%80"sv, "%00"sv,
          "%0D%0A"sv, "%7F"sv, "%C2%85"sv, "\t"sv, "\x7f"sv, "a\0b"sv, "\xE2\x82\xAC"sv, "%FF"sv}) {
        BOOST_TEST(!percent_decode(text).has_value(), "should be refused: " << text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(well_formed_text_is_utf8) {
    BOOST_TEST(is_utf8(""));
    BOOST_TEST(is_utf8("aé€😀"));
    BOOST_TEST(is_utf8("\xEF\xBF\xBF\xF4\x8F\xBF\xBF\xEE\x80\x80\xED\x9F\xBF"));
}

BOOST_AUTO_TEST_CASE(the_first_ill_formed_byte_is_found) {
    BOOST_TEST(first_ill_formed_utf8("ab\x80").value() == 2U);
    BOOST_TEST(first_ill_formed_utf8("あ\xC1\xBF").value() == 3U);
    BOOST_TEST(first_ill_formed_utf8("\xE0\x9F\xBF").value() == 0U);
    BOOST_TEST(first_ill_formed_utf8("\xF0\x8F\xBF\xBF").value() == 0U);
    BOOST_TEST(first_ill_formed_utf8("a\xED\xA0\x80").value() == 1U);
    BOOST_TEST(first_ill_formed_utf8("\xF5\x80\x80\x80").value() == 0U);
    BOOST_TEST(first_ill_formed_utf8("\xE3\x81").value() == 0U);
    BOOST_TEST(first_ill_formed_utf8("\xE3\x81\x41").value() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
