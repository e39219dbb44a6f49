#include "adapters/pmh/tally.h"

#include <boost/test/unit_test.hpp>

#include "adapters/pmh/unfinished_loads.h"

using namespace sekisho;
using namespace sekisho::pmh_adapter;
using adapters::Fate;

namespace {

CallReply refusing(const std::vector<std::size_t>& indices, const std::string& code) {
    CallReply reply{.receipt = "PMH-R-1"};
    for (const std::size_t index : indices) reply.refused.push_back({index, code});
    return reply;
}

CallReply refusing_all_of(std::size_t records, const std::string& code) {
    CallReply reply;
    for (std::size_t index = 0; index < records; ++index) reply.refused.push_back({index, code});
    return reply;
}

bool says(const adapters::Outcome& outcome, std::string_view words) {
    return outcome.detail.find(words) != std::string::npos;
}

LoadName load(int number) {
    return {.source = "/insurers/139980", .id = "m-" + std::to_string(number)};
}

Tally tally_of(std::size_t records) {
    Tally tally;
    tally.add({.receipt = "PMH-R-1"}, records);
    return tally;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pmh_tally)

BOOST_AUTO_TEST_CASE(a_load_without_refusals_is_delivered_under_its_last_receipt) {
    Tally tally;
    tally.add({.receipt = "PMH-R-1"}, 500);
    tally.add({.receipt = "PMH-R-2"}, 20);
    BOOST_CHECK(tally.outcome().fate == Fate::delivered);
    BOOST_TEST(tally.outcome().detail == "520 records, receipt PMH-R-2");
}

BOOST_AUTO_TEST_CASE(who_is_not_linked_is_told_by_place_in_the_document_and_what_to_do) {
    Tally tally;
    tally.add({.receipt = "PMH-R-1"}, 500);
    tally.add(refusing({0, 7}, "PMH-4041"), 20);
    const auto outcome = tally.outcome();
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.peer_code == "PMH-4041");
    BOOST_TEST(outcome.detail ==
               "520件中2件がPMHに登録されませんでした（501, 508件目、PMH-4041）。他は登録済みです。"
               "送信元は該当者をPMHで紐付け、その記録を新しい id で送ってください。 / "
               "PMH refused 2 of 520 records (501, 508; PMH-4041), it has the others. The sender "
               "links these persons at PMH and sends their records under a new id.");
}

BOOST_AUTO_TEST_CASE(what_is_refused_for_another_reason_is_corrected) {
    Tally tally;
    tally.add(refusing({1}, "PMH-4091"), 3);
    BOOST_TEST(says(tally.outcome(), "The sender asks PMH about the code"));
    tally.add(refusing({0}, "PMH-4041"), 3);
    BOOST_TEST(says(tally.outcome(), "(2, 4; PMH-4091, PMH-4041)"));
    BOOST_TEST(says(tally.outcome(), "The sender links those of PMH-4041 at PMH, corrects"));
}

BOOST_AUTO_TEST_CASE(where_nothing_was_taken_no_others_are_said_to_be_registered) {
    Tally tally;
    tally.add(refusing_all_of(2, "HTTP 422"), 2);
    BOOST_TEST(!says(tally.outcome(), "the others"));
    BOOST_TEST(!says(tally.outcome(), "登録済み"));
    BOOST_TEST(says(tally.outcome(), "HTTP 422"));
    BOOST_TEST(tally.outcome().peer_code.empty());
}

BOOST_AUTO_TEST_CASE(at_most_ten_places_are_named_and_that_there_are_more) {
    Tally ten;
    ten.add(refusing_all_of(10, "PMH-4041"), 11);
    BOOST_TEST(says(ten.outcome(), "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10; PMH-4041)"));
    Tally eleven;
    eleven.add(refusing_all_of(11, "PMH-4041"), 11);
    BOOST_TEST(says(eleven.outcome(), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and more; PMH-4041)"));
    BOOST_TEST(says(eleven.outcome(), "9, 10件目ほか、"));
}

// As the C interface carries it.
BOOST_AUTO_TEST_CASE(the_longest_words_fit_into_the_record) {
    for (const char* const last : {"PMH-4041", "PMH-4003"}) {
        Tally tally;
        tally.add({.receipt = "PMH-R-1"}, 80'000);
        for (const char* const code : {"PMH-4001", "PMH-4002", last, "PMH-4004"})
            tally.add(refusing_all_of(5'000, code), 5'000);
        BOOST_TEST(tally.outcome().detail.size() < 512U, tally.outcome().detail);
        BOOST_TEST(tally.outcome().detail.ends_with("."));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(pmh_unfinished_loads)

BOOST_AUTO_TEST_CASE(a_load_goes_on_where_it_stopped_and_only_the_same_bytes_do) {
    UnfinishedLoads loads;
    loads.keep(load(1), tally_of(500));
    BOOST_TEST(loads.of(load(1)).records() == 500U);
    BOOST_TEST(loads.of(load(2)).records() == 0U);
    LoadName other = load(1);
    other.sha256[0] = 1;
    BOOST_TEST(loads.of(other).records() == 0U);
    loads.keep(load(1), tally_of(1'000));
    BOOST_TEST(loads.of(load(1)).records() == 1'000U);
    loads.forget(load(1));
    BOOST_TEST(loads.of(load(1)).records() == 0U);
}

BOOST_AUTO_TEST_CASE(the_load_that_waited_longest_gives_way) {
    UnfinishedLoads loads;
    for (int i = 0; i < static_cast<int>(kUnfinishedLoadsMax); ++i)
        loads.keep(load(i), tally_of(500));
    loads.keep(load(0), tally_of(1'000));
    loads.keep(load(-1), tally_of(500));
    BOOST_TEST(loads.of(load(0)).records() == 1'000U);
    BOOST_TEST(loads.of(load(1)).records() == 0U);
    BOOST_TEST(loads.of(load(2)).records() == 500U);
    BOOST_TEST(loads.of(load(-1)).records() == 500U);
}

BOOST_AUTO_TEST_SUITE_END()
