#include <boost/test/unit_test.hpp>
#include <string>
#include <type_traits>

#include "routing/plan/plan.h"
#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using sekisho::plan::PlannedDelivery;
using sekisho::plan::Snapshot;

// Outside plan nothing makes an Authorized: not from an envelope, not from nothing, not by
// assignment.
static_assert(!std::is_constructible_v<Authorized<Envelope>, Envelope>);
static_assert(!std::is_constructible_v<Authorized<Envelope>, const Envelope&>);
static_assert(!std::is_default_constructible_v<Authorized<Envelope>>);
static_assert(!std::is_convertible_v<Envelope, Authorized<Envelope>>);
static_assert(!std::is_assignable_v<Authorized<Envelope>&, Envelope>);
static_assert(!std::is_aggregate_v<Authorized<Envelope>>);

namespace {

const Snapshot kWorld = snapshot();

// "authorized", or the name of the refusal's problem.
std::string authorizing(const Envelope& envelope, const PlannedDelivery& delivery,
                        const Facts& known, const Snapshot& world = kWorld) {
    const auto made = sekisho::plan::authorize(world, envelope, delivery, known, kNow);
    return made ? "authorized" : std::string{entry_of(made.error().problem).name};
}

PlannedDelivery delivery_to(std::string_view recipient, bool as_reader) {
    return {.recipient = party(recipient),
            .via = Via{"mailbox"},
            .route = RouteId{"plans"},
            .as_reader = as_reader};
}

const Envelope kPlanForHospital = a_care_plan().to(kDeemedHospital);
const PlannedDelivery kToHospital = delivery_to(kDeemedHospital, true);

}  // namespace

BOOST_AUTO_TEST_SUITE(authorizations)

BOOST_AUTO_TEST_CASE(an_authorized_envelope_is_the_envelope) {
    const auto made = sekisho::plan::authorize(kWorld, an_opinion().with_id("a"),
                                               delivery_to(kPlatform, false), facts(), kNow);
    BOOST_TEST_REQUIRE(made.has_value());
    BOOST_TEST((*made)->id.text() == "a");
    BOOST_TEST(((**made).source == party(kClinic)));
}

BOOST_AUTO_TEST_CASE(a_filing_goes_on_whatever_is_withdrawn_since) {
    const PlannedDelivery to_insurer = delivery_to(kSharingInsurer, false);
    BOOST_TEST(authorizing(an_opinion().about(ume()), to_insurer, facts()) == "authorized");
    BOOST_TEST(authorizing(an_opinion(), to_insurer, Facts{}) == "authorized");
    Snapshot no_rollout = snapshot();
    no_rollout.rollout = {};
    BOOST_TEST(authorizing(an_opinion(), to_insurer, facts(), no_rollout) == "authorized");
    // Nor is it asked whether the type still goes to this recipient.
    BOOST_TEST(authorizing(an_opinion(), delivery_to(kHelpers, false), facts()) == "authorized");
}

BOOST_AUTO_TEST_CASE(a_filing_to_a_recipient_that_is_gone_stops) {
    BOOST_TEST(authorizing(an_opinion(), delivery_to(kStranger, false), facts()) ==
               "recipient-unknown");
}

BOOST_AUTO_TEST_CASE(a_readers_right_is_decided_again_at_delivery) {
    const auto person = a_person().registered_at(kDeemedHospital).consenting();
    const auto at_delivery = [&](const PersonFactsBuilder& now_known) {
        return authorizing(kPlanForHospital, kToHospital, {{hanako(), now_known}});
    };
    BOOST_TEST(at_delivery(person) == "authorized");
    BOOST_TEST(at_delivery(PersonFactsBuilder{person}.withdrawing_at(kNow)) == "no-consent");
    BOOST_TEST(at_delivery(PersonFactsBuilder{person}.refusing({ConsentKind::care_plan})) ==
               "consent-refused");
    BOOST_TEST(at_delivery(a_person().consenting()) == "not-registered");
    BOOST_TEST(at_delivery(PersonFactsBuilder{person}.ended_at(kNow)) == "person-ended");
    BOOST_TEST(at_delivery(PersonFactsBuilder{person}.unknown()) == "undecided");
    BOOST_TEST(authorizing(kPlanForHospital, kToHospital, Facts{}) == "undecided");
}

BOOST_AUTO_TEST_CASE(the_refusal_of_an_unregistered_reader_says_that_and_records_all) {
    const auto made = sekisho::plan::authorize(kWorld, kPlanForHospital, kToHospital,
                                               {{hanako(), a_person()}}, kNow);
    BOOST_TEST_REQUIRE(!made.has_value());
    BOOST_TEST((made.error().problem == Problem::not_registered));
    BOOST_TEST((made.error().reasons ==
                std::vector<Reason>{{Problem::not_registered, "medical:1319900013"},
                                    {Problem::no_consent, "care-plan"}}));
}

BOOST_AUTO_TEST_CASE(an_undecided_delivery_may_be_tried_again) {
    const auto made =
        sekisho::plan::authorize(kWorld, kPlanForHospital, kToHospital, Facts{}, kNow);
    BOOST_TEST_REQUIRE(!made.has_value());
    BOOST_TEST(made.error().retry_after.has_value());
}

BOOST_AUTO_TEST_CASE(a_permitted_question_is_authorized_by_its_own_plan) {
    const Envelope question = a_question("certification.progress");
    const auto plan = sekisho::plan::plan(kWorld, question, facts(), kNow);
    BOOST_TEST_REQUIRE(plan.deliveries.size() == 1u);
    BOOST_TEST(authorizing(question, plan.deliveries[0], facts()) == "authorized");
}

BOOST_AUTO_TEST_CASE(a_question_is_decided_again_too) {
    const PlannedDelivery to_platform = delivery_to(kPlatform, false);
    BOOST_TEST(authorizing(a_question("certification.progress").about(ume()), to_platform,
                           facts()) == "no-consent");
    BOOST_TEST(authorizing(a_question("certification.progress"), to_platform, Facts{}) ==
               "undecided");
}

BOOST_AUTO_TEST_CASE(an_unregistered_asker_is_told_that_alone) {
    const auto made =
        sekisho::plan::authorize(kWorld, a_question("life.feedback").from(kDayCare).about(ichiro()),
                                 delivery_to(kPlatform, false), facts(), kNow);
    BOOST_TEST_REQUIRE(!made.has_value());
    BOOST_TEST((made.error().problem == Problem::not_registered));
    BOOST_TEST(made.error().reasons.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
