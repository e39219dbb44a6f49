#include "routing/model/identifiers.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <type_traits>

using namespace sekisho::model;

BOOST_AUTO_TEST_SUITE(identifiers)

BOOST_AUTO_TEST_CASE(the_worked_check_digits_come_out) {
    const std::pair<std::string_view, char> worked[] = {
        {"12219", '2'},     {"12206", '9'},  {"13114", '4'}, {"13101", '1'},     {"13110", '2'},
        {"13111", '0'},     {"12101", '2'},  {"01100", '7'}, {"27100", '7'},     {"14100", '2'},
        {"13998", '0'},     {"13996", '4'},  {"13995", '6'}, {"017021023", '1'}, {"012010001", '1'},
        {"011011371", '9'}, {"3312001", '5'}};
    for (const auto& [payload, digit] : worked) {
        BOOST_TEST_CONTEXT(payload) BOOST_TEST(modulus10_digit(payload).value() == digit);
    }
}

BOOST_AUTO_TEST_CASE(a_check_digit_is_made_of_digits_only) {
    BOOST_TEST(!modulus10_digit("").has_value());
    BOOST_TEST(!modulus10_digit("1221A").has_value());
    BOOST_TEST(!modulus10_digit(" 12219").has_value());
}

BOOST_AUTO_TEST_CASE(exactly_one_last_digit_holds_for_an_insurer) {
    for (char digit = '0'; digit <= '9'; ++digit) {
        const auto insurer = parse_insurer_number(std::string{"12219"} + digit).value();
        BOOST_TEST(check_digit_holds(insurer) == (digit == '2'));
    }
    BOOST_TEST(check_digit_holds(InsurerNumber{"131144"}));
    BOOST_TEST(check_digit_holds(InsurerNumber{"121012"}));
}

BOOST_AUTO_TEST_CASE(an_office_number_holds_by_all_nine_or_by_the_lower_six) {
    BOOST_TEST(check_digit_holds(OfficeNumber{"0170210231"}));
    BOOST_TEST(check_digit_holds(OfficeNumber{"0110113719"}));
    BOOST_TEST(!check_digit_holds(OfficeNumber{"0170210230"}));
    const std::string lower = "101137";
    const std::string other_prefecture = "131" + lower + *modulus10_digit(lower);
    BOOST_TEST(check_digit_holds(OfficeNumber{other_prefecture}));
}

BOOST_AUTO_TEST_CASE(the_letter_of_an_integrated_facility_counts_as_two) {
    BOOST_TEST(check_digit_holds(OfficeNumber{"01B0100011"}));
    BOOST_TEST(!check_digit_holds(OfficeNumber{"01B0100012"}));
}

BOOST_AUTO_TEST_CASE(an_insurer_number_is_six_digits) {
    BOOST_TEST(parse_insurer_number("139980").has_value());
    for (const auto* bad : {"", "13998", "1399800", "13998A", "139 80", "-13998", "１３９９８０"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_insurer_number(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(an_insured_number_is_ten_digits_or_h_and_nine) {
    BOOST_TEST(parse_insured_number("0000000001").has_value());
    BOOST_TEST(parse_insured_number("H000000004").has_value());
    for (const auto* bad : {"", "000000001", "00000000011", "h000000004", "HH00000004",
                            "00000H0004", "000000000A", "000000000 "}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_insured_number(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(an_office_number_may_have_one_capital_in_the_third_place) {
    BOOST_TEST(parse_office_number("1379900010").has_value());
    BOOST_TEST(parse_office_number("01B0100011").has_value());
    for (const auto* bad :
         {"", "137990001", "13799000100", "1A79900010", "13b9900010", "13B990001A"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_office_number(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_message_id_is_unreserved_characters_up_to_its_limit) {
    BOOST_TEST(parse_message_id("A-z0.9_~").has_value());
    BOOST_TEST(parse_message_id(std::string(128, 'a')).has_value());
    BOOST_TEST(!parse_message_id(std::string(129, 'a')).has_value());
    for (const auto* bad : {"", "a b", "a/b", "a%41", "a\n", "é"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_message_id(bad).has_value());
    }
    BOOST_TEST(!parse_message_id(std::string("a\0b", 3)).has_value());
}

BOOST_AUTO_TEST_CASE(a_business_key_is_printable_ascii_up_to_its_limit) {
    BOOST_TEST(parse_business_key("139980 / 2026-11 ~").has_value());
    BOOST_TEST(parse_business_key(std::string(256, '~')).has_value());
    BOOST_TEST(!parse_business_key(std::string(257, '~')).has_value());
    BOOST_TEST(!parse_business_key("").has_value());
    BOOST_TEST(!parse_business_key("a\tb").has_value());
    BOOST_TEST(!parse_business_key("依頼").has_value());
}

BOOST_AUTO_TEST_CASE(a_digest_is_written_in_lower_case_hex) {
    Sha256 digest{};
    digest[0] = 0xAB;
    digest[31] = 0x0F;
    BOOST_TEST(to_hex(digest) == "ab" + std::string(60, '0') + "0f");
}

BOOST_AUTO_TEST_CASE(identifiers_of_different_kinds_do_not_mix) {
    static_assert(!std::is_convertible_v<InsurerNumber, InsuredNumber>);
    static_assert(!std::is_constructible_v<InsurerNumber, InsuredNumber>);
    static_assert(!std::is_convertible_v<std::string, InsurerNumber>);
    BOOST_TEST((InsurerNumber{"139964"} < InsurerNumber{"139980"}));
}

BOOST_AUTO_TEST_CASE(a_person_is_the_pair_of_both_numbers) {
    const Person person{.insurer = InsurerNumber{"139980"}, .insured = InsuredNumber{"0000000001"}};
    Person moved = person;
    moved.insurer = InsurerNumber{"139964"};
    BOOST_TEST((person != moved));
    BOOST_TEST(std::hash<Person>{}(person) != std::hash<Person>{}(moved));
}

BOOST_AUTO_TEST_SUITE_END()
