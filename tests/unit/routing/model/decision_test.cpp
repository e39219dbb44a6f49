#include "routing/model/decision.h"

#include <boost/test/unit_test.hpp>

#include "routing/model/limits.h"

using namespace sekisho::model;

namespace {

Decision denied(std::vector<Reason> reasons) {
    return {.verdict = Verdict::deny, .reasons = std::move(reasons)};
}

const Reason kAuthor{Problem::author_not_allowed, "medical:1319900021"};
const Reason kRoute{Problem::no_route, "certification.opinion"};

}  // namespace

BOOST_AUTO_TEST_SUITE(decisions)

BOOST_AUTO_TEST_CASE(nothing_decided_is_a_no) {
    BOOST_TEST(!Decision{}.permitted());
    BOOST_TEST(to_string(Decision{}) == "deny");
}

BOOST_AUTO_TEST_CASE(a_decision_is_written_with_its_reasons) {
    BOOST_TEST(to_string(Decision{.verdict = Verdict::permit, .reasons = {}}) == "permit");
    BOOST_TEST(to_string(denied({kAuthor, kRoute})) ==
               "deny: wrong-author (medical:1319900021), no-route (certification.opinion)");
    BOOST_TEST(to_string(denied({{Problem::no_consent, ""}})) == "deny: no-consent");
}

BOOST_AUTO_TEST_CASE(one_reason_is_its_own_problem) {
    BOOST_TEST((to_refusal(denied({kRoute})).problem == Problem::no_route));
}

BOOST_AUTO_TEST_CASE(several_reasons_are_not_permitted_with_all_of_them) {
    const Refusal refusal = to_refusal(denied({kAuthor, kRoute}));
    BOOST_TEST((refusal.problem == Problem::not_permitted));
    BOOST_TEST((refusal.reasons == std::vector{kAuthor, kRoute}));
    BOOST_TEST(!refusal.retry_after.has_value());
}

BOOST_AUTO_TEST_CASE(of_very_many_reasons_the_first_are_told) {
    std::vector<Reason> reasons;
    for (int i = 0; i < 1000; ++i) {
        reasons.push_back({Problem::insurer_unknown, "insurer:" + std::to_string(200'000 + i)});
    }
    const Refusal refusal = to_refusal(denied(reasons));
    BOOST_TEST((refusal.problem == Problem::not_permitted));
    reasons.resize(limits::kLocatedErrorsMax);
    BOOST_TEST((refusal.reasons == reasons));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_decided_may_be_tried_again) {
    const Refusal refusal = to_refusal({.verdict = Verdict::indeterminate, .reasons = {kRoute}});
    BOOST_TEST((refusal.problem == Problem::undecided));
    BOOST_TEST(refusal.retry_after.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
