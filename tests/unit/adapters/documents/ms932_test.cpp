#include "adapters/documents/ms932.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "adapters/documents/utf8.h"

namespace {

using namespace sekisho;
using namespace std::string_view_literals;
using documents::decode_ms932;
using documents::encode_ms932;
using documents::find_ms932_faults;
using model::Problem;

std::string two(int lead, int trail) {
    return {static_cast<char>(lead), static_cast<char>(trail)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ms932)

BOOST_AUTO_TEST_CASE(the_table_is_microsofts) {
    BOOST_TEST(decode_ms932("\x81\x60").value() == "\uFF5E");  // ～, not 〜
    BOOST_TEST(decode_ms932("\x81\x7C").value() == "\uFF0D");  // －, not −
    BOOST_TEST(decode_ms932("\x81\x61").value() == "\u2225");
    BOOST_TEST(decode_ms932("\x81\x91\x81\x92\x81\xCA").value() == "\uFFE0\uFFE1\uFFE2");
    BOOST_TEST(decode_ms932("\\~").value() == "\\~");  // no yen sign, no overline
    BOOST_TEST(decode_ms932("\xB1\xDD").value() == "ｱﾝ");
    BOOST_TEST(decode_ms932("\x95\x5C\x83\x5C").value() == "表ソ");  // second bytes 0x5C
}

BOOST_AUTO_TEST_CASE(nec_and_ibm_extension_characters_are_characters) {
    BOOST_TEST(decode_ms932("\x87\x40").value() == "①");
    BOOST_TEST(decode_ms932("\x87\x8A").value() == "㈱");
    BOOST_TEST(decode_ms932("\xED\x40").value() == "纊");
    BOOST_TEST(decode_ms932("\xFA\x40").value() == "ⅰ");
    BOOST_TEST(decode_ms932("\xFB\xFC").value() == "髙");
    BOOST_TEST(decode_ms932("\xFC\x4B").value() == "黑");
}

BOOST_AUTO_TEST_CASE(bytes_of_ascii_mean_themselves) {
    std::string ascii;
    for (int i = 0; i < 128; ++i) ascii.push_back(static_cast<char>(i));
    BOOST_TEST(decode_ms932(ascii).value() == ascii);
    BOOST_TEST(encode_ms932(ascii).value() == ascii);
}

BOOST_AUTO_TEST_CASE(every_user_defined_character_is_named_as_such) {
    for (int lead = 0xF0; lead <= 0xF9; ++lead) {
        for (int trail = 0x40; trail <= 0xFC; ++trail) {
            if (trail == 0x7F) continue;
            const auto faults = find_ms932_faults("a" + two(lead, trail));
            BOOST_REQUIRE_EQUAL(faults.size(), 1U);
            BOOST_REQUIRE(
                (faults[0] == documents::Ms932Fault{
                                  .offset = 1, .length = 2, .code = Problem::private_character}));
        }
    }
}

BOOST_AUTO_TEST_CASE(undefined_bytes_are_faults_and_never_substitutes) {
    for (const std::string_view bytes :
         {"\x80"sv, "\xA0"sv, "\xFD"sv, "\xFE"sv, "\xFF"sv, "\x81"sv, "\x81\x20"sv, "\x81\x7F"sv,
          "\x81\xFD"sv, "\x85\x40"sv, "\x81\xAD"sv, "\x82\x41"sv, "\xFC\x4C"sv, "\xEF\x40"sv,
          "\x98\x73"sv}) {
        const auto faults = find_ms932_faults(bytes);
        BOOST_REQUIRE_MESSAGE(!faults.empty(), "should be a fault: " << bytes);
        BOOST_TEST((faults[0].code == Problem::encoding_invalid));
        BOOST_TEST(faults[0].offset == 0U);
        BOOST_TEST(!decode_ms932(bytes).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_lead_byte_does_not_swallow_a_quote_or_line_end) {
    const auto faults = find_ms932_faults("\x81\"\x81\r\n\x85");
    BOOST_REQUIRE_EQUAL(faults.size(), 3U);
    BOOST_TEST(faults[0].offset == 0U);
    BOOST_TEST(faults[0].length == 1U);
    BOOST_TEST(faults[1].offset == 2U);
    BOOST_TEST(faults[2].offset == 5U);
}

BOOST_AUTO_TEST_CASE(several_faults_are_found_in_order_up_to_the_limit) {
    const std::string bytes = "\x82\xA0\xF0\x40\x82\xA2\x80\xF9\xFC";
    const auto faults = find_ms932_faults(bytes);
    BOOST_REQUIRE_EQUAL(faults.size(), 3U);
    BOOST_TEST(faults[0].offset == 2U);
    BOOST_TEST((faults[0].code == Problem::private_character));
    BOOST_TEST(faults[1].offset == 6U);
    BOOST_TEST((faults[1].code == Problem::encoding_invalid));
    BOOST_TEST(faults[2].offset == 7U);
    BOOST_TEST(find_ms932_faults(bytes, 2).size() == 2U);
    BOOST_TEST(find_ms932_faults(bytes, 0).empty());
    BOOST_TEST(find_ms932_faults(std::string(1000, '\x80')).size() ==
               model::limits::kLocatedErrorsMax);
}

BOOST_AUTO_TEST_CASE(what_decodes_is_utf8_without_private_or_replacement_characters) {
    std::size_t characters = 0;
    for (int lead = 0x81; lead <= 0xFC; ++lead) {
        for (int trail = 0x40; trail <= 0xFC; ++trail) {
            const auto text = decode_ms932(two(lead, trail));
            if (!text) continue;
            ++characters;
            BOOST_REQUIRE(documents::is_utf8(*text));
            BOOST_REQUIRE(text->find("\uFFFD") == std::string::npos);
            BOOST_REQUIRE(text->find('\x1A') == std::string::npos);
        }
    }
    // 0xA0-0xDF are single bytes, so two of them (64 leads less A0, 63 half-width trails) also
    // count here.
    BOOST_TEST(characters > 7724U);
}

BOOST_AUTO_TEST_CASE(text_is_encoded_or_refused_and_comes_back_the_same) {
    BOOST_TEST(encode_ms932("架空 太郎①～ｱ").value() ==
               "\x89\xCB\x8B\xF3 \x91\xBE\x98\x59\x87\x40\x81\x60\xB1");
    for (const std::string_view text :
         {"〜"sv, "−"sv, "𠮷"sv, "é"sv, "\uE000"sv, "¥"sv, "\xFF"sv, "😀"sv}) {
        BOOST_TEST(!encode_ms932(text).has_value(), "should be refused: " << text);
    }
    BOOST_TEST(encode_ms932("").value().empty());
}

BOOST_AUTO_TEST_SUITE_END()
