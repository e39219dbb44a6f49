#include "routing/model/facts.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using enum ConsentKind;

namespace {

std::string_view name_of(ConsentState state) {
    switch (state) {
        case ConsentState::not_asked:
            return "not asked";
        case ConsentState::given:
            return "given";
        case ConsentState::refused:
            return "refused";
    }
    return "?";
}

std::string_view state(const PersonFacts& facts, ConsentKind kind, Instant at = kNow) {
    return name_of(consent_state(facts, kind, at));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(facts_of_persons)

BOOST_AUTO_TEST_CASE(kinds_of_consent_have_names) {
    for (const ConsentKind kind : {certification, limit_card, life, care_plan, housing}) {
        BOOST_TEST((parse_consent_kind(to_string(kind)) == kind));
    }
    BOOST_TEST(to_string(care_plan) == "care-plan");
    BOOST_TEST(!parse_consent_kind("care_plan").has_value());
    BOOST_TEST(!parse_consent_kind("").has_value());
}

BOOST_AUTO_TEST_CASE(nobody_asked_is_not_a_consent) {
    BOOST_TEST(state(a_person(), certification) == "not asked");
}

BOOST_AUTO_TEST_CASE(a_comprehensive_consent_gives_every_kind) {
    for (const ConsentKind kind : {certification, limit_card, life, care_plan, housing}) {
        BOOST_TEST(state(a_person().consenting(), kind) == "given");
    }
}

BOOST_AUTO_TEST_CASE(a_refused_kind_is_left_out_of_a_comprehensive_consent) {
    const PersonFacts facts = a_person().consenting_but_for({life});
    BOOST_TEST(state(facts, life) == "refused");
    BOOST_TEST(state(facts, care_plan) == "given");
}

BOOST_AUTO_TEST_CASE(a_consent_by_kinds_leaves_the_others_unasked) {
    const PersonFacts facts = a_person().consenting_to({life});
    BOOST_TEST(state(facts, life) == "given");
    BOOST_TEST(state(facts, certification) == "not asked");
}

BOOST_AUTO_TEST_CASE(a_later_record_replaces_what_it_speaks_about_and_nothing_else) {
    const PersonFacts facts = a_person().consenting().refusing({life});
    BOOST_TEST(state(facts, life) == "refused");
    BOOST_TEST(state(facts, housing) == "given");
    const PersonFacts changed_mind = a_person().consenting().refusing({life}).consenting_to({life});
    BOOST_TEST(state(changed_mind, life) == "given");
}

BOOST_AUTO_TEST_CASE(a_later_comprehensive_consent_replaces_an_earlier_refusal) {
    BOOST_TEST(state(a_person().refusing({life}).consenting(), life) == "given");
}

BOOST_AUTO_TEST_CASE(a_withdrawal_holds_from_its_instant_on) {
    const PersonFacts facts = a_person().consenting().withdrawing_at(kNow);
    BOOST_TEST(state(facts, certification, kNow - Duration{1}) == "given");
    BOOST_TEST(state(facts, certification, kNow) == "not asked");
}

BOOST_AUTO_TEST_CASE(a_withdrawal_does_not_bring_back_the_consent_it_had_replaced) {
    const PersonFacts facts = a_person().consenting().consenting().withdrawing_at(kNow);
    BOOST_TEST(state(facts, certification) == "not asked");
}

BOOST_AUTO_TEST_CASE(a_withdrawal_of_some_kinds_leaves_the_earlier_consent_to_others) {
    const PersonFacts facts = a_person().consenting().consenting_to({life}).withdrawing_at(kNow);
    BOOST_TEST(state(facts, life) == "not asked");
    BOOST_TEST(state(facts, housing) == "given");
}

BOOST_AUTO_TEST_CASE(a_consent_after_a_withdrawal_counts) {
    const PersonFacts facts =
        a_person().consenting().withdrawing_at(kNow - 900 * kOneDay).consenting();
    BOOST_TEST(state(facts, certification) == "given");
}

BOOST_AUTO_TEST_CASE(a_consent_of_the_future_says_nothing_yet) {
    PersonFacts facts = a_person().consenting();
    facts.consents[0].given_at = kNow + Duration{1};
    BOOST_TEST(state(facts, certification) == "not asked");
    BOOST_TEST(state(facts, certification, kNow + Duration{1}) == "given");
}

BOOST_AUTO_TEST_CASE(a_registration_holds_for_its_office_within_its_dates) {
    const Period contract{.from = kNow - kOneDay, .until = kNow + kOneDay};
    const PersonFacts facts = a_person().registered_at(kHelpers, contract);
    BOOST_TEST(is_registered(facts, party(kHelpers), kNow));
    BOOST_TEST(!is_registered(facts, party(kDayCare), kNow));
    BOOST_TEST(!is_registered(facts, party(kHelpers), kNow - 2 * kOneDay));
    BOOST_TEST(!is_registered(facts, party(kHelpers), kNow + kOneDay));
}

BOOST_AUTO_TEST_SUITE_END()
