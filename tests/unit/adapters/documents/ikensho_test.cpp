#include "adapters/documents/ikensho.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/csv.h"
#include "adapters/documents/ms932.h"
#include "adapters/documents/samples.h"

namespace {

using namespace sekisho;
using documents::an_opinion_csv;
using documents::OpinionSample;
using model::LocatedError;
using model::Problem;

const documents::FormatContext kContext{.unions = nullptr, .file = "opinion.csv"};

documents::DocumentFacts facts(const std::string& bytes,
                               const documents::FormatContext& context = kContext) {
    auto result = documents::ikensho_format()->read(bytes, context);
    BOOST_REQUIRE(result.has_value());
    return std::move(*result);
}

std::vector<LocatedError> errors(const std::string& bytes) {
    const auto result = documents::ikensho_format()->read(bytes, kContext);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST((result.error().problem == Problem::document_invalid));
    BOOST_REQUIRE(!result.error().errors.empty());
    return result.error().errors;
}

LocatedError only_error(const std::string& bytes) {
    const auto found = errors(bytes);
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].file == "opinion.csv");
    return found[0];
}

LocatedError error_with(std::size_t number, const std::string& text) {
    return only_error(an_opinion_csv({.fields = {{number, text}}}));
}

// What the counter page writes of a form in which every question is answered; its own test holds
// the page to these bytes.
std::string full_form() {
    std::ifstream file{SEKISHO_SOURCE_DIR "/tests/unit/gateway/counter/pages/full_opinion.csv",
                       std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// Line and column of a byte, counted here without the room's own counting.
std::pair<std::uint64_t, std::uint64_t> place_of(const std::string& bytes, std::size_t offset) {
    const std::string before = bytes.substr(0, offset);
    const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t begin = lines == 0 ? 0 : before.rfind('\n') + 1;
    return {lines + 1, offset - begin + 1};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ikensho)

BOOST_AUTO_TEST_CASE(an_opinion_gives_its_person_author_and_business_key) {
    const auto read = facts(an_opinion_csv());
    BOOST_REQUIRE_EQUAL(read.persons.size(), 1U);
    BOOST_TEST(read.persons[0].person.insurer.text() == "139980");
    BOOST_TEST(read.persons[0].person.insured.text() == "0000000001");
    BOOST_TEST(read.persons[0].line == 1U);
    BOOST_TEST(read.author_number.value() == "1319900013");
    BOOST_TEST(read.author_line == 1U);
    BOOST_TEST(read.author_field == "007 事業所番号");
    BOOST_TEST(read.business_key.value().text() == "139980:0000000001:0001");
    BOOST_TEST(read.warnings.empty());
}

BOOST_AUTO_TEST_CASE(an_opinion_without_request_number_has_no_business_key) {
    BOOST_TEST(!facts(an_opinion_csv({.request_number = ""})).business_key.has_value());
}

BOOST_AUTO_TEST_CASE(a_request_number_is_part_of_a_key_and_so_plain_ascii) {
    BOOST_TEST((error_with(11, "第１号").code == Problem::field_invalid));
    BOOST_TEST((error_with(11, "1 2").code == Problem::field_invalid));
    BOOST_TEST((error_with(11, std::string(300, '9')).code == Problem::field_invalid));
}

BOOST_AUTO_TEST_CASE(every_field_has_a_number_and_a_name) {
    BOOST_TEST(documents::ikensho_label(1) == "001 形式の版");
    BOOST_TEST(documents::ikensho_label(6) == "006 被保険者番号");
    BOOST_TEST(documents::ikensho_label(14) == "014 記入日");
    BOOST_TEST(documents::ikensho_label(30) == "030 最終診察日");
    BOOST_TEST(documents::ikensho_label(43) == "043 経過・治療内容");
    BOOST_TEST(documents::ikensho_label(59) == "059 利き腕");
    BOOST_TEST(documents::ikensho_label(76) == "076 麻痺(12)");
    BOOST_TEST(documents::ikensho_label(104) == "104 対処方針");
    BOOST_TEST(documents::ikensho_label(119) == "119 感染症の有無");
    BOOST_TEST(documents::ikensho_label(121) == "121 特記すべき事項");
    BOOST_TEST(documents::ikensho_label(122) == "122");
}

BOOST_AUTO_TEST_CASE(a_wrong_number_of_fields_is_the_only_error) {
    std::string few = an_opinion_csv();
    few.resize(few.rfind(','));
    const auto missing = only_error(few + "\r\n");
    BOOST_TEST((missing.code == Problem::field_count));
    BOOST_TEST(missing.field == "121 特記すべき事項");
    BOOST_TEST(missing.line == 2U);  // field 104 holds a line end
    std::string many = an_opinion_csv();
    many.insert(many.size() - 2, ",x");
    const auto extra = only_error(many);
    BOOST_TEST((extra.code == Problem::field_count));
    BOOST_TEST(extra.field == "122");
    BOOST_TEST((std::pair{extra.line, extra.column} == place_of(many, many.size() - 3)));
    BOOST_TEST((only_error("").code == Problem::field_count));
    BOOST_TEST((only_error("1.1").code == Problem::field_count));
}

BOOST_AUTO_TEST_CASE(a_second_record_is_refused) {
    const std::string one = an_opinion_csv();
    const auto error = only_error(one + one);
    BOOST_TEST((error.code == Problem::too_many_rows));
    BOOST_TEST(error.line == 3U);
    BOOST_TEST(error.column == 1U);
    BOOST_TEST((only_error(one + "\r\n").code == Problem::too_many_rows));
}

BOOST_AUTO_TEST_CASE(the_last_line_end_may_be_missing_but_not_be_another) {
    std::string bytes = an_opinion_csv();
    bytes.resize(bytes.size() - 2);
    facts(bytes);
    BOOST_TEST((only_error(bytes + "\n").code == Problem::record_end_invalid));
    BOOST_TEST(only_error(bytes + "\n").field == "121 特記すべき事項");
}

BOOST_AUTO_TEST_CASE(a_private_character_is_located_by_line_column_and_field) {
    // After a line end within field 104, so that the physical line is the second.
    const std::string bytes = an_opinion_csv({.raw_fields = {{121, "\"\x82\xA0\xF0\x40\""}}});
    const auto error = only_error(bytes);
    BOOST_TEST((error.code == Problem::private_character));
    BOOST_TEST(error.field == "121 特記すべき事項");
    BOOST_TEST(error.line == 2U);
    BOOST_TEST((std::pair{error.line, error.column} == place_of(bytes, bytes.find("\xF0\x40"))));
}

BOOST_AUTO_TEST_CASE(a_private_character_in_the_name_is_located_there) {
    const std::string bytes = an_opinion_csv({.raw_fields = {{16, "\xF9\xFC\x91\xBE\x98\x59"}}});
    const auto error = only_error(bytes);
    BOOST_TEST((error.code == Problem::private_character));
    BOOST_TEST(error.field == "016 氏名");
    BOOST_TEST((std::pair{error.line, error.column} == place_of(bytes, bytes.find("\xF9\xFC"))));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_characters_are_located) {
    const auto error = only_error(an_opinion_csv({.raw_fields = {{23, "\x85\x40"}}}));
    BOOST_TEST((error.code == Problem::encoding_invalid));
    BOOST_TEST(error.field == "023 医師氏名");
}

BOOST_AUTO_TEST_CASE(all_characters_of_ms932_are_welcome) {
    facts(an_opinion_csv({.person_name = "髙橋 ～－①㈱ｱ表"}));
}

BOOST_AUTO_TEST_CASE(control_characters_are_refused_but_for_the_joined_lines) {
    BOOST_TEST((error_with(16, std::string("a\0b", 3)).code == Problem::field_invalid));
    BOOST_TEST((error_with(16, "a\vb").code == Problem::field_invalid));
    BOOST_TEST((error_with(43, "a\x1a").code == Problem::field_invalid));
    BOOST_TEST(error_with(43, "a\x7f").field == "043 経過・治療内容");
    facts(an_opinion_csv({.fields = {{43, "一行目\v二行目\t"}, {121, "あ\r\nい\vう"}}}));
}

BOOST_AUTO_TEST_CASE(the_version_is_the_one_read_here) {
    BOOST_TEST((error_with(1, "1.0").code == Problem::field_invalid));
    BOOST_TEST(error_with(1, "").field == "001 形式の版");
}

BOOST_AUTO_TEST_CASE(the_insurer_has_a_check_digit_or_is_a_union) {
    BOOST_TEST((error_with(4, "139981").code == Problem::check_digit));
    BOOST_TEST(error_with(4, "139981").field == "004 保険者番号");
    BOOST_TEST((error_with(4, "13998").code == Problem::field_invalid));
    BOOST_TEST((error_with(4, "").code == Problem::field_missing));
    const std::unordered_map<model::InsurerNumber, std::string> unions{
        {model::InsurerNumber{"139981"}, "架空広域連合"}};
    const auto read = facts(an_opinion_csv({.insurer = "139981"}), {.unions = &unions});
    BOOST_TEST(read.persons[0].person.insurer.text() == "139981");
}

BOOST_AUTO_TEST_CASE(the_insured_number_is_checked_by_its_pattern_only) {
    BOOST_TEST(facts(an_opinion_csv({.insured = "H000000004"})).persons.size() == 1U);
    facts(an_opinion_csv({.insured = "1234567890"}));
    BOOST_TEST((error_with(6, "123456789").code == Problem::field_invalid));
    BOOST_TEST((error_with(6, "h000000004").code == Problem::field_invalid));
    BOOST_TEST((error_with(6, "").code == Problem::field_missing));
    BOOST_TEST(error_with(6, "x").field == "006 被保険者番号");
}

BOOST_AUTO_TEST_CASE(an_office_numbers_failed_digit_only_warns) {
    const auto read = facts(an_opinion_csv({.office = "1319900014"}));
    BOOST_REQUIRE_EQUAL(read.warnings.size(), 1U);
    BOOST_TEST((read.warnings[0].code == Problem::check_digit));
    BOOST_TEST(read.warnings[0].field == "007 事業所番号");
    BOOST_TEST(read.warnings[0].file == "opinion.csv");
    BOOST_TEST(read.author_number.value() == "1319900014");
    BOOST_TEST((error_with(7, "131990001").code == Problem::field_invalid));
    BOOST_TEST((error_with(7, "").code == Problem::field_missing));
}

BOOST_AUTO_TEST_CASE(dates_are_days_that_exist) {
    for (const std::size_t number : {8U, 9U, 10U, 14U, 17U, 30U}) {
        BOOST_TEST((error_with(number, "20260229").code == Problem::date_invalid));
        BOOST_TEST((error_with(number, "2026-1-1").code == Problem::date_invalid));
        BOOST_TEST((error_with(number, "R081118").code == Problem::date_invalid));
        BOOST_TEST(error_with(number, "20261301").field == documents::ikensho_label(number));
        if (number != 14) facts(an_opinion_csv({.fields = {{number, ""}}}));
    }
    facts(an_opinion_csv({.written_on = "20240229"}));
}

BOOST_AUTO_TEST_CASE(the_day_of_writing_must_be_there) {
    BOOST_TEST((error_with(14, "").code == Problem::field_missing));
}

BOOST_AUTO_TEST_CASE(medical_fields_are_left_alone) {
    OpinionSample sample;
    for (std::size_t number = 31; number <= 121; ++number) sample.fields[number] = "何でも,\"99\"";
    facts(an_opinion_csv(sample));
    for (std::size_t number = 31; number <= 121; ++number) sample.fields[number] = "";
    facts(an_opinion_csv(sample));
}

BOOST_AUTO_TEST_CASE(the_counter_pages_full_form_is_read) {
    const std::string bytes = full_form();
    const auto read = facts(bytes);
    BOOST_TEST(read.business_key.value().text() == "139980:0000000001:0042");
    BOOST_TEST(read.author_number.value() == "1319900013");
    BOOST_TEST(read.warnings.empty());
    documents::CsvReader reader{bytes, {.fields_max = documents::kIkenshoFieldCount}};
    documents::CsvRecord record;
    BOOST_REQUIRE(reader.next(record));
    for (std::size_t number = 1; number <= documents::kIkenshoFieldCount; ++number) {
        const bool needs_no_words = number == 111;  // 摂食 is 特になし
        BOOST_TEST(record.fields[number - 1].value().empty() == needs_no_words,
                   documents::ikensho_label(number));
    }
}

BOOST_AUTO_TEST_CASE(errors_come_in_the_order_of_the_document_and_at_most_so_many) {
    const auto found = errors(an_opinion_csv({.fields = {{4, "1"}, {17, "x"}, {8, "y"}},
                                              .raw_fields = {{15, "\x80"}, {23, "\xF0\x40"}}}));
    std::vector<std::string> fields;
    for (const auto& error : found) fields.push_back(error.field.substr(0, 3));
    BOOST_TEST((fields == std::vector<std::string>{"004", "008", "015", "017", "023"}));
    const auto many =
        errors(an_opinion_csv({.raw_fields = {{121, std::string(500, '\x80')}, {4, ""}}}));
    BOOST_TEST(many.size() == model::limits::kLocatedErrorsMax);
    BOOST_TEST(many[0].field == "004 保険者番号");
}

BOOST_AUTO_TEST_CASE(only_its_own_media_type_is_accepted) {
    const auto format = documents::ikensho_format();
    BOOST_TEST(format->name().text() == "ikensho-csv:1.1");
    BOOST_TEST(format->accepts_media_type("text/csv; charset=Shift_JIS"));
    BOOST_TEST(!format->accepts_media_type("application/json"));
}

BOOST_AUTO_TEST_CASE(utf8_in_place_of_ms932_is_refused) {
    BOOST_TEST(!errors(documents::decode_ms932(an_opinion_csv()).value()).empty());
}

BOOST_AUTO_TEST_SUITE_END()
