#include <boost/test/unit_test.hpp>
#include <string>

#include "routing/policy/policy.h"
#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;

namespace {

const sekisho::plan::Snapshot kWorld = snapshot();

std::string filing(const Envelope& envelope, const sekisho::plan::Snapshot& world = kWorld) {
    return to_string(sekisho::policy::may_file(
        {.catalogue = world.catalogue, .directory = world.directory, .rollout = world.rollout},
        envelope, kNow));
}

// The English names of the parties that may author a type, out of the whole directory.
std::string authors_of(std::string_view type, std::string_view purpose, const Person& person) {
    std::string text;
    for (const std::string_view author : known_parties()) {
        const Envelope envelope =
            a_document(type, author).about(person).for_purpose(purpose).through("public");
        if (filing(envelope) == "permit") text.append(text.empty() ? "" : " ").append(author);
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(filings)

BOOST_AUTO_TEST_CASE(what_usually_happens_is_permitted) {
    BOOST_TEST(filing(an_opinion()) == "permit");
    BOOST_TEST(filing(an_opinion_request()) == "permit");
    BOOST_TEST(filing(a_card_load()) == "permit");
    BOOST_TEST(filing(a_progress_load()) == "permit");
    BOOST_TEST(filing(a_claim()) == "permit");
    BOOST_TEST(filing(a_life_feedback()) == "permit");
    BOOST_TEST(filing(a_care_plan()) == "permit");
    BOOST_TEST(filing(a_plan_request()) == "permit");
    BOOST_TEST(filing(a_statistics_extract()) == "permit");
}

BOOST_AUTO_TEST_CASE(an_unknown_type_has_no_other_reason) {
    BOOST_TEST(filing(a_document("life.dream", kStranger)) == "deny: unknown-type (life.dream)");
}

BOOST_AUTO_TEST_CASE(the_author_must_be_of_a_class_that_makes_the_type) {
    BOOST_TEST(filing(an_opinion().from(kHelpers)) ==
               "deny: wrong-author (care-office:1379900028)");
    BOOST_TEST(filing(an_opinion().from(kHealthFacility)) == "permit");
    BOOST_TEST(filing(a_card_load().from(kPlatform)) == "deny: wrong-author (system:platform)");
}

BOOST_AUTO_TEST_CASE(each_type_has_its_authors_and_no_others) {
    BOOST_TEST(authors_of("certification.opinion", "certification", hanako()) ==
               "care-office:1359900014 medical:1319900013 medical:1319900021");
    BOOST_TEST(authors_of("certification.opinion-request", "certification", hanako()) ==
               "insurer:139980");
    BOOST_TEST(authors_of("certification.card", "certification", hanako()) == "insurer:139980");
    BOOST_TEST(authors_of("certification.limit-card", "care", neighbour()) == "insurer:139964");
    BOOST_TEST(authors_of("certification.progress", "care", loading_towns()) == "insurer:139956");
    BOOST_TEST(authors_of("certification.review-bundle", "certification", hanako()) ==
               "insurer:139980");
    BOOST_TEST(authors_of("housing.renovation", "planning", unconnected_towns()) == "");
    BOOST_TEST(authors_of("claim.statement", "claim", unconnected_towns()) ==
               "care-office:1379900028 care-office:1379900036 care-office:1379900044 "
               "care-office:1359900014 medical:1319900013 medical:1319900021");
    BOOST_TEST(authors_of("life.feedback", "care", hanako()) ==
               "care-office:1379900028 care-office:1379900036 care-office:1379900044 "
               "care-office:1359900014");
    BOOST_TEST(authors_of("care-plan.home", "care", hanako()) ==
               "care-manager:1379900010 care-office:1359900014");
    BOOST_TEST(authors_of("notice.plan-request", "notice", hanako()) ==
               "care-manager:1379900010 care-office:1359900014");
}

BOOST_AUTO_TEST_CASE(a_carrier_needs_the_mandate_of_the_author) {
    BOOST_TEST(filing(an_opinion().from(kWeb).by(kClinic)) == "permit");
    BOOST_TEST(filing(an_opinion().from(kWeb).by(kDeemedHospital)) ==
               "deny: author-not-represented (medical:1319900013)");
}

BOOST_AUTO_TEST_CASE(a_carrier_needs_the_catalogues_leave_besides) {
    BOOST_TEST(filing(a_care_plan().from(kCareplan).by(kCareManager)) == "permit");
    BOOST_TEST(filing(a_care_plan().from(kWeb).by(kCareManager)) ==
               "deny: wrong-carrier (system:web)");
}

BOOST_AUTO_TEST_CASE(an_insurer_carries_about_its_own_insured_only) {
    auto world = snapshot();
    auto types = information_types();
    for (auto& type : types) {
        if (type.id.text() == "certification.opinion") {
            type.carriers.push_back(sekisho::catalogue::ClassName{"insurer"});
        }
    }
    world.catalogue =
        sekisho::catalogue::Catalogue::build(party_classes(), std::move(types)).value();
    std::vector<Party> parties;
    for (const auto& [id, known] : world.directory.all()) {
        parties.push_back(known);
        if (id.kind == PartyKind::insurer) {
            parties.back().speaks_for.push_back({.author = party(kClinic)});
        }
    }
    world.directory = Directory{std::move(parties)};
    BOOST_TEST(filing(an_opinion().from(kSharingInsurer).by(kClinic), world) == "permit");
    BOOST_TEST(filing(an_opinion().from(kLoadingInsurer).by(kClinic), world) ==
               "deny: wrong-carrier (insurer:139956)");
}

BOOST_AUTO_TEST_CASE(a_carrier_that_nobody_knows_is_named_beside_the_mandate_it_lacks) {
    BOOST_TEST(filing(an_opinion().from(kStranger).by(kClinic)) ==
               "deny: author-not-represented (medical:1319900021), "
               "party-unknown (care-office:1379900077)");
}

BOOST_AUTO_TEST_CASE(a_carrier_has_no_rights_of_its_own) {
    BOOST_TEST(filing(an_opinion().from(kWeb)) == "deny: wrong-author (system:web)");
    BOOST_TEST(filing(a_life_feedback().from(kCareplan).by(kHelpers)) ==
               "deny: author-not-represented (care-office:1379900028), "
               "wrong-carrier (system:careplan)");
}

BOOST_AUTO_TEST_CASE(the_network_must_be_one_laid_down_for_the_type) {
    BOOST_TEST(filing(an_opinion_request().through("internet")) ==
               "deny: zone-not-allowed (internet)");
    BOOST_TEST(filing(a_card_load().through("eligibility")) == "permit");
}

BOOST_AUTO_TEST_CASE(a_network_that_needs_protection_must_have_it) {
    auto world = snapshot();
    world.catalogue = sekisho::catalogue::Catalogue::build(
                          party_classes(), information_types(), consent_rules(),
                          {{.zone = ZoneName{"eligibility"},
                            .protected_by = {Protection::ipsec, Protection::closed_network}}})
                          .value();
    const auto through = [&](std::string_view zone, Protection protection) {
        auto opinion = EnvelopeBuilder{an_opinion()}.through(zone).protected_by(protection);
        return filing(opinion, world);
    };
    BOOST_TEST(through("eligibility", Protection::none) ==
               "deny: network-unprotected (eligibility)");
    BOOST_TEST(through("eligibility", Protection::loopback) ==
               "deny: network-unprotected (eligibility)");
    BOOST_TEST(through("eligibility", Protection::ipsec) == "permit");
    BOOST_TEST(through("eligibility", Protection::closed_network) == "permit");
    BOOST_TEST(through("internet", Protection::none) == "permit");
}

BOOST_AUTO_TEST_CASE(the_purpose_must_be_one_of_the_types) {
    BOOST_TEST(filing(an_opinion().for_purpose("care")) == "permit");
    BOOST_TEST(filing(an_opinion().for_purpose("claim")) == "deny: purpose-not-allowed (claim)");
    BOOST_TEST(filing(an_opinion().for_purpose("")) == "deny: purpose-not-allowed");
}

BOOST_AUTO_TEST_CASE(a_gated_type_waits_for_the_insurer) {
    BOOST_TEST(filing(an_opinion().about(loading_towns())) ==
               "deny: insurer-loading (insurer:139956)");
    BOOST_TEST(filing(an_opinion().about(unconnected_towns())) ==
               "deny: insurer-not-connected (insurer:139972)");
    BOOST_TEST(filing(a_plan_request().about(loading_towns())) ==
               "deny: insurer-loading (insurer:139956)");
}

BOOST_AUTO_TEST_CASE(a_loading_insurer_files_its_own) {
    BOOST_TEST(filing(a_card_load().from(kLoadingInsurer).about(loading_towns())) == "permit");
    BOOST_TEST(filing(a_card_load().from(kUnconnectedInsurer).about(unconnected_towns())) ==
               "deny: insurer-not-connected (insurer:139972)");
}

BOOST_AUTO_TEST_CASE(a_loading_insurers_own_is_what_it_authors_and_what_it_carries) {
    BOOST_TEST(filing(a_card_load().from(kWeb).by(kLoadingInsurer).about(loading_towns())) ==
               "deny: author-not-represented (insurer:139956), wrong-carrier (system:web)");
    BOOST_TEST(filing(an_opinion().from(kLoadingInsurer).by(kClinic).about(loading_towns())) ==
               "deny: author-not-represented (medical:1319900021), "
               "wrong-carrier (insurer:139956)");
}

BOOST_AUTO_TEST_CASE(what_is_not_gated_runs_regardless) {
    BOOST_TEST(filing(a_claim().about(unconnected_towns())) == "permit");
    BOOST_TEST(filing(a_life_feedback().about(loading_towns())) == "permit");
    BOOST_TEST(filing(a_care_plan().about(unconnected_towns())) == "permit");
}

BOOST_AUTO_TEST_CASE(an_insurer_that_nobody_knows_is_named) {
    BOOST_TEST(filing(an_opinion().about(nowheres())) == "deny: insurer-unknown (insurer:139998)");
    BOOST_TEST(filing(a_claim().about(nowheres())) == "deny: insurer-unknown (insurer:139998)");
}

BOOST_AUTO_TEST_CASE(a_gated_type_needs_dates_of_the_insurer_too) {
    auto world = snapshot();
    world.rollout = {};
    BOOST_TEST(filing(an_opinion(), world) == "deny: insurer-unknown (insurer:139980)");
    BOOST_TEST(filing(a_claim(), world) == "permit");
}

BOOST_AUTO_TEST_CASE(an_insurer_files_for_its_own_insured_only) {
    BOOST_TEST(filing(a_card_load().about(neighbour())) == "deny: wrong-author (insurer:139980)");
    BOOST_TEST(filing(a_card_load().about(hanako()).and_about(neighbour())) ==
               "deny: wrong-author (insurer:139980)");
    BOOST_TEST(filing(a_card_load().about(hanako()).and_about(ichiro())) == "permit");
}

BOOST_AUTO_TEST_CASE(every_person_of_a_load_is_decided) {
    BOOST_TEST(filing(a_claim().about(hanako()).and_about(nowheres())) ==
               "deny: insurer-unknown (insurer:139998)");
    BOOST_TEST(filing(a_card_load().about(loading_towns()).and_about(unconnected_towns())) ==
               "deny: insurer-loading (insurer:139956), insurer-not-connected (insurer:139972), "
               "wrong-author (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(what_must_be_about_somebody_names_somebody) {
    BOOST_TEST(filing(an_opinion().about_nobody()) ==
               "deny: person-missing (certification.opinion)");
    BOOST_TEST(filing(a_card_load().about_nobody()) == "deny: person-missing (certification.card)");
    BOOST_TEST(filing(a_care_plan().about_nobody()) == "deny: person-missing (care-plan.home)");
    BOOST_TEST(filing(a_claim().about_nobody()) == "permit");
}

BOOST_AUTO_TEST_CASE(a_party_that_is_suspended_closed_or_unknown_files_nothing) {
    BOOST_TEST(filing(a_claim().from(kSuspendedOffice)) ==
               "deny: party-suspended (care-office:1379900051)");
    BOOST_TEST(filing(a_claim().from(kClosedOffice)) ==
               "deny: party-unknown (care-office:1379900069)");
    BOOST_TEST(filing(a_claim().from(kStranger)) == "deny: party-unknown (care-office:1379900077)");
}

BOOST_AUTO_TEST_CASE(carrier_and_author_must_both_be_in_order) {
    auto rows = directory_rows();
    for (Party& row : rows) row.suspended = row.id == party(kClinic) || row.id == party(kWeb);
    auto world = snapshot();
    world.directory = Directory{rows};
    BOOST_TEST(filing(an_opinion().from(kWeb).by(kClinic), world) ==
               "deny: party-suspended (system:web), party-suspended (medical:1319900021)");
}

BOOST_AUTO_TEST_CASE(consent_does_not_govern_filing) {
    BOOST_TEST(filing(an_opinion().about(ume())) == "permit");
    BOOST_TEST(filing(an_opinion().about(tadashi())) == "permit");
    BOOST_TEST(filing(a_life_feedback().about(ichiro())) == "permit");
}

BOOST_AUTO_TEST_CASE(every_reason_is_given_in_the_order_of_the_rules) {
    const Envelope wrong = an_opinion_request()
                               .from(kWeb)
                               .by(kHelpers)
                               .about(nowheres())
                               .and_about(unconnected_towns())
                               .and_about(loading_towns())
                               .through("internet")
                               .for_purpose("claim");
    BOOST_TEST(filing(wrong) ==
               "deny: insurer-unknown (insurer:139998), zone-not-allowed (internet), "
               "wrong-author (care-office:1379900028), "
               "author-not-represented (care-office:1379900028), wrong-carrier (system:web), "
               "purpose-not-allowed (claim), insurer-not-connected (insurer:139972), "
               "insurer-loading (insurer:139956)");
}

BOOST_AUTO_TEST_CASE(no_reason_holds_an_insured_number) {
    const Envelope wrong = a_card_load().from(kStranger).about(nowheres()).and_about(hanako());
    for (const Person& person : wrong.persons) {
        BOOST_TEST(filing(wrong).find(person.insured.text()) == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
