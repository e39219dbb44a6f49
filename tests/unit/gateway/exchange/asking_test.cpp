// Questions: asked after the policy said yes, on record before the answer is released.
#include <boost/test/unit_test.hpp>

#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using adapters::AnswerFate;
using model::Problem;

BOOST_AUTO_TEST_SUITE(asking)

BOOST_AUTO_TEST_CASE(of_a_registered_reader_about_a_consenting_person_is_answered) {
    ExchangeWorld world;
    world.platform->answer.body = R"([{"state":"reviewed"}])";
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000001"));
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST(reply->body == R"([{"state":"reviewed"}])");
    BOOST_TEST(world.leaves_of_kind("access").size() == 1U);
    BOOST_TEST(world.leaves_of_kind("access")[0].find("0000000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_answered_only_when_the_access_is_on_record) {
    ExchangeWorld world;
    const auto pending = world.ask(world.a_progress_question("q-1", "0000000001"));
    world.executor.run_all();
    BOOST_TEST(world.platform->asked.size() == 1U);
    BOOST_TEST(!pending->has_value());
    world.commit();
    BOOST_TEST(pending->has_value());
}

BOOST_AUTO_TEST_CASE(about_a_person_who_was_not_asked_is_refused) {
    ExchangeWorld world;
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000003"));
    BOOST_TEST((problem_of(reply) == Problem::no_consent));
    BOOST_TEST(world.platform->asked.empty());
    BOOST_TEST(world.leaves_of_kind("decision").size() == 1U);
}

BOOST_AUTO_TEST_CASE(about_a_person_who_refused_the_kind_is_refused) {
    ExchangeWorld world;
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000006"));
    BOOST_TEST((problem_of(reply) == Problem::consent_refused));
}

BOOST_AUTO_TEST_CASE(of_an_unregistered_reader_learns_that_and_nothing_more) {
    ExchangeWorld world;
    const auto reply = world.ask_and_settle(world.a_progress_question("q-1", "0000000099"));
    BOOST_TEST((problem_of(reply) == Problem::not_registered));
    BOOST_TEST(reply.error().reasons.size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_an_actor_is_refused) {
    ExchangeWorld world;
    auto event = world.a_progress_question("q-1", "0000000001");
    event.set("actor", "");
    BOOST_TEST((problem_of(world.ask_and_settle(event)) == Problem::attribute_missing));
}

BOOST_AUTO_TEST_CASE(whose_peer_is_away_or_says_no_is_told_which) {
    ExchangeWorld world;
    world.platform->answer = {.fate = AnswerFate::unavailable};
    BOOST_TEST((problem_of(world.ask_and_settle(world.a_progress_question("q-1", "0000000001"))) ==
                Problem::backend_unavailable));
    world.platform->answer = {.fate = AnswerFate::rejected};
    BOOST_TEST((problem_of(world.ask_and_settle(world.a_progress_question("q-2", "0000000001"))) ==
                Problem::backend_rejected));
    world.platform->answer = {.fate = AnswerFate::timeout};
    BOOST_TEST((problem_of(world.ask_and_settle(world.a_progress_question("q-3", "0000000001"))) ==
                Problem::backend_timeout));
}

BOOST_AUTO_TEST_CASE(is_ended_by_its_deadline) {
    ExchangeWorld world;
    const auto pending = world.ask(world.a_progress_question("q-1", "0000000001"));
    world.timer.advance(std::chrono::seconds{6});  // the peer's thread has not run yet
    BOOST_TEST(!pending->has_value());
    world.executor.step();
    world.settle();
    BOOST_TEST_REQUIRE(pending->has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
