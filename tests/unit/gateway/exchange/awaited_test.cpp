// What an insurer has asked for, until it comes: the thirty days of a certification (F5c).
#include <boost/test/unit_test.hpp>

#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

namespace {

const documents::OpinionSample kOpinion{.office = "1319900021", .request_number = "0001"};

struct Waiting : ExchangeWorld {
    std::string state_of(const std::string& id) {
        const auto fate = fate_of(std::string{kSharingInsurer}, id);
        if (!fate.awaited) return "nothing";
        return std::string{to_string(fate.awaited->state)} + " " +
               model::to_japan_date(fate.awaited->due) + " " +
               std::to_string(fate.awaited->days_left);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_awaited_opinion, Waiting)

BOOST_AUTO_TEST_CASE(is_wanted_within_thirty_days_of_the_application) {
    BOOST_TEST(
        submit_and_settle(a_request_event("rq-1", {.applied_on = "2026-11-20"})).has_value());
    BOOST_TEST(state_of("rq-1") == "waiting 2026-12-20 29");
    BOOST_TEST(waited_for() == 1U);
    pass(std::chrono::days{31});
    BOOST_TEST(state_of("rq-1") == "waiting 2026-12-20 -2");
}

BOOST_AUTO_TEST_CASE(is_waited_for_no_longer_once_it_is_filed) {
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(submit_and_settle(an_opinion_event("op-1", kOpinion)).has_value());
    BOOST_TEST(state_of("rq-1") == "filed 2026-12-21 30");
    BOOST_TEST(waited_for() == 0U);
    const auto opinion =
        exchange->fate({.party = party(kClinic)}, model::MessageId{"op-1"}, std::nullopt);
    BOOST_TEST(!opinion.value().awaited.has_value());
}

BOOST_AUTO_TEST_CASE(is_known_by_its_own_number_whatever_its_sender_calls_it) {
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    auto opinion = an_opinion_event("op-1", kOpinion);
    opinion.set("businesskey", "our-own-17");
    BOOST_TEST(submit_and_settle(opinion).has_value());
    BOOST_TEST(waited_for() == 0U);
}

BOOST_AUTO_TEST_CASE(of_another_number_or_person_is_still_waited_for) {
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    auto other = kOpinion;
    other.request_number = "0002";
    BOOST_TEST(submit_and_settle(an_opinion_event("op-1", other)).has_value());
    BOOST_TEST(waited_for() == 1U);
}

BOOST_AUTO_TEST_CASE(may_have_come_before_it_was_asked_for) {
    BOOST_TEST(submit_and_settle(an_opinion_event("op-1", kOpinion)).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(state_of("rq-1") == "filed 2026-12-21 30");
    BOOST_TEST(waited_for() == 0U);
}

BOOST_AUTO_TEST_CASE(may_have_come_before_under_a_name_of_its_senders) {
    auto opinion = an_opinion_event("op-1", kOpinion);
    opinion.set("businesskey", "our-own-17");
    BOOST_TEST(submit_and_settle(opinion).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(waited_for() == 0U);
}

BOOST_AUTO_TEST_CASE(is_asked_for_once_however_often_the_request_is_sent) {
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-again")).has_value());
    BOOST_TEST(waited_for() == 1U);
}

BOOST_AUTO_TEST_CASE(cannot_be_withdrawn_when_nobody_waits_for_it) {
    BOOST_TEST((problem_of(submit_and_settle(a_request_event("rq-1", {.kind = "withdrawal"}))) ==
                model::Problem::record_unknown));
    BOOST_TEST(submit_and_settle(a_request_event("rq-2")).has_value());
    BOOST_TEST(submit_and_settle(an_opinion_event("op-1", kOpinion)).has_value());
    BOOST_TEST((problem_of(submit_and_settle(a_request_event("rq-3", {.kind = "withdrawal"}))) ==
                model::Problem::record_unknown));
}

BOOST_AUTO_TEST_CASE(may_be_asked_for_no_longer) {
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-2", {.kind = "withdrawal"})).has_value());
    BOOST_TEST(state_of("rq-1") == "withdrawn 2026-12-21 30");
    BOOST_TEST(state_of("rq-2") == "nothing");
}

BOOST_AUTO_TEST_CASE(is_waited_for_once_however_often_it_is_called_in_mind) {
    BOOST_TEST(submit_and_settle(a_request_event("rq-1")).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-2", {.kind = "reminder"})).has_value());
    BOOST_TEST(submit_and_settle(a_request_event("rq-3", {.kind = "reminder",
                                                          .created = "2026-11-22T09:00:00+09:00"}))
                   .has_value());
    BOOST_TEST(waited_for() == 1U);
    BOOST_TEST(state_of("rq-3") == "nothing");
}

BOOST_AUTO_TEST_CASE(is_asked_for_of_whom_the_document_names) {
    auto request = a_request_event("rq-1", {.writer = "1319900013"});
    request.set("recipient", std::string{kClinic});
    BOOST_TEST((problem_of(submit_and_settle(request)) == model::Problem::document_invalid));
    BOOST_TEST(waited_for() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
