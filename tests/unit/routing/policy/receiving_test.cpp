#include <boost/test/unit_test.hpp>
#include <string>

#include "routing/policy/policy.h"
#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;

namespace {

const sekisho::plan::Snapshot kWorld = snapshot();

// The decision, with "as reader: " before it where the right must be decided again at delivery.
std::string receiving(const Envelope& envelope, std::string_view recipient,
                      const Facts& known = facts(), const sekisho::plan::Snapshot& world = kWorld) {
    const auto handing = sekisho::policy::may_receive(
        {.catalogue = world.catalogue, .directory = world.directory, .rollout = world.rollout},
        envelope, party(recipient), known, kNow);
    return (handing.as_reader ? "as reader: " : "") + to_string(handing.decision);
}

std::string receivers(const Envelope& envelope) {
    std::string text;
    for (const std::string_view recipient : known_parties()) {
        if (receiving(envelope, recipient) != "permit") continue;
        text.append(text.empty() ? "" : " ").append(recipient);
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(receivings)

BOOST_AUTO_TEST_CASE(each_type_has_its_receivers_by_filing) {
    BOOST_TEST(receivers(an_opinion()) == "insurer:139980 system:platform");
    BOOST_TEST(receivers(an_opinion_request()) ==
               "care-office:1359900014 medical:1319900013 medical:1319900021");
    BOOST_TEST(receivers(a_card_load()) == "system:platform");
    BOOST_TEST(receivers(a_claim()) == "system:claims");
    BOOST_TEST(receivers(a_life_feedback()) == "system:platform");
    BOOST_TEST(receivers(a_care_plan()) == "system:platform");
    BOOST_TEST(receivers(a_plan_request()) == "insurer:139980");
    BOOST_TEST(receivers(a_statistics_extract()) == "system:statistics");
    BOOST_TEST(receivers(a_document("certification.review-bundle", kSharingInsurer)) ==
               "reviewer:panel-1");
}

BOOST_AUTO_TEST_CASE(a_receiver_by_filing_needs_no_facts) {
    BOOST_TEST(receiving(an_opinion(), kSharingInsurer, Facts{}) == "permit");
    BOOST_TEST(receiving(an_opinion().about(tadashi()), kPlatform) == "permit");
}

BOOST_AUTO_TEST_CASE(an_insurer_receives_of_its_own_insured_only) {
    BOOST_TEST(receiving(an_opinion(), kOtherSharingInsurer) ==
               "deny: recipient-not-allowed (insurer:139964)");
    BOOST_TEST(receiving(an_opinion().about(neighbour()), kOtherSharingInsurer) == "permit");
    BOOST_TEST(receiving(an_opinion().and_about(neighbour()), kSharingInsurer) ==
               "deny: recipient-not-allowed (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(a_recipient_that_nobody_knows_or_that_has_closed_receives_nothing) {
    BOOST_TEST(receiving(an_opinion(), kStranger) ==
               "deny: recipient-unknown (care-office:1379900077)");
    BOOST_TEST(receiving(a_care_plan(), kClosedOffice) ==
               "deny: recipient-unknown (care-office:1379900069)");
    BOOST_TEST(receiving(a_document("life.dream", kClinic), kPlatform) ==
               "deny: unknown-type (life.dream)");
}

BOOST_AUTO_TEST_CASE(never_means_never) {
    BOOST_TEST(receiving(a_claim(), kPlatform) == "deny: recipient-not-allowed (system:platform)");
    BOOST_TEST(receiving(a_card_load(), kStatistics) ==
               "deny: recipient-not-allowed (system:statistics)");
}

BOOST_AUTO_TEST_CASE(never_beats_a_filing_and_a_cell) {
    auto types = information_types();
    for (auto& type : types) {
        if (type.id.text() != "care-plan.home") continue;
        type.never_to = {sekisho::catalogue::ClassName{"system:platform"},
                         sekisho::catalogue::ClassName{"care-office"}};
    }
    auto world = snapshot();
    world.catalogue =
        sekisho::catalogue::Catalogue::build(party_classes(), std::move(types)).value();
    BOOST_TEST(receiving(a_care_plan(), kPlatform, facts(), world) ==
               "deny: recipient-not-allowed (system:platform)");
    BOOST_TEST(receiving(a_care_plan(), kHelpers, facts(), world) ==
               "deny: recipient-not-allowed (care-office:1379900028)");
}

BOOST_AUTO_TEST_CASE(whom_the_matrix_does_not_name_receives_nothing) {
    BOOST_TEST(receiving(a_care_plan(), kReviewer) ==
               "deny: recipient-not-allowed (reviewer:panel-1)");
    BOOST_TEST(receiving(an_opinion(), kHelpers) ==
               "deny: recipient-not-allowed (care-office:1379900028)");
}

BOOST_AUTO_TEST_CASE(a_reader_receives_by_the_rules_of_reading) {
    BOOST_TEST(receiving(a_care_plan(), kHelpers) == "as reader: permit");
    BOOST_TEST(receiving(a_care_plan(), kDayCare) ==
               "as reader: deny: not-registered (care-office:1379900036)");
    BOOST_TEST(receiving(a_care_plan(), kDeemedHospital) == "as reader: permit");
    const Facts unasked{{hanako(), a_person().registered_at(kDeemedHospital)}};
    BOOST_TEST(receiving(a_care_plan(), kDeemedHospital, unasked) ==
               "as reader: deny: no-consent (care-plan)");
    BOOST_TEST(receiving(a_care_plan(), kHelpers, Facts{}) ==
               "as reader: indeterminate: undecided (care-plan.home)");
    const Facts left{{hanako(), a_person().registered_at(kHelpers).ended_at(kNow)}};
    BOOST_TEST(receiving(a_care_plan(), kHelpers, left) ==
               "as reader: deny: person-ended (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(a_suspended_reader_receives_nothing) {
    const Facts known{{hanako(), a_person().registered_at(kSuspendedOffice)}};
    BOOST_TEST(receiving(a_care_plan(), kSuspendedOffice, known) ==
               "as reader: deny: party-suspended (care-office:1379900051)");
}

BOOST_AUTO_TEST_CASE(the_rollout_stops_a_push_of_gated_types_only) {
    const Facts known{{unconnected_towns(), a_person().registered_at(kHelpers).consenting()}};
    BOOST_TEST(receiving(a_care_plan().about(unconnected_towns()), kHelpers, known) ==
               "as reader: permit");
    BOOST_TEST(receiving(a_card_load().about(unconnected_towns()), kHelpers, known) ==
               "as reader: deny: insurer-not-connected (insurer:139972)");
}

BOOST_AUTO_TEST_CASE(a_push_of_a_gated_type_needs_dates_of_the_insurer) {
    auto world = snapshot();
    world.rollout = {};
    BOOST_TEST(receiving(a_card_load(), kHelpers, facts(), world) ==
               "as reader: deny: insurer-unknown (insurer:139980)");
    BOOST_TEST(receiving(a_care_plan(), kHelpers, facts(), world) == "as reader: permit");
}

BOOST_AUTO_TEST_CASE(a_push_about_an_insurer_that_nobody_knows_names_it) {
    const Facts known{{nowheres(), a_person().registered_at(kHelpers)}};
    BOOST_TEST(receiving(a_care_plan().about(nowheres()), kHelpers, known) ==
               "as reader: deny: insurer-unknown (insurer:139998)");
}

BOOST_AUTO_TEST_CASE(a_push_about_nobody_is_none_of_a_readers_business) {
    BOOST_TEST(receiving(a_care_plan().about_nobody(), kHelpers) ==
               "as reader: deny: person-missing (care-plan.home)");
    BOOST_TEST(receiving(a_card_load().about_nobody(), kHelpers) ==
               "as reader: deny: person-missing (certification.card)");
}

BOOST_AUTO_TEST_CASE(a_push_meets_no_human_and_so_no_cell_that_asks_for_a_role) {
    BOOST_TEST(receiving(a_progress_load().as_role("care-manager"), kCareManager) ==
               "as reader: deny: role-not-allowed (care-manager:1379900010)");
}

BOOST_AUTO_TEST_SUITE_END()
