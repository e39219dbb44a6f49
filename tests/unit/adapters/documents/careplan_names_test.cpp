#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "adapters/documents/careplan/file_name.h"
#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/careplan/unit.h"
#include "adapters/documents/careplan/version.h"

namespace {

using namespace sekisho;
using documents::a_careplan_name;
using documents::CareplanSample;
using documents::careplan::FileKind;
using documents::careplan::FileName;
using documents::careplan::parse_file_name;
using documents::careplan::unit_of;
using documents::careplan::UnitKind;
using model::LocatedError;
using model::Problem;

const std::string kEnds = "_1379900010_43_1379900028_11_20261121090000";

FileName named(FileKind kind, const std::string& month = {}) {
    FileName name = a_careplan_name(kind, {});
    name.month = month;
    return name;
}

std::vector<FileName> plan_names() {
    return {named(FileKind::supplement, "000000"), named(FileKind::table1), named(FileKind::table2),
            named(FileKind::table3)};
}

std::vector<FileName> monthly_names() {
    return {named(FileKind::supplement, "202612"), named(FileKind::use_plan, "202612"),
            named(FileKind::use_details, "202612")};
}

UnitKind kind_of(const std::vector<FileName>& names) {
    const auto unit = unit_of(names);
    BOOST_REQUIRE(unit.has_value());
    return *unit;
}

LocatedError only_error(const std::vector<FileName>& names) {
    const auto unit = unit_of(names);
    BOOST_REQUIRE(!unit.has_value());
    BOOST_REQUIRE_EQUAL(unit.error().size(), 1U);
    return unit.error()[0];
}

Problem name_problem(const std::string& text) {
    const auto name = parse_file_name(text);
    BOOST_REQUIRE(!name.has_value());
    return name.error().code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(careplan_names)

BOOST_AUTO_TEST_CASE(versions_are_looked_up_and_never_compared) {
    using documents::careplan::standard_of;
    BOOST_TEST(standard_of("202407").value() == "4.1");
    BOOST_TEST(standard_of("202504").value() == "4.0");
    BOOST_TEST(standard_of("202208").value() == "3");
    BOOST_TEST(standard_of("201910").has_value());
    BOOST_TEST(standard_of("202003").has_value());
    BOOST_TEST(!standard_of("202601").has_value());
    BOOST_TEST(!standard_of("").has_value());
}

BOOST_AUTO_TEST_CASE(every_kind_of_name_reads_as_it_is_written) {
    for (std::size_t i = 0; i < documents::careplan::kFileKinds; ++i) {
        FileName name = named(static_cast<FileKind>(i));
        const bool dated = name.kind == FileKind::supplement || name.kind == FileKind::use_plan ||
                           name.kind == FileKind::use_result || name.kind == FileKind::use_details;
        if (dated) name.month = "202612";
        if (name.kind == FileKind::basics_image) name.image = "0001";
        const auto read = parse_file_name(to_text(name));
        BOOST_TEST_CONTEXT(to_text(name)) {
            BOOST_REQUIRE(read.has_value());
            BOOST_TEST((*read == name));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_name_gives_sender_recipient_month_and_series) {
    const auto name =
        parse_file_name("UPPLAN_201912_0300000100_43_0300000005_11_20191025200201.CSV");
    BOOST_REQUIRE(name.has_value());
    BOOST_TEST((name->kind == FileKind::use_plan));
    BOOST_TEST(name->month == "201912");
    BOOST_TEST(name->sender == "0300000100");
    BOOST_TEST(name->sender_service == "43");
    BOOST_TEST(name->recipient == "0300000005");
    BOOST_TEST(name->recipient_service == "11");
    BOOST_TEST(name->series == "20191025200201");
}

BOOST_AUTO_TEST_CASE(a_name_that_breaks_the_rule_is_refused) {
    for (const std::string& text :
         {std::string{}, std::string{"UP1KYO.CSV"}, std::string{"UP1KYO_.CSV"},
          "UP9KYO" + kEnds + ".CSV", "UP1KYO" + kEnds + ".csv", "up1kyo" + kEnds + ".CSV",
          "UP1KYO" + kEnds, "UP1KYO" + kEnds + "_.CSV", "UP1KYO_202612" + kEnds + ".CSV",
          "UPPLAN" + kEnds + ".CSV", "UPPLAN_202613" + kEnds + ".CSV",
          "UPKIHON_IMAGE" + kEnds + ".jpg", "UPKIHON_IMAGE" + kEnds + "_0001.CSV",
          std::string{"UP1KYO_123456789_43_2468135790_11_20191110102233.CSV"},
          std::string{"UP1KYO_1379900010_43_1379900028_11_20261121250000.CSV"},
          std::string{"UP1KYO_1379900010_43_1379900028_11_20260231090000.CSV"},
          std::string{"UP1KYO_1379900010_4a_1379900028_11_20261121090000.CSV"}}) {
        BOOST_TEST_CONTEXT(text) BOOST_TEST((name_problem(text) == Problem::file_name_invalid));
    }
}

BOOST_AUTO_TEST_CASE(a_name_of_an_older_version_is_known_as_such) {
    const auto third = parse_file_name("UP1KYO_1379900010_1379900028_20261121090000.CSV");
    BOOST_REQUIRE(!third.has_value());
    BOOST_TEST((third.error().code == Problem::unsupported_version));
    BOOST_TEST(third.error().standard == "3");
    const auto fourth = parse_file_name("UP1KYO_1379900010_430_1379900028_110_20261121090000.CSV");
    BOOST_REQUIRE(!fourth.has_value());
    BOOST_TEST((fourth.error().code == Problem::unsupported_version));
    BOOST_TEST(fourth.error().standard == "4.0");
}

BOOST_AUTO_TEST_CASE(each_permitted_set_of_files_is_a_unit) {
    BOOST_TEST((kind_of(plan_names()) == UnitKind::plan));
    BOOST_TEST((kind_of(monthly_names()) == UnitKind::monthly_plan));
    BOOST_TEST((kind_of({named(FileKind::use_result, "202612")}) == UnitKind::result));
    BOOST_TEST((kind_of({named(FileKind::delete_table1)}) == UnitKind::delete_plan));
    BOOST_TEST((kind_of({named(FileKind::delete_use_plan)}) == UnitKind::delete_monthly_plan));
    BOOST_TEST((kind_of({named(FileKind::delete_use_result)}) == UnitKind::delete_result));
    BOOST_TEST((kind_of({named(FileKind::delete_basics)}) == UnitKind::delete_basics));
    BOOST_TEST((kind_of({named(FileKind::delete_prevention)}) == UnitKind::delete_prevention));
    BOOST_TEST((kind_of({named(FileKind::basics), named(FileKind::basics_day),
                         named(FileKind::basics_history)}) == UnitKind::basics));
    BOOST_TEST((kind_of({named(FileKind::basics), named(FileKind::prevention),
                         named(FileKind::prevention_support)}) == UnitKind::prevention));
}

BOOST_AUTO_TEST_CASE(a_missing_file_of_a_unit_is_named) {
    for (std::size_t i = 0; i < 4; ++i) {
        auto names = plan_names();
        const std::string missing = to_text(names[i]);
        names.erase(names.begin() + static_cast<std::ptrdiff_t>(i));
        const LocatedError error = only_error(names);
        BOOST_TEST((error.code == Problem::file_missing));
        BOOST_TEST(error.file == missing);
    }
    for (std::size_t i = 0; i < 3; ++i) {
        auto names = monthly_names();
        const std::string missing = to_text(names[i]);
        names.erase(names.begin() + static_cast<std::ptrdiff_t>(i));
        const LocatedError error = only_error(names);
        BOOST_TEST((error.code == Problem::file_missing));
        BOOST_TEST(error.file == missing);
    }
    const LocatedError support = only_error({named(FileKind::prevention_support)});
    BOOST_TEST(support.file == "UPYOBO" + kEnds + ".CSV");
    const LocatedError day = only_error({named(FileKind::prevention), named(FileKind::basics_day)});
    BOOST_TEST(day.file == "UPKIHON" + kEnds + ".CSV");
}

BOOST_AUTO_TEST_CASE(a_supplement_alone_lacks_the_files_of_the_unit_its_month_tells) {
    const auto plan = unit_of(std::vector{named(FileKind::supplement, "000000")});
    BOOST_TEST(plan.error().size() == 3U);
    const auto monthly = unit_of(std::vector{named(FileKind::supplement, "202612")});
    BOOST_REQUIRE_EQUAL(monthly.error().size(), 2U);
    BOOST_TEST(monthly.error()[0].file == "UPPLAN_202612" + kEnds + ".CSV");
}

BOOST_AUTO_TEST_CASE(a_file_of_another_unit_or_twice_is_unexpected) {
    auto names = plan_names();
    names.push_back(named(FileKind::delete_table1));
    BOOST_TEST((only_error(names).code == Problem::file_unexpected));
    names = plan_names();
    names.push_back(named(FileKind::table1));
    BOOST_TEST((only_error(names).code == Problem::file_unexpected));
}

BOOST_AUTO_TEST_CASE(all_files_share_number_sender_recipient_and_month) {
    auto names = plan_names();
    names[2].series = "20261121090001";
    BOOST_TEST(only_error(names).field == "ファイル連番");
    names = plan_names();
    names[2].sender = "1379900036";
    BOOST_TEST(only_error(names).field == "送信元");
    names = plan_names();
    names[2].recipient_service = "12";
    BOOST_TEST(only_error(names).field == "送信先");
    names = monthly_names();
    names[2].month = "202701";
    BOOST_TEST(only_error(names).field == "対象年月");
    names = plan_names();
    names[0].month = "202612";
    BOOST_TEST(only_error(names).field == "対象年月");
    BOOST_TEST(only_error({named(FileKind::use_result, "000000")}).field == "対象年月");
}

BOOST_AUTO_TEST_SUITE_END()
