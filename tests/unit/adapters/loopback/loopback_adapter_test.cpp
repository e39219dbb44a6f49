#include "adapters/loopback/loopback_adapter.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using adapters::Fate;
using loopback_adapter::LoopbackAdapter;
using loopback_adapter::Settings;

namespace {

model::Result<Settings> parsed(std::string_view text) {
    return Settings::parse(documents::parse_json(text).value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_loopback)

BOOST_AUTO_TEST_CASE(it_delivers_unless_told_otherwise) {
    LoopbackAdapter adapter(parsed("{}").value());
    BOOST_CHECK(tests::Filing{tests::an_opinion()}.through(adapter).fate == Fate::delivered);
}

BOOST_AUTO_TEST_CASE(it_answers_what_it_is_told) {
    LoopbackAdapter retry(parsed(R"({"outcome": "retry", "detail": "not today"})").value());
    const auto outcome = tests::Filing{tests::an_opinion()}.through(retry);
    BOOST_CHECK(outcome.fate == Fate::retry);
    BOOST_TEST(outcome.detail == "not today");
    LoopbackAdapter rejected(parsed(R"({"outcome": "rejected"})").value());
    BOOST_CHECK(tests::Filing{tests::an_opinion()}.through(rejected).fate == Fate::rejected);
}

BOOST_AUTO_TEST_CASE(its_canned_answer_is_given_to_each_question) {
    LoopbackAdapter adapter(parsed(R"({"answer": [{"state": "reviewed"}]})").value());
    const auto answer = tests::asked(adapter);
    BOOST_CHECK(answer.fate == adapters::AnswerFate::answered);
    BOOST_TEST(answer.body == R"([{"state":"reviewed"}])");
}

BOOST_AUTO_TEST_CASE(a_document_that_breaks_off_is_not_delivered) {
    LoopbackAdapter adapter(Settings{});
    const tests::Filing filing{tests::an_opinion()};
    tests::BrokenSource source;
    const auto outcome = adapter.deliver(filing.delivery(), source, adapters::Deadline::max());
    BOOST_CHECK(outcome.fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(an_unknown_setting_is_refused_with_its_place) {
    const auto settings = parsed("{\n  \"outcom\": \"retry\"}");
    BOOST_REQUIRE(!settings);
    BOOST_CHECK(settings.error().problem == model::Problem::attribute_invalid);
    BOOST_REQUIRE(settings.error().errors.size() == 1);
    BOOST_TEST(settings.error().errors[0].line == 2);
    BOOST_TEST(settings.error().errors[0].field == "outcom");
}

BOOST_AUTO_TEST_CASE(an_outcome_that_does_not_exist_is_refused) {
    BOOST_TEST(!parsed(R"({"outcome": "perhaps"})"));
    BOOST_TEST(!parsed(R"({"outcome": 1})"));
    BOOST_TEST(!parsed("[]"));
}

BOOST_AUTO_TEST_SUITE_END()
