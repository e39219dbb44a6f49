#include "routing/plan/plan.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using sekisho::plan::Snapshot;

namespace {

const Snapshot kWorld = snapshot();

std::string planning(const Envelope& envelope, const Facts& known = facts(),
                     const Snapshot& world = kWorld) {
    return to_string(sekisho::plan::plan(world, envelope, known, kNow));
}

Snapshot with_routes(std::vector<sekisho::table::Route> routes) {
    Snapshot world = snapshot();
    world.routes = sekisho::table::RouteTable::build(2, std::move(routes)).value();
    return world;
}

sekisho::table::Route to(std::string id, std::vector<sekisho::table::RouteTarget> targets,
                         Intent intent = Intent::file) {
    return {
        .id = RouteId{std::move(id)}, .match = {.intent = intent}, .targets = std::move(targets)};
}

// Of so many insurers that nobody knows.
Decision planning_about(int insurers) {
    EnvelopeBuilder opinion = an_opinion().about_nobody();
    for (int i = 0; i < insurers; ++i) {
        opinion.and_about({.insurer = InsurerNumber{std::to_string(200'000 + i)},
                           .insured = InsuredNumber{"0000000001"}});
    }
    return sekisho::plan::plan(kWorld, opinion, {}, kNow).decision;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plans)

BOOST_AUTO_TEST_CASE(a_hundred_reasons_are_told_with_where_it_could_not_go_more_stand_alone) {
    BOOST_TEST(planning_about(100).reasons.size() == 200U);
    BOOST_TEST(planning_about(101).reasons.size() == 101U);
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_insurers_are_each_named_once) {
    const auto decision = planning_about(100'000);
    BOOST_TEST(decision.reasons.size() == 100'000U);
    BOOST_TEST(decision.reasons.back().about == "insurer:299999");
}

BOOST_AUTO_TEST_CASE(an_opinion_goes_to_its_insurer_and_to_the_platform) {
    BOOST_TEST(planning(an_opinion()) ==
               "permit\n-> insurer:139980 mailbox\n-> system:platform platform");
    BOOST_TEST(planning(an_opinion().about(neighbour())) ==
               "permit\n-> insurer:139964 municipal\n-> system:platform platform");
}

BOOST_AUTO_TEST_CASE(the_daily_loads_go_to_the_platform) {
    BOOST_TEST(planning(a_card_load().about(hanako()).and_about(ume())) ==
               "permit\n-> system:platform platform");
    BOOST_TEST(planning(a_progress_load()) == "permit\n-> system:platform platform");
    BOOST_TEST(planning(a_card_load().from(kLoadingInsurer).about(loading_towns())) ==
               "permit\n-> system:platform platform");
}

BOOST_AUTO_TEST_CASE(a_question_goes_to_the_one_who_answers) {
    BOOST_TEST(planning(a_question("certification.progress")) ==
               "permit\n-> system:platform platform");
}

BOOST_AUTO_TEST_CASE(a_plan_says_under_which_revision_and_route_it_was_made) {
    const auto plan = sekisho::plan::plan(kWorld, a_care_plan().to(kHelpers), facts(), kNow);
    BOOST_TEST(plan.revision == 1u);
    BOOST_TEST_REQUIRE(plan.deliveries.size() == 2u);
    const sekisho::plan::PlannedDelivery expected{.recipient = party(kHelpers),
                                                  .via = Via{"mailbox"},
                                                  .route = RouteId{"plans"},
                                                  .as_reader = true};
    BOOST_TEST((plan.deliveries[0] == expected));
    BOOST_TEST(!plan.deliveries[1].as_reader);
}

BOOST_AUTO_TEST_CASE(deliveries_are_sorted_by_their_recipients_text) {
    const auto plan = sekisho::plan::plan(
        kWorld, a_care_plan().to(kDeemedHospital).to(kHelpers).to(kCareManager), facts(), kNow);
    std::vector<std::string> recipients;
    for (const auto& delivery : plan.deliveries)
        recipients.push_back(to_string(delivery.recipient));
    BOOST_TEST(
        (recipients == std::vector<std::string>{"care-manager:1379900010", "care-office:1379900028",
                                                "medical:1319900013", "system:platform"}));
}

BOOST_AUTO_TEST_CASE(recipients_of_one_kind_are_sorted_by_their_numbers) {
    const Facts known{
        {hanako(), a_person().registered_at(kHelpers).registered_at(kVisitingNurses)}};
    const auto plan =
        sekisho::plan::plan(kWorld, a_care_plan().to(kVisitingNurses).to(kHelpers), known, kNow);
    BOOST_TEST_REQUIRE(plan.deliveries.size() == 3u);
    BOOST_TEST((plan.deliveries[0].recipient == party(kHelpers)));
    BOOST_TEST((plan.deliveries[1].recipient == party(kVisitingNurses)));
}

BOOST_AUTO_TEST_CASE(a_filing_without_a_route_is_refused) {
    BOOST_TEST(planning(an_opinion_request()) == "permit\n-> medical:1319900021 mailbox");
    BOOST_TEST(planning(an_opinion(), facts(), with_routes({})) ==
               "deny: no-route (certification.opinion)");
    BOOST_TEST(planning(a_document("certification.review-bundle", kSharingInsurer)
                            .for_purpose("certification")) ==
               "deny: no-route (certification.review-bundle)");
}

BOOST_AUTO_TEST_CASE(a_recipient_that_no_route_takes_up_is_ignored) {
    BOOST_TEST(planning(a_claim().to(kDayCare)) == "permit\n-> system:claims loopback");
}

BOOST_AUTO_TEST_CASE(one_refused_recipient_refuses_the_whole) {
    BOOST_TEST(planning(a_care_plan().to(kHelpers)) ==
               "permit\n-> care-office:1379900028 mailbox\n-> system:platform platform");
    BOOST_TEST(planning(a_care_plan().to(kHelpers).to(kDayCare)) ==
               "deny: not-registered (care-office:1379900036)");
    BOOST_TEST(planning(a_care_plan().to(kStranger)) ==
               "deny: recipient-unknown (care-office:1379900077)");
}

BOOST_AUTO_TEST_CASE(the_reasons_of_filing_and_of_every_recipient_are_collected_once) {
    BOOST_TEST(planning(a_care_plan().for_purpose("claim").to(kDayCare).to(kStranger)) ==
               "deny: purpose-not-allowed (claim), not-registered (care-office:1379900036), "
               "recipient-unknown (care-office:1379900077)");
    BOOST_TEST(planning(an_opinion().from(kHelpers), facts(), with_routes({})) ==
               "deny: wrong-author (care-office:1379900028), no-route (certification.opinion)");
    BOOST_TEST(planning(an_opinion().about(nowheres())) ==
               "deny: insurer-unknown (insurer:139998), recipient-unknown (insurer:139998)");
    const Facts left{
        {hanako(),
         a_person().registered_at(kHelpers).registered_at(kVisitingNurses).ended_at(kNow)}};
    BOOST_TEST(planning(a_care_plan().to(kHelpers).to(kVisitingNurses), left) ==
               "deny: person-ended (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(an_unknown_type_is_said_once) {
    BOOST_TEST(planning(a_document("life.dream", kClinic)) == "deny: unknown-type (life.dream)");
    BOOST_TEST(planning(a_question("life.dream")) == "deny: unknown-type (life.dream)");
}

BOOST_AUTO_TEST_CASE(a_load_about_two_insurers_cannot_go_to_both) {
    const auto world = with_routes({to("r", {{.to = "$insurer"}})});
    BOOST_TEST(planning(an_opinion().and_about(neighbour()), facts(), world) ==
               "deny: recipient-not-allowed (insurer:139980), "
               "recipient-not-allowed (insurer:139964)");
}

BOOST_AUTO_TEST_CASE(a_route_may_name_another_way_than_the_directory) {
    const auto world = with_routes({to("r", {{.to = "$insurer", .via = Via{"folder"}}})});
    BOOST_TEST(planning(an_opinion(), facts(), world) == "permit\n-> insurer:139980 folder");
}

BOOST_AUTO_TEST_CASE(a_recipient_that_nothing_reaches_is_no_route) {
    auto rows = directory_rows();
    for (Party& row : rows) row.via = Via{};
    Snapshot world = snapshot();
    world.directory = Directory{rows};
    BOOST_TEST(planning(an_opinion(), facts(), world) ==
               "deny: no-route (insurer:139980), no-route (system:platform)");
    BOOST_TEST(planning(a_question("certification.card"), facts(), world) ==
               "deny: no-route (system:platform)");
    const auto to_nobody = with_routes({to("r", {{.to = std::string{kStranger}}}, Intent::read)});
    BOOST_TEST(planning(a_question("certification.card"), facts(), to_nobody) ==
               "deny: no-route (care-office:1379900077)");
}

BOOST_AUTO_TEST_CASE(a_filing_to_a_reader_whose_facts_are_unknown_is_undecided) {
    BOOST_TEST(planning(a_care_plan().to(kHelpers), Facts{}) ==
               "indeterminate: undecided (care-plan.home)");
    BOOST_TEST(planning(a_care_plan(), Facts{}) == "permit\n-> system:platform platform");
}

BOOST_AUTO_TEST_CASE(a_definite_no_beats_an_open_question) {
    BOOST_TEST(planning(a_care_plan().to(kHelpers).to(kStranger), Facts{}) ==
               "deny: recipient-unknown (care-office:1379900077)");
    BOOST_TEST(planning(a_care_plan().for_purpose("claim").to(kHelpers), Facts{}) ==
               "deny: purpose-not-allowed (claim)");
}

BOOST_AUTO_TEST_CASE(a_question_needs_exactly_one_who_answers) {
    BOOST_TEST(planning(a_question("certification.card"), facts(), with_routes({})) ==
               "deny: no-route (certification.card)");
    const auto two =
        with_routes({to("r", {{.to = "system:platform"}, {.to = "system:portal"}}, Intent::read)});
    BOOST_TEST(planning(a_question("certification.card"), facts(), two) ==
               "deny: no-route (certification.card)");
    const auto filings_only = with_routes({to("r", {{.to = "system:platform"}})});
    BOOST_TEST(planning(a_question("certification.card"), facts(), filings_only) ==
               "deny: no-route (certification.card)");
}

BOOST_AUTO_TEST_CASE(a_question_that_is_refused_plans_nothing) {
    BOOST_TEST(planning(a_question("certification.progress").about(ume())) ==
               "deny: no-consent (certification)");
    BOOST_TEST(planning(a_question("certification.progress"), Facts{}) ==
               "indeterminate: undecided (certification.progress)");
    // Whether there is a route is nothing that one who may not ask is told.
    BOOST_TEST(planning(a_question("certification.progress").about(ume()), facts(),
                        with_routes({})) == "deny: no-consent (certification)");
}

BOOST_AUTO_TEST_CASE(the_same_inputs_give_the_same_plan) {
    const Envelope envelope = a_care_plan().to(kHelpers);
    const auto first = sekisho::plan::plan(kWorld, envelope, facts(), kNow);
    const auto second = sekisho::plan::plan(snapshot(), envelope, facts(), kNow);
    BOOST_TEST((first.decision == second.decision));
    BOOST_TEST((first.deliveries == second.deliveries));
}

BOOST_AUTO_TEST_SUITE_END()
