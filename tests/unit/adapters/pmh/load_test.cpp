#include "adapters/pmh/load.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/samples.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::pmh_adapter;
using adapters::Fate;
using documents::Json;

namespace {

std::string a_load(int persons) {
    documents::LoadSample sample;
    sample.insured.clear();
    for (int person = 0; person < persons; ++person)
        sample.insured.push_back(std::to_string(1'000'000'000 + person));
    return documents::a_card_json(sample);
}

// "500 from 1000000000, 500 from 1000000500"; no more than `most` calls are wanted.
std::string calls_of(const std::string& text, std::size_t done = 0, int most = 1000) {
    std::string calls;
    in_calls(text, done, [&](const Json& cards) {
        calls += (calls.empty() ? "" : ", ") + std::to_string(cards.items().size()) + " from " +
                 std::string{cards.items().front().string_at("insuredNumber").value_or("")};
        return --most > 0;
    });
    return calls;
}

std::string without(std::string text, const std::string& part) {
    return text.erase(text.find(part), part.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pmh_load)

BOOST_AUTO_TEST_CASE(records_go_five_hundred_a_call_in_the_order_of_the_document) {
    BOOST_TEST(calls_of(a_load(1)) == "1 from 1000000000");
    BOOST_TEST(calls_of(a_load(500)) == "500 from 1000000000");
    BOOST_TEST(calls_of(a_load(1'001)) ==
               "500 from 1000000000, 500 from 1000000500, 1 from 1000001000");
}

BOOST_AUTO_TEST_CASE(what_is_done_is_passed_over) {
    BOOST_TEST(calls_of(a_load(1'001), 500) == "500 from 1000000500, 1 from 1000001000");
    BOOST_TEST(calls_of(a_load(1'001), 1'000) == "1 from 1000001000");
    BOOST_TEST(calls_of(a_load(1'001), 1'001).empty());
}

BOOST_AUTO_TEST_CASE(who_wants_no_more_calls_gets_none) {
    BOOST_TEST(calls_of(a_load(1'501), 0, 2) == "500 from 1000000000, 500 from 1000000500");
    BOOST_TEST(calls_of(a_load(501), 0, 1) == "500 from 1000000000");
}

BOOST_AUTO_TEST_CASE(the_head_is_found_wherever_it_stands) {
    const auto head = look_over(a_load(3));
    BOOST_REQUIRE(head);
    BOOST_TEST(head->insurer == "139980");
    BOOST_TEST(head->extent == "difference");
    BOOST_TEST(head->records == 3U);
    const auto behind = look_over(
        R"({"records":[{"insured":"0000000001","history":1,"deleted":true}],"extent":"full",)"
        R"("created":"2026-11-21T06:00:00+09:00","insurer":"139980","format":"card-json:1"})");
    BOOST_REQUIRE(behind);
    BOOST_TEST(behind->extent == "full");
}

BOOST_AUTO_TEST_CASE(a_load_that_does_not_say_its_extent_is_a_difference) {
    const auto head = look_over(without(a_load(1), R"(  "extent": "difference",)"));
    BOOST_REQUIRE(head);
    BOOST_TEST(head->extent == "difference");
}

BOOST_AUTO_TEST_CASE(a_document_that_cannot_be_sent_whole_is_not_sent_at_all) {
    const std::string good = a_load(2);
    for (const std::string& text :
         {without(good, R"("format": "card-json:1",)"), without(good, R"("history": 1,)"),
          good.substr(0, good.size() - 4), a_load(0), std::string{}, std::string{"[]"}}) {
        const auto head = look_over(text);
        BOOST_REQUIRE(!head);
        BOOST_CHECK(head.error().fate == Fate::rejected);
        BOOST_TEST(head.error().detail.find("運用者") != std::string::npos);
        BOOST_TEST(head.error().detail.size() < 512U);
    }
}

BOOST_AUTO_TEST_CASE(only_cards_as_card_json_are_a_load_for_pmh) {
    const model::Envelope card = tests::a_card_load().with_format("card-json:1");
    const model::Envelope newer = tests::a_card_load().with_format("card-json:2");
    const model::Envelope nameless = tests::a_card_load();
    const model::Envelope limit =
        tests::a_document("certification.limit-card", tests::kSharingInsurer)
            .with_format("card-json:1");
    BOOST_TEST(is_card_load(card));
    BOOST_TEST(!is_card_load(newer));
    BOOST_TEST(!is_card_load(nameless));
    BOOST_TEST(!is_card_load(limit));
    BOOST_CHECK(of_another_kind().fate == Fate::rejected);
    BOOST_TEST(of_another_kind().detail.size() < 512U);
}

BOOST_AUTO_TEST_SUITE_END()
