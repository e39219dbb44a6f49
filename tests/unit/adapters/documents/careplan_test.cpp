#include "adapters/documents/careplan/careplan.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/documents/careplan/columns.h"
#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/careplan/unit.h"

namespace {

using namespace sekisho;
using documents::a_careplan_name;
using documents::a_careplan_row;
using documents::a_monthly_plan_unit;
using documents::a_plan_unit;
using documents::a_result_unit;
using documents::CareplanFile;
using documents::CareplanSample;
using documents::zip_of;
using documents::careplan::FileKind;
using documents::careplan::to_text;
using model::LocatedError;
using model::Problem;
using Files = std::vector<CareplanFile>;

const CareplanSample kResult{.sender = "1379900028",
                             .sender_service = "11",
                             .recipient = "1379900010",
                             .recipient_service = "43"};

model::Result<documents::DocumentFacts> read(const Files& files) {
    return documents::careplan_format()->read(zip_of(files), {});
}

documents::DocumentFacts facts(const Files& files) {
    auto result = read(files);
    BOOST_REQUIRE(result.has_value());
    return std::move(*result);
}

model::Refusal refusal(const Files& files) {
    const auto result = read(files);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST((result.error().problem == Problem::document_invalid));
    BOOST_REQUIRE(!result.error().errors.empty());
    return result.error();
}

LocatedError only_error(const Files& files) {
    const auto found = refusal(files).errors;
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    return found[0];
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

CareplanFile& file_of(Files& files, std::string_view prefix) {
    const auto found = std::ranges::find_if(files, [&](const CareplanFile& file) {
        return file.name.starts_with(std::string{prefix} + "_");
    });
    BOOST_REQUIRE(found != files.end());
    return *found;
}

Files with(Files files, std::string_view prefix, std::string_view from, std::string_view to) {
    replace(file_of(files, prefix).bytes, from, to);
    return files;
}

// A result unit of one row, as it stands there or with one field of it changed.
Files one_row(std::size_t number = 0, const std::string& text = {}) {
    std::map<std::size_t, std::string> fields{
        {4, "20261120"}, {5, "202612"}, {8, "396"},     {10, "20261201"},   {12, "0900"},
        {13, "1000"},    {14, "1"},     {15, "112111"}, {20, "1379900028"}, {23, "0"}};
    if (number != 0) fields[number] = text;
    auto name = a_careplan_name(FileKind::use_result, kResult);
    name.month = "202612";
    return {{to_text(name), a_careplan_row(FileKind::use_result, kResult, "0000000001", fields)}};
}

Problem problem_with(std::size_t number, const std::string& text) {
    const LocatedError error = only_error(one_row(number, text));
    BOOST_TEST(error.field.starts_with(number < 10 ? "00" : "0"));
    BOOST_TEST(error.line == 1U);
    return error.code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(careplan)

BOOST_AUTO_TEST_CASE(every_sample_unit_is_accepted) {
    for (const Files& files :
         {a_plan_unit(), a_monthly_plan_unit(), a_result_unit(kResult),
          documents::a_prevention_unit(), documents::a_plan_deletion(),
          documents::a_monthly_plan_deletion(), documents::a_result_deletion(kResult)}) {
        BOOST_TEST_CONTEXT(files.front().name) BOOST_TEST(read(files).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_unit_gives_persons_author_recipient_and_series) {
    const auto read = facts(a_plan_unit({.insured = {"0000000001", "H000000002"}}));
    BOOST_REQUIRE_EQUAL(read.persons.size(), 2U);
    BOOST_TEST(read.persons[0].person.insurer.text() == "139980");
    BOOST_TEST(read.persons[0].person.insured.text() == "0000000001");
    BOOST_TEST(read.persons[1].person.insured.text() == "H000000002");
    BOOST_TEST(read.persons[1].line == 2U);
    BOOST_TEST(read.files[read.persons[1].file].starts_with("UPHOSOKU_000000_"));
    BOOST_TEST(read.author_number.value() == "1379900010");
    BOOST_TEST(read.recipient_number.value() == "1379900028");
    BOOST_TEST(read.order_series.value() == "20261121090000");
    BOOST_TEST(!read.business_key.has_value());
}

BOOST_AUTO_TEST_CASE(a_unit_says_what_kind_it_is) {
    const auto kind_of = [](const Files& files) { return facts(files).kind.text(); };
    BOOST_TEST(kind_of(a_plan_unit()) == "plan");
    BOOST_TEST(kind_of(a_monthly_plan_unit()) == "monthly-plan");
    BOOST_TEST(kind_of(a_result_unit(kResult)) == "result");
    BOOST_TEST(kind_of(documents::a_prevention_unit()) == "prevention");
    BOOST_TEST(kind_of({documents::a_prevention_unit()[2]}) == "basics");
    BOOST_TEST(kind_of(documents::a_plan_deletion()) == "plan-deletion");
    BOOST_TEST(kind_of(documents::a_monthly_plan_deletion()) == "monthly-plan-deletion");
    BOOST_TEST(kind_of(documents::a_result_deletion(kResult)) == "result-deletion");
}

BOOST_AUTO_TEST_CASE(every_kind_of_unit_has_a_name_of_its_own) {
    const auto kinds = documents::kinds_of(model::FormatName{"careplan-csv:4.1"});
    const std::set<model::DocumentKind> names{kinds.begin(), kinds.end()};
    BOOST_TEST(names.size() == documents::careplan::kUnitKinds);
    BOOST_TEST(documents::kinds_of(model::FormatName{"ikensho-csv:1.1"}).empty());
}

BOOST_AUTO_TEST_CASE(an_office_number_that_fails_its_digit_only_warns) {
    const auto read = facts(a_plan_unit({.recipient = "1379900029"}));
    BOOST_REQUIRE_EQUAL(read.warnings.size(), 1U);
    BOOST_TEST((read.warnings[0].code == Problem::check_digit));
    BOOST_TEST(read.warnings[0].field == "送信先事業所番号");
}

// Synthetic: the number only has the right check digit.
BOOST_AUTO_TEST_CASE(
    a_my_number_is_refused_where_it_cannot_stand_warned_of_elsewhere_and_no_product) {
    const std::string number = "123456789018";
    for (const std::size_t column : {6U, 8U, 10U})
        BOOST_TEST((problem_with(column, number) == Problem::my_number_present), column);
    for (const std::size_t product : {16U, 17U})
        BOOST_TEST(facts(one_row(product, number)).warnings.empty(), product);
    for (const std::size_t open : {18U, 19U}) {  // 用具名称, 明細判別コード
        const auto warned = facts(one_row(open, number)).warnings;
        BOOST_REQUIRE_EQUAL(warned.size(), 1U);
        BOOST_TEST((warned[0].code == Problem::my_number_suspected));
        BOOST_TEST(warned[0].field.starts_with("0" + std::to_string(open)));
    }
}

BOOST_AUTO_TEST_CASE(a_missing_file_of_a_unit_is_named) {
    Files files = a_plan_unit();
    const std::string missing = files[3].name;
    files.pop_back();
    const LocatedError error = only_error(files);
    BOOST_TEST((error.code == Problem::file_missing));
    BOOST_TEST(error.file == missing);
    BOOST_TEST(error.field == "第3表");
}

BOOST_AUTO_TEST_CASE(a_known_other_version_is_refused_by_its_name) {
    Files files = one_row(1, "202208");
    const model::Refusal refused = refusal(files);
    BOOST_REQUIRE_EQUAL(refused.errors.size(), 1U);
    BOOST_TEST((refused.errors[0].code == Problem::unsupported_version));
    BOOST_TEST(refused.errors[0].field == "001 CSVバージョン");
    BOOST_TEST(refused.detail.ja.find("3 (202208)") != std::string::npos);
    BOOST_TEST(refused.detail.en.find("3 (202208)") != std::string::npos);
    BOOST_TEST((problem_with(1, "202504") == Problem::unsupported_version));
    BOOST_TEST((problem_with(1, "202601") == Problem::field_invalid));
}

BOOST_AUTO_TEST_CASE(a_name_of_version_three_is_refused_as_that_version) {
    Files files = one_row();
    files[0].name = "UPJSK_202612_1379900028_1379900010_20261121090000.CSV";
    const model::Refusal refused = refusal(files);
    BOOST_TEST((refused.errors[0].code == Problem::unsupported_version));
    BOOST_TEST(refused.errors[0].file == "");
    BOOST_TEST(refused.errors[0].file_number == 1U);
    BOOST_TEST(refused.errors[0].field == "filename");
    BOOST_TEST(!refused.detail.ja.empty());
}

BOOST_AUTO_TEST_CASE(rows_of_two_versions_in_one_file_are_refused) {
    Files files = one_row();
    files[0].bytes += one_row(1, "202504")[0].bytes;
    const LocatedError error = only_error(files);
    BOOST_TEST((error.code == Problem::version_mixed));
    BOOST_TEST(error.line == 2U);
    BOOST_TEST(error.file == files[0].name);
}

BOOST_AUTO_TEST_CASE(an_empty_line_lacks_its_version) {
    Files files = one_row();
    files[0].bytes += "\r\n";
    const LocatedError error = only_error(files);
    BOOST_TEST((error.code == Problem::field_missing));
    BOOST_TEST(error.line == 2U);
}

BOOST_AUTO_TEST_CASE(the_layouts_have_the_columns_of_the_standard) {
    const std::map<FileKind, std::size_t> counts{{FileKind::supplement, 63},
                                                 {FileKind::table1, 28},
                                                 {FileKind::table2, 22},
                                                 {FileKind::table3, 13},
                                                 {FileKind::delete_table1, 4},
                                                 {FileKind::use_plan, 25},
                                                 {FileKind::use_result, 25},
                                                 {FileKind::use_details, 37},
                                                 {FileKind::delete_use_plan, 4},
                                                 {FileKind::delete_use_result, 6},
                                                 {FileKind::basics, 71},
                                                 {FileKind::basics_day, 7},
                                                 {FileKind::basics_history, 11},
                                                 {FileKind::prevention, 57},
                                                 {FileKind::prevention_support, 17}};
    for (const auto& [kind, count] : counts) {
        const auto& layout = documents::careplan::layout_of(kind);
        BOOST_TEST_CONTEXT(prefix_of(kind)) {
            BOOST_TEST(layout.count == count);
            BOOST_TEST(layout.columns.size() <= count);
            BOOST_TEST(layout.columns[2].name == "被保険者番号");
            BOOST_TEST(
                (layout.day == 0 || layout.columns[layout.day - 1].name == "計画作成(変更)日"));
            BOOST_TEST(
                (layout.month == 0 || layout.columns[layout.month - 1].name.ends_with("対象年月")));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_row_with_a_field_too_many_or_too_few_is_refused_where_it_is) {
    Files more = one_row();
    replace(more[0].bytes, "\r\n", ",\r\n");
    const LocatedError surplus = only_error(more);
    BOOST_TEST((surplus.code == Problem::field_count));
    BOOST_TEST(surplus.field == "026");
    Files less = one_row();
    replace(less[0].bytes, ",\"\"\r\n", "\r\n");
    const LocatedError lack = only_error(less);
    BOOST_TEST((lack.code == Problem::field_count));
    BOOST_TEST(lack.field == "025 識別子");
}

BOOST_AUTO_TEST_CASE(fields_are_held_to_their_column) {
    BOOST_TEST((problem_with(2, "") == Problem::field_missing));
    BOOST_TEST((problem_with(2, "139981") == Problem::check_digit));
    BOOST_TEST((problem_with(3, "00000001") == Problem::field_invalid));
    BOOST_TEST((problem_with(4, "20260231") == Problem::date_invalid));
    BOOST_TEST((problem_with(4, "2026") == Problem::field_invalid));
    BOOST_TEST((problem_with(4, "00000000") == Problem::date_invalid));
    BOOST_TEST((problem_with(5, "202613") == Problem::date_invalid));
    BOOST_TEST((problem_with(8, "39a") == Problem::field_invalid));
    BOOST_TEST((problem_with(8, "1234567") == Problem::field_too_long));
    BOOST_TEST((problem_with(11, "012") == Problem::field_invalid));
    BOOST_TEST((problem_with(12, "2500") == Problem::field_invalid));
    BOOST_TEST((problem_with(12, "") == Problem::field_missing));
    BOOST_TEST((problem_with(15, "331111") == Problem::field_invalid));  // out of scope
    BOOST_TEST((problem_with(15, "11211") == Problem::field_invalid));
    BOOST_TEST((problem_with(20, "137990002X") == Problem::field_invalid));
    BOOST_TEST((problem_with(25, "二字") == Problem::field_too_long));
}

BOOST_AUTO_TEST_CASE(what_the_standard_allows_besides_is_accepted) {
    BOOST_TEST(read(one_row(12, "9999")).has_value());
    BOOST_TEST(read(one_row(13, "2400")).has_value());
    BOOST_TEST(read(one_row(8, "-45")).has_value());
    BOOST_TEST(read(one_row(15, "A21111")).has_value());
    BOOST_TEST(read(one_row(11, std::string(31, '1'))).has_value());
    BOOST_TEST(read(one_row(25, "字")).has_value());
    BOOST_TEST(read(one_row(7, "架空 担当,\"第一\"\r\n二行目")).has_value());
}

BOOST_AUTO_TEST_CASE(totals_of_table_seven_have_their_own_codes) {
    for (const std::string_view code : {",11AAAA,", ",11EEEE,", ",11ZZZZ,", ",999999,"}) {
        BOOST_TEST(read(with(a_monthly_plan_unit(), "UPSIKYU", ",999999,", code)).has_value());
    }
    const auto error = only_error(with(a_monthly_plan_unit(), "UPSIKYU", ",999999,", ",999998,"));
    BOOST_TEST((error.code == Problem::field_invalid));
    BOOST_TEST(error.field == "009 サービスコード");
}

BOOST_AUTO_TEST_CASE(a_place_counts_lines_within_quoted_text) {
    Files files = one_row(7, "一\r\n二");
    files[0].bytes += one_row(4, "20260231")[0].bytes;
    const LocatedError error = only_error(files);
    BOOST_TEST(error.line == 3U);
    BOOST_TEST(error.column == std::string{"202407,139980,0000000001,"}.size() + 1);
    BOOST_TEST(error.field == "004 作成年月日");
}

BOOST_AUTO_TEST_CASE(private_characters_and_undefined_bytes_are_found) {
    Files files = one_row(7, "PLACE");
    replace(files[0].bytes, "PLACE", "\xF0\x40");
    BOOST_TEST((only_error(files).code == Problem::private_character));
    BOOST_TEST(only_error(files).field == "007 プラン担当者名");
    files = one_row(7, "PLACE");
    replace(files[0].bytes, "PLACE", "\x80");
    BOOST_TEST((only_error(files).code == Problem::encoding_invalid));
    files = one_row(7, "PLACE");
    replace(files[0].bytes, "PLACE", "a\vb");
    BOOST_TEST((only_error(files).code == Problem::field_invalid));
}

BOOST_AUTO_TEST_CASE(faults_of_the_csv_stop_their_file) {
    Files quote = one_row();
    replace(quote[0].bytes, "396", "3\"96");
    BOOST_TEST((only_error(quote).code == Problem::quoting_invalid));
    Files end = one_row();
    replace(end[0].bytes, "\r\n", "\n");
    BOOST_TEST((only_error(end).code == Problem::record_end_invalid));
    Files empty = one_row();
    empty[0].bytes.clear();
    BOOST_TEST((only_error(empty).code == Problem::person_missing));
}

BOOST_AUTO_TEST_CASE(the_first_errors_of_all_files_are_given_in_the_order_of_the_files) {
    Files files = with(a_monthly_plan_unit(), "UPPLAN", ",0900,", ",0960,");
    replace(file_of(files, "UPSIKYU").bytes, "11.40", "1.1.4");
    const auto errors = refusal(files).errors;
    BOOST_REQUIRE_EQUAL(errors.size(), 2U);
    BOOST_TEST(errors[0].file.starts_with("UPPLAN_"));
    BOOST_TEST(errors[1].file.starts_with("UPSIKYU_"));
    Files many = one_row();
    for (int i = 0; i < 30; ++i) many[0].bytes += one_row(8, "x")[0].bytes;
    BOOST_TEST(refusal(many).errors.size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_month_other_than_the_name_says_is_refused) {
    const LocatedError error = only_error(one_row(5, "202701"));
    BOOST_TEST((error.code == Problem::row_unmatched));
    BOOST_TEST(error.field == "005 対象年月");
}

BOOST_AUTO_TEST_CASE(a_day_of_use_outside_the_month_is_refused) {
    const LocatedError error = only_error(one_row(10, "20270101"));
    BOOST_TEST((error.code == Problem::row_unmatched));
    BOOST_TEST(error.field == "010 サービス利用日");
    BOOST_TEST(read(one_row(10, "20261231")).has_value());
    BOOST_TEST((problem_with(10, "20261232") == Problem::date_invalid));
}

BOOST_AUTO_TEST_CASE(a_supplement_has_a_plan_day_or_a_month) {
    const auto plan = only_error(with(a_plan_unit(), "UPHOSOKU", ",20261120,", ",00000000,"));
    BOOST_TEST((plan.code == Problem::row_unmatched));
    BOOST_TEST(plan.field == "004 計画作成(変更)日");
    const auto monthly =
        only_error(with(a_monthly_plan_unit(), "UPHOSOKU", ",00000000,", ",20261120,"));
    BOOST_TEST((monthly.code == Problem::row_unmatched));
}

BOOST_AUTO_TEST_CASE(a_person_of_table_two_without_table_one_is_refused) {
    Files files = a_plan_unit();
    CareplanFile& table = file_of(files, "UP2KYO");
    const Files other = a_plan_unit({.insured = {"0000000002"}});
    table.bytes += other[2].bytes;
    const LocatedError error = only_error(files);
    BOOST_TEST((error.code == Problem::row_unmatched));
    BOOST_TEST(error.file == table.name);
    BOOST_TEST(error.line == 3U);
    BOOST_TEST(error.field == "003 被保険者番号");
}

BOOST_AUTO_TEST_CASE(a_plan_of_another_day_is_another_plan) {
    Files files = a_plan_unit();
    file_of(files, "UP3KYO").bytes = a_plan_unit({.plan_day = "20261119"})[3].bytes;
    BOOST_TEST((only_error(files).code == Problem::row_unmatched));
}

BOOST_AUTO_TEST_CASE(persons_of_supplement_and_plan_must_be_the_same) {
    const CareplanSample two{.insured = {"0000000001", "0000000002"}};
    Files files = a_plan_unit();
    file_of(files, "UPHOSOKU").bytes = a_plan_unit(two)[0].bytes;
    BOOST_TEST(only_error(files).file.starts_with("UPHOSOKU_"));
    files = a_plan_unit();
    file_of(files, "UP1KYO").bytes = a_plan_unit(two)[1].bytes;
    BOOST_TEST(only_error(files).file.starts_with("UP1KYO_"));
    files = a_monthly_plan_unit();
    file_of(files, "UPSIKYU").bytes = a_monthly_plan_unit(two)[2].bytes;
    BOOST_TEST(only_error(files).file.starts_with("UPSIKYU_"));
    files = a_monthly_plan_unit();
    file_of(files, "UPPLAN").bytes = a_monthly_plan_unit(two)[1].bytes;
    BOOST_TEST(only_error(files).file.starts_with("UPPLAN_"));
}

BOOST_AUTO_TEST_CASE(an_image_is_known_by_its_beginning) {
    Files files = documents::a_prevention_unit();
    auto name = a_careplan_name(FileKind::basics_image, {});
    name.image = "0001";
    files.push_back({to_text(name), "\xFF\xD8\xFF\xE0 made up"});
    BOOST_TEST(read(files).has_value());
    name.image = "0002";
    files.push_back({to_text(name), "no picture"});
    const LocatedError error = only_error(files);
    BOOST_TEST(error.file == to_text(name));
    BOOST_TEST((error.code == Problem::field_invalid));
}

BOOST_AUTO_TEST_CASE(a_single_file_brings_its_name_with_the_media_type) {
    const Files files = one_row();
    const auto format = documents::careplan_format();
    const std::string type = "text/csv; charset=Shift_JIS; filename=\"" + files[0].name + "\"";
    BOOST_TEST(format->accepts_media_type(type));
    BOOST_TEST(format->accepts_media_type("application/zip"));
    BOOST_TEST(!format->accepts_media_type("application/json"));
    const auto read = format->read(files[0].bytes, {.media_type = type});
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->recipient_number.value() == "1379900010");
    BOOST_TEST(format->read(files[0].bytes, {.file = files[0].name}).has_value());
}

BOOST_AUTO_TEST_CASE(a_single_file_without_a_name_is_refused) {
    const auto result =
        documents::careplan_format()->read(one_row()[0].bytes, {.media_type = "text/csv"});
    BOOST_REQUIRE(!result.has_value());
    BOOST_REQUIRE_EQUAL(result.error().errors.size(), 1U);
    BOOST_TEST((result.error().errors[0].code == Problem::file_name_invalid));
}

BOOST_AUTO_TEST_CASE(a_single_file_that_is_no_whole_unit_is_refused) {
    const Files files = a_plan_unit();
    const auto result = documents::careplan_format()->read(files[1].bytes, {.file = files[1].name});
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST(result.error().errors.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_zip_called_csv_is_refused) {
    const Files files = one_row();
    const auto result = documents::careplan_format()->read(
        zip_of(files), {.media_type = "text/csv; filename=" + files[0].name});
    BOOST_TEST(!result.has_value());
}

BOOST_AUTO_TEST_CASE(the_format_is_one_of_the_list) {
    const auto formats = documents::load_formats(SEKISHO_SOURCE_DIR "/config/schema");
    BOOST_REQUIRE(formats.has_value());
    BOOST_TEST(formats->find(model::FormatName{"careplan-csv:4.1"}) != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
