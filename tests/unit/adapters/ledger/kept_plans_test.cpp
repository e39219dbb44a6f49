// What is kept after deletions, updates and units that came out of order.
#include "adapters/ledger/kept_plans.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/careplan/samples.h"

using namespace sekisho;
using documents::CareplanFile;
using documents::CareplanSample;
using ledger::Received;

namespace {

constexpr auto kFirst = "20261121090000";
constexpr auto kSecond = "20261121090001";
constexpr auto kThird = "20261121090002";

Received a_unit(const std::vector<CareplanFile>& files) {
    return {"/care-managers/1379900010", files.front().name, "jp.sekisho.care-plan.home",
            documents::zip_of(files)};
}

// The files of one person, "UPHOSOKU UP1KYO", with the rows of each where they are not one.
std::string kept(const std::vector<Received>& units, std::string_view insured = "0000000001") {
    std::string text;
    for (const auto& [key, rows] : ledger::kept_plans(units)) {
        if (key.insured != insured) continue;
        text += (text.empty() ? "" : " ") + std::string{prefix_of(key.file)};
        if (rows != 1) text += ":" + std::to_string(rows);
    }
    return text;
}

// A result of these service types, one visit each.
std::vector<CareplanFile> a_result(const std::string& series,
                                   const std::vector<std::string>& types) {
    const CareplanSample sample{.sender = "1379900028",
                                .sender_service = "11",
                                .recipient = "1379900010",
                                .recipient_service = "43",
                                .series = series,
                                .visits = 1};
    auto files = documents::a_result_unit(sample);
    const std::string row = files.front().bytes;
    files.front().bytes.clear();
    for (const std::string& type : types) {
        std::string other = row;
        other.replace(other.find("112111"), 2, type);
        files.front().bytes += other;
    }
    return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kept_plans)

BOOST_AUTO_TEST_CASE(the_deletion_of_table_1_takes_tables_2_and_3_with_it) {
    const auto plan = a_unit(documents::a_plan_unit({.series = kFirst}));
    BOOST_TEST(kept({plan}) == "UPHOSOKU UP1KYO UP2KYO:2 UP3KYO:2");
    BOOST_TEST(kept({plan, a_unit(documents::a_plan_deletion({.series = kSecond}))}) == "UPHOSOKU");
}

BOOST_AUTO_TEST_CASE(the_deletion_of_table_6_takes_table_7_with_it) {
    const auto month = a_unit(documents::a_monthly_plan_unit({.series = kFirst}));
    BOOST_TEST(kept({month}) == "UPHOSOKU UPPLAN:2 UPSIKYU:2");
    BOOST_TEST(kept({month, a_unit(documents::a_monthly_plan_deletion({.series = kSecond}))}) ==
               "UPHOSOKU");
}

BOOST_AUTO_TEST_CASE(results_are_deleted_for_their_service_type_only) {
    const auto results = a_unit(a_result(kFirst, {"11", "15"}));
    BOOST_TEST(kept({results}) == "UPJSK UPJSK");
    const CareplanSample sample{.sender = "1379900028",
                                .sender_service = "11",
                                .recipient = "1379900010",
                                .recipient_service = "43",
                                .series = kSecond};
    const std::vector left{results, a_unit(documents::a_result_deletion(sample))};
    BOOST_TEST(kept(left) == "UPJSK");
    BOOST_TEST(ledger::kept_plans(left).begin()->first.service == "1379900028/15");
}

BOOST_AUTO_TEST_CASE(a_deletion_takes_only_its_own_person_day_and_ends) {
    const auto plan =
        a_unit(documents::a_plan_unit({.series = kFirst, .insured = {"0000000001", "0000000002"}}));
    const std::string whole = kept({plan});
    const auto after = [&](const CareplanSample& deleted) {
        return kept({plan, a_unit(documents::a_plan_deletion(deleted))});
    };
    BOOST_TEST(after({.series = kSecond, .insured = {"0000000002"}}) == whole);
    BOOST_TEST(after({.series = kSecond, .plan_day = "20261119"}) == whole);
    BOOST_TEST(after({.recipient = "1379900036", .series = kSecond}) == whole);
    BOOST_TEST(after({.sender = "1379900044", .series = kSecond}) == whole);
    BOOST_TEST(after({.series = kSecond}) == "UPHOSOKU");
    const auto deletion = a_unit(documents::a_plan_deletion({.series = kSecond}));
    BOOST_TEST(kept({plan, deletion}, "0000000002") == whole);
}

BOOST_AUTO_TEST_CASE(units_count_in_the_order_of_their_numbers_whenever_they_came) {
    const auto plan = a_unit(documents::a_plan_unit({.series = kFirst}));
    const auto deletion = a_unit(documents::a_plan_deletion({.series = kSecond}));
    const auto again = a_unit(documents::a_plan_unit({.series = kThird}));
    BOOST_TEST(kept({deletion, plan}) == "UPHOSOKU");
    BOOST_TEST(kept({again, plan, deletion}) == kept({plan}));
}

BOOST_AUTO_TEST_CASE(an_update_replaces_what_was_there_in_full) {
    const auto more = a_unit(documents::a_monthly_plan_unit({.series = kFirst, .visits = 5}));
    const auto fewer = a_unit(documents::a_monthly_plan_unit({.series = kSecond, .visits = 3}));
    BOOST_TEST(kept({more, fewer}) == "UPHOSOKU UPPLAN:3 UPSIKYU:2");
    BOOST_TEST(kept({a_unit(a_result(kFirst, {"11", "15"})), a_unit(a_result(kSecond, {"11"}))}) ==
               "UPJSK");
}

BOOST_AUTO_TEST_CASE(a_single_file_is_a_unit_by_the_name_that_came_with_it) {
    const auto plan = a_unit(documents::a_plan_unit({.series = kFirst}));
    const CareplanFile file = documents::a_plan_deletion({.series = kSecond}).front();
    Received deletion{"/care-managers/1379900010", "d-1", "jp.sekisho.care-plan.home", file.bytes};
    BOOST_TEST(kept({plan, deletion}) == kept({plan}));  // without its name it says nothing
    deletion.attributes = {
        {"datacontenttype", "text/csv; charset=Shift_JIS; filename=\"" + file.name + "\""}};
    BOOST_TEST(kept({plan, deletion}) == "UPHOSOKU");
}

BOOST_AUTO_TEST_CASE(what_is_no_unit_is_passed_over) {
    const Received opinion{"/medical/1319900021", "m-1", "jp.sekisho.certification.opinion", "PK"};
    const Received broken{"/care-managers/1379900010", "m-2", "jp.sekisho.care-plan.home", "PK"};
    BOOST_TEST(ledger::kept_plans({opinion, broken}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
