// What is told of a person's care plans, out of send units made as offices make them.
#include "adapters/platform/plan_records.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/careplan/samples.h"

using namespace sekisho;
using documents::CareplanFile;
using documents::CareplanSample;
using documents::Json;
using documents::careplan::FileKind;
using platform_adapter::plan_records;

namespace {

ledger::Received a_unit(const std::vector<CareplanFile>& files, const std::string& status = {}) {
    ledger::Received unit{"/care-managers/1379900010", files.front().name,
                          "jp.sekisho.care-plan.home", documents::zip_of(files)};
    if (!status.empty()) unit.attributes = {{"status", status}};
    return unit;
}

Json told(const std::vector<ledger::Received>& units, std::string_view insured = "0000000001") {
    return plan_records(ledger::kept_files(units), "139980", insured);
}

std::string text_at(const Json& record, std::string_view name) {
    return std::string{record.string_at(name).value_or("(none)")};
}

// 第7表 with its last row, of the whole month.
CareplanFile details_with_sums(const CareplanSample& sample) {
    auto name = documents::a_careplan_name(FileKind::use_details, sample);
    name.month = sample.month;
    const auto row = [&](const std::string& code, const std::string& cost) {
        return documents::a_careplan_row(
            FileKind::use_details, sample, sample.insured.front(),
            {{5, sample.month}, {9, code}, {24, cost}, {28, "90" + cost}});
    };
    return {.name = to_text(name), .bytes = row("112111", "4") + row("999999", "7")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(told_of_care_plans)

BOOST_AUTO_TEST_CASE(a_plan_is_told_by_its_tables_with_its_week) {
    const Json records = told({a_unit(documents::a_plan_unit(), "agreed")});
    BOOST_TEST_REQUIRE(records.items().size() == 1U);
    const Json& plan = records.items().front();
    BOOST_TEST(text_at(plan, "insured") == "0000000001");
    BOOST_TEST(text_at(plan, "planned_on") == "2026-11-20");
    BOOST_TEST(text_at(plan, "status") == "agreed");
    BOOST_TEST(text_at(plan, "author") == "架空居宅介護支援事業所");
    BOOST_TEST(text_at(plan, "intention") == "自宅で暮らし続けたい,\r\n\"無理\"はしないとのこと①");
    BOOST_TEST(text_at(plan, "certified_from") == "(none)");
    const Json* week = plan.find("week");
    BOOST_TEST_REQUIRE((week != nullptr && week->items().size() == 2U));
    BOOST_TEST(to_text(week->items().back()) ==
               R"({"service":"訪問介護","weekday":"4","from":"0900","until":"1000"})");
    BOOST_TEST(to_text(*plan.find("activities")) == R"([{"activity":"散歩"},{"activity":"散歩"}])");
    BOOST_TEST(plan.find("beyond_week") == nullptr);
}

BOOST_AUTO_TEST_CASE(nothing_that_names_the_person_otherwise_is_told) {
    const std::string text = to_text(told({a_unit(documents::a_plan_unit())}));
    for (const char* word : {"架空 太郎", "架空市", "000-0000-0000", "19400401"})
        BOOST_TEST(text.find(word) == std::string::npos, word);
}

BOOST_AUTO_TEST_CASE(the_services_of_one_need_and_goal_stand_together) {
    const CareplanSample sample;
    const auto row = [&](const std::string& need, const std::string& goal,
                         const std::string& content) {
        return documents::a_careplan_row(FileKind::table2, sample, "0000000001",
                                         {{5, sample.plan_day},
                                          {6, need},
                                          {7, "need " + need},
                                          {8, goal},
                                          {9, "goal " + goal},
                                          {14, content},
                                          {19, "週2回"}});
    };
    auto files = documents::a_plan_unit(sample);
    files[2].bytes =
        row("1", "1", "a") + row("1", "1", "b") + row("1", "2", "c") + row("2", "2", "d");
    const Json records = told({a_unit(files)});
    BOOST_TEST(to_text(*records.items().front().find("needs")) ==
               R"([{"need":"need 1","long_goal":"goal 1","services":[)"
               R"({"content":"a","frequency":"週2回"},{"content":"b","frequency":"週2回"}]},)"
               R"({"need":"need 1","long_goal":"goal 2","services":[)"
               R"({"content":"c","frequency":"週2回"}]},)"
               R"({"need":"need 2","long_goal":"goal 2","services":[)"
               R"({"content":"d","frequency":"週2回"}]}])");
}

BOOST_AUTO_TEST_CASE(a_month_is_told_with_its_visits_and_what_the_whole_of_it_costs) {
    const CareplanSample sample;
    auto files = documents::a_monthly_plan_unit(sample);
    files.back() = details_with_sums(sample);
    const Json records = told({a_unit(files)});
    BOOST_TEST_REQUIRE(records.items().size() == 1U);
    const Json& month = records.items().front();
    BOOST_TEST(text_at(month, "month") == "2026-12");
    BOOST_TEST(month.find("uses")->items().size() == 2U);
    BOOST_TEST(to_text(month.find("uses")->items().front()) ==
               R"({"used_on":"2026-12-01","from":"0900","until":"1000",)"
               R"("service_code":"112111","office":"架空訪問介護"})");
    BOOST_TEST(text_at(month, "cost") == "7");
    BOOST_TEST(text_at(month, "person_pays") == "907");
}

BOOST_AUTO_TEST_CASE(a_plan_of_prevention_is_told_by_its_own_tables) {
    const Json records = told({a_unit(documents::a_prevention_unit())});
    BOOST_TEST_REQUIRE(records.items().size() == 1U);
    BOOST_TEST(text_at(records.items().front(), "goal_of_day") == "毎日歩く");
    BOOST_TEST(text_at(records.items().front(), "planned_on") == "2026-11-20");
    BOOST_TEST(to_text(*records.items().front().find("needs")) ==
               R"([{"need":"歩く機会が減った","services":[{}]}])");
}

BOOST_AUTO_TEST_CASE(of_several_plans_of_a_sender_the_newest_is_told) {
    const auto plan_of = [](const std::string& day, const std::string& series,
                            const std::string& recipient = "1379900028") {
        return a_unit(
            documents::a_plan_unit({.recipient = recipient, .series = series, .plan_day = day}),
            "sent " + series);
    };
    const auto newest = [](const std::vector<ledger::Received>& units) {
        const Json records = told(units);
        BOOST_TEST_REQUIRE(records.items().size() == 1U);
        return text_at(records.items().front(), "status");
    };
    const auto older = plan_of("20261001", "20261121090000");
    const auto newer = plan_of("20261101", "20261001090000");
    BOOST_TEST(newest({older, newer}) == "sent 20261001090000");
    BOOST_TEST(newest({newer, older}) == "sent 20261001090000");
    const auto again = plan_of("20261101", "20261002090000", "1379900001");
    BOOST_TEST(newest({newer, again}) == "sent 20261002090000");
    const auto before = plan_of("20261101", "20260901090000", "1379900099");
    BOOST_TEST(newest({newer, before}) == "sent 20261001090000");
}

BOOST_AUTO_TEST_CASE(each_senders_plan_is_told_and_nobody_elses_person) {
    const auto two = {
        a_unit(documents::a_plan_unit()), a_unit(documents::a_plan_unit({.sender = "1379900044"})),
        a_unit(documents::a_plan_unit({.sender = "1379900051", .insured = {"0000000002"}}))};
    BOOST_TEST(told(two).items().size() == 2U);
    BOOST_TEST(told(two, "0000000002").items().size() == 1U);
    BOOST_TEST(told(two, "0000000003").items().empty());
    BOOST_TEST(plan_records(ledger::kept_files(two), "139964", "0000000001").items().empty());
}

BOOST_AUTO_TEST_CASE(a_deleted_plan_is_not_told) {
    const auto plan = a_unit(documents::a_plan_unit());
    const auto deletion = a_unit(documents::a_plan_deletion({.series = "20261121090001"}));
    BOOST_TEST(told({plan}).items().size() == 1U);
    BOOST_TEST(told({plan, deletion}).items().empty());
}

BOOST_AUTO_TEST_SUITE_END()
