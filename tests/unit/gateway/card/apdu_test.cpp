// Commands byte for byte, and what is read out of answers.
#include "gateway/card/apdu.h"

#include <boost/test/unit_test.hpp>

#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"
#include "tests/unit/gateway/card/card_desk.h"

using namespace sekisho;
using tests::bytes;

namespace {

std::string hex(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string digits;
    for (const char c : text) {
        const auto value = static_cast<unsigned char>(c);
        digits.push_back(kDigits[value >> 4U]);
        digits.push_back(kDigits[value & 0xFU]);
    }
    return digits;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(apdu)

BOOST_AUTO_TEST_CASE(commands_are_the_bytes_that_the_application_knows) {
    BOOST_TEST(hex(card::select_application().bytes()) == "00A4040C0AD392F000260100000001");
    BOOST_TEST(hex(card::select_file(card::File::authentication_pin).bytes()) == "00A4020C020018");
    BOOST_TEST(hex(card::read_binary(0x0123, 4).bytes()) == "00B0012304");
    BOOST_TEST(hex(card::read_binary(0, 256).bytes()) == "00B0000000");
    BOOST_TEST(hex(card::ask_tries().bytes()) == "00200080");
    BOOST_TEST(hex(card::verify(tests::pin_of("1234")).bytes()) == "002000800431323334");
    const auto digest = platform::sha256("challenge");
    const std::string_view digest_bytes{reinterpret_cast<const char*>(digest.data()),
                                        digest.size()};
    BOOST_TEST(hex(card::sign(digest).bytes()) ==
               "802A0080333031300D060960864801650304020105000420" + hex(digest_bytes) + "00");
}

BOOST_AUTO_TEST_CASE(an_answer_ends_with_its_status_words) {
    const auto answer = card::parse_response(bytes({0x41, 0x42, 0x62, 0x82}));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->data == "AB");
    BOOST_TEST(answer->status == 0x6282);
    BOOST_TEST(card::parse_response(bytes({0x90, 0x00}))->data.empty());
    BOOST_TEST(card::parse_response(std::string(258, '\x01')).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_too_short_or_too_long_is_no_answer) {
    BOOST_TEST(!card::parse_response("").has_value());
    BOOST_TEST(!card::parse_response(bytes({0x90})).has_value());
    BOOST_TEST(!card::parse_response(std::string(259, '\x01')).has_value());
}

BOOST_AUTO_TEST_CASE(tries_are_told_by_63cx_and_a_blocked_pin_has_none) {
    BOOST_TEST(card::tries_of(0x63C3).value() == 3);
    BOOST_TEST(card::tries_of(0x63C0).value() == 0);
    BOOST_TEST(card::tries_of(0x6983).value() == 0);
    BOOST_TEST(card::tries_of(0x6984).value() == 0);
    for (const int other : {0x9000, 0x6300, 0x63B3, 0x6982, 0x6700, 0x0000}) {
        BOOST_TEST(!card::tries_of(static_cast<card::StatusWords>(other)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_certificates_length_is_learnt_from_its_first_bytes) {
    BOOST_TEST(card::certificate_size(bytes({0x30, 0x82, 0x06, 0x10})).value() == 0x614U);
    BOOST_TEST(card::certificate_size(bytes({0x30, 0x81, 0x80, 0x30})).value() == 0x83U);
    BOOST_TEST(card::certificate_size(bytes({0x30, 0x10, 0x30, 0x01})).value() == 0x12U);
    const std::size_t most = model::limits::kCardCertificateBytesMax - 4;
    const int high = static_cast<int>(most >> 8U);
    const int low = static_cast<int>(most & 0xFFU);
    BOOST_TEST(card::certificate_size(bytes({0x30, 0x82, high, low})).has_value());
    BOOST_TEST(!card::certificate_size(bytes({0x30, 0x82, high, low + 1})).has_value());
}

BOOST_AUTO_TEST_CASE(a_length_that_der_does_not_write_so_is_no_certificate) {
    for (const std::string& head :
         {bytes({0x31, 0x82, 0x06, 0x10}),  // a SET
          bytes({0x30, 0x80, 0x30, 0x82}),  // indefinite
          bytes({0x30, 0x83, 0x00, 0x06}),  // three bytes
          bytes({0x30, 0x84, 0xFF, 0xFF}),  // four
          bytes({0x30, 0x82, 0x00, 0xFF}),  // one would do
          bytes({0x30, 0x81, 0x7F, 0x30}),  // none would do
          bytes({0x30, 0x01, 0x00, 0x00}),  // ends within the four bytes that were read
          bytes({0x30, 0x82, 0xFF, 0xFF}),  // beyond what is read
          bytes({0x00, 0x00, 0x00, 0x00}), bytes({0xFF, 0xFF, 0xFF, 0xFF}), bytes({0x30, 0x82}),
          std::string{}}) {
        BOOST_TEST(!card::certificate_size(head).has_value(), hex(head));
    }
}

BOOST_AUTO_TEST_CASE(a_card_is_told_from_other_tokens_by_its_name) {
    using card::Token;
    BOOST_TEST((card::token_of("JPKIAPICCTOKEN2                 ") == Token::my_number_card));
    BOOST_TEST((card::token_of("JPKIAPICCTOKEN2") == Token::my_number_card));
    BOOST_TEST((card::token_of("JPKIAPICCTOKEN                  ") == Token::resident_card));
    BOOST_TEST((card::token_of("JPKIAPGPSETOKEN                 ") == Token::smartphone));
    BOOST_TEST((card::token_of("JPKIAPIOSTOKEN                  ") == Token::smartphone));
    for (const char* other :
         {"", "    ", "JPKIAPICCTOKEN22", "XJPKIAPICCTOKEN2", "jpkiapicctoken2"}) {
        BOOST_TEST((card::token_of(other) == Token::unknown), other);
    }
}

BOOST_AUTO_TEST_SUITE_END()
