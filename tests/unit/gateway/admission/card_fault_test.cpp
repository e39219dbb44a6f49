// The one table from what was wrong to what is answered.
#include "gateway/admission/card_fault.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

using namespace sekisho;
using admission::CardFault;
using model::Problem;

namespace {

const std::map<CardFault, Problem> kAnswers{
    {CardFault::challenge_unknown, Problem::card_challenge_unknown},
    {CardFault::challenge_foreign, Problem::card_challenge_unknown},
    {CardFault::challenge_late, Problem::card_challenge_late},
    {CardFault::challenge_used, Problem::card_challenge_used},
    {CardFault::malformed, Problem::card_certificate_malformed},
    {CardFault::signing_certificate, Problem::card_certificate_for_signing},
    {CardFault::unknown_authority, Problem::card_authority_unknown},
    {CardFault::authority_not_valid, Problem::card_authority_unknown},
    {CardFault::forged, Problem::card_certificate_forged},
    {CardFault::weak_signature, Problem::card_certificate_too_weak},
    {CardFault::weak_key, Problem::card_certificate_too_weak},
    {CardFault::wrong_purpose, Problem::card_certificate_unsuitable},
    {CardFault::wrong_policy, Problem::card_certificate_unsuitable},
    {CardFault::unsuitable, Problem::card_certificate_unsuitable},
    {CardFault::expired, Problem::card_certificate_expired},
    {CardFault::not_yet_valid, Problem::card_certificate_not_yet_valid},
    {CardFault::wrong_signature, Problem::card_signature_wrong},
    {CardFault::other_use, Problem::purpose_not_allowed},
    {CardFault::revoked, Problem::card_certificate_revoked},
    {CardFault::status_unknown, Problem::card_status_unknown},
    {CardFault::status_unreachable, Problem::card_status_unreachable},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(card_faults)

BOOST_AUTO_TEST_CASE(each_is_answered_by_its_problem_and_recorded_by_its_own_word) {
    std::set<std::string_view> words;
    for (const auto& [fault, problem] : kAnswers) {
        BOOST_TEST_CONTEXT(admission::to_string(fault)) {
            BOOST_TEST((admission::problem_of(fault) == problem));
            BOOST_TEST(words.insert(admission::to_string(fault)).second);
        }
    }
    const auto last = static_cast<std::size_t>(CardFault::status_unreachable);
    BOOST_TEST(words.size() == last + 1);
}

BOOST_AUTO_TEST_CASE(a_foreign_challenge_is_answered_like_one_that_never_was) {
    const auto foreign = admission::to_refusal({.fault = CardFault::challenge_foreign});
    const auto unknown = admission::to_refusal({.fault = CardFault::challenge_unknown});
    BOOST_TEST((foreign.problem == unknown.problem));
    BOOST_TEST((foreign.detail == unknown.detail));
    BOOST_TEST(foreign.reasons.empty());
    BOOST_TEST(!foreign.retry_after.has_value());
}

BOOST_AUTO_TEST_CASE(what_the_record_knows_more_is_not_answered) {
    const auto answer =
        admission::to_refusal({.fault = CardFault::status_unknown, .why = "list-outdated"});
    BOOST_TEST((answer.detail == model::Text{}));
    BOOST_TEST(answer.reasons.empty());
}

BOOST_AUTO_TEST_CASE(an_unreachable_status_says_when_to_come_again) {
    const auto answer = admission::to_refusal({.fault = CardFault::status_unreachable});
    BOOST_TEST(answer.retry_after.has_value());
    BOOST_TEST((answer.detail == admission::new_challenge_needed()));
    BOOST_TEST(answer.detail.ja.find("チャレンジ") != std::string::npos);
    BOOST_TEST(answer.detail.en.find("a new challenge") != std::string::npos);
    BOOST_TEST(model::entry_of(answer.problem).status == 503);
}

BOOST_AUTO_TEST_SUITE_END()
