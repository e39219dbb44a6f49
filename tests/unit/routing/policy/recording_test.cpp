#include <boost/test/unit_test.hpp>
#include <string>

#include "routing/policy/policy.h"
#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;

namespace {

const sekisho::plan::Snapshot kWorld = snapshot();

Consent a_consent(const std::string& id = "c-1") {
    return {.comprehensive = true, .given_at = kNow, .id = id};
}

Consent a_refusal() {
    return {.refused = {ConsentKind::life}, .given_at = kNow, .id = "c-1"};
}

Consent withdrawn(Consent consent) {
    consent.withdrawn_at = kNow;
    return consent;
}

Registration a_registration(std::string_view office) {
    return {.party = party(office), .assurance = "card", .period = {.from = kNow}, .id = "r-1"};
}

Registration ended(Registration registration) {
    registration.period.until = kNow;
    return registration;
}

PersonFacts with(PersonFacts facts, const Note& note) {
    if (const auto* consent = std::get_if<Consent>(&note)) facts.consents.push_back(*consent);
    if (const auto* one = std::get_if<Registration>(&note)) facts.registrations.push_back(*one);
    return facts;
}

EnvelopeBuilder a_note(std::string_view type, std::string_view source) {
    return a_document(type, source).for_purpose("consent");
}

std::string recording(const Note& note, const PersonFacts& facts, std::string_view author,
                      bool admitted = false, const sekisho::plan::Snapshot& world = kWorld) {
    const auto type =
        std::holds_alternative<Consent>(note) ? "consent.record" : "registration.record";
    return to_string(sekisho::policy::may_record(
        {.catalogue = world.catalogue, .directory = world.directory, .rollout = world.rollout},
        a_note(type, author), {.note = note, .facts = facts, .admitted = admitted}, kNow));
}

sekisho::plan::Snapshot where_the_portal_gives() {
    auto rules = consent_rules();
    rules.person_gives = true;
    auto world = snapshot();
    world.catalogue =
        sekisho::catalogue::Catalogue::build(party_classes(), information_types(), rules).value();
    return world;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(consents)

BOOST_AUTO_TEST_CASE(the_own_insurer_always_records) {
    BOOST_TEST(recording(a_consent(), a_person(), kSharingInsurer) == "permit");
    BOOST_TEST(recording(a_refusal(), a_person().consenting(), kSharingInsurer) == "permit");
}

BOOST_AUTO_TEST_CASE(an_office_of_the_right_kind_takes_it_for_the_municipality) {
    BOOST_TEST(recording(a_consent(), a_person().registered_at(kCareManager), kCareManager) ==
               "permit");
    BOOST_TEST(recording(a_refusal(), a_person().registered_at(kHealthFacility), kHealthFacility) ==
               "permit");
    BOOST_TEST(recording(a_consent(), a_person().registered_at(kHelpers), kHelpers) ==
               "deny: wrong-author (care-office:1379900028)");
    BOOST_TEST(recording(a_consent(), a_person().registered_at(kSupportCenter), kSupportCenter) ==
               "deny: wrong-author (support-center:1300000013)");
}

BOOST_AUTO_TEST_CASE(an_office_takes_it_only_of_those_it_is_registered_for) {
    BOOST_TEST(recording(a_consent(), a_person(), kCareManager) ==
               "deny: not-registered (care-manager:1379900010)");
    const Period before{.from = std::nullopt, .until = kNow - kOneDay};
    BOOST_TEST(recording(a_consent(), a_person().registered_at(kCareManager, before),
                         kCareManager) == "deny: not-registered (care-manager:1379900010)");
}

BOOST_AUTO_TEST_CASE(a_municipal_answer_closes_it_to_offices) {
    auto asked = a_refusal();
    asked.municipal = true;
    asked.id = "c-0";
    const auto facts = with(a_person().registered_at(kCareManager), asked);
    BOOST_TEST(recording(a_consent(), facts, kCareManager) ==
               "deny: consent-closed (care-manager:1379900010)");
    BOOST_TEST(recording(a_consent(), with(a_person(), withdrawn(asked)), kSharingInsurer) ==
               "permit");
    const auto taken_by_an_office = with(a_person().registered_at(kCareManager), a_consent("c-0"));
    BOOST_TEST(recording(a_refusal(), taken_by_an_office, kCareManager) == "permit");
}

BOOST_AUTO_TEST_CASE(the_portal_refuses_and_withdraws_and_gives_only_where_the_switch_is_on) {
    BOOST_TEST(recording(a_refusal(), a_person(), kPortal) == "permit");
    BOOST_TEST(recording(a_consent(), a_person(), kPortal) ==
               "deny: giving-not-open (system:portal)");
    auto of_one_kind = a_refusal();
    of_one_kind.given = {ConsentKind::housing};
    BOOST_TEST(recording(of_one_kind, a_person(), kPortal) ==
               "deny: giving-not-open (system:portal)");
    BOOST_TEST(recording(a_consent(), a_person(), kPortal, false, where_the_portal_gives()) ==
               "permit");
    BOOST_TEST(recording(withdrawn(a_consent()), with(a_person(), a_consent()), kPortal) ==
               "permit");
}

BOOST_AUTO_TEST_CASE(a_withdrawal_names_a_record_of_the_same_person) {
    BOOST_TEST(recording(withdrawn(a_consent()), a_person(), kSharingInsurer) ==
               "deny: record-unknown (insurer:139980)");
    BOOST_TEST(recording(withdrawn(a_consent("c-2")), with(a_person(), a_consent()), kPortal) ==
               "deny: record-unknown (system:portal)");
}

BOOST_AUTO_TEST_CASE(an_office_withdraws_for_those_it_is_registered_for) {
    const auto facts = with(a_person().registered_at(kHelpers), a_consent());
    BOOST_TEST(recording(withdrawn(a_consent()), facts, kHelpers) == "permit");
    BOOST_TEST(recording(withdrawn(a_consent()), facts, kCareManager) ==
               "deny: not-registered (care-manager:1379900010)");
}

BOOST_AUTO_TEST_CASE(an_id_is_of_one_record) {
    BOOST_TEST(recording(a_refusal(), with(a_person(), a_consent()), kSharingInsurer) ==
               "deny: record-conflict (insurer:139980)");
    BOOST_TEST(recording(a_consent(), with(a_person(), a_consent()), kSharingInsurer) == "permit");
}

BOOST_AUTO_TEST_CASE(nothing_is_given_after_the_pair_has_ended_but_withdrawn_it_may_be) {
    const PersonFacts gone = with(a_person().ended_at(kNow - kOneDay), a_consent());
    BOOST_TEST(recording(a_consent("c-2"), gone, kSharingInsurer) ==
               "deny: person-ended (insurer:139980)");
    BOOST_TEST(recording(withdrawn(a_consent()), gone, kSharingInsurer) == "permit");
    BOOST_TEST(recording(a_consent(), a_person().ended_at(kNow + kOneDay), kSharingInsurer) ==
               "permit");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_leaves_it_open) {
    BOOST_TEST(recording(a_consent(), a_person().unknown(), kSharingInsurer) ==
               "indeterminate: undecided (consent.record)");
    BOOST_TEST(recording(a_consent(), a_person(), kStranger) ==
               "deny: party-unknown (care-office:1379900077)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(registrations)

BOOST_AUTO_TEST_CASE(an_office_registers_itself_once_the_gateway_verified_the_person) {
    BOOST_TEST(recording(a_registration(kHelpers), a_person(), kHelpers, true) == "permit");
    BOOST_TEST(recording(a_registration(kHelpers), a_person(), kHelpers) ==
               "deny: admission-needed (care-office:1379900028)");
    BOOST_TEST(recording(a_registration(kDayCare), a_person(), kHelpers, true) ==
               "deny: wrong-author (care-office:1379900028)");
}

BOOST_AUTO_TEST_CASE(what_the_web_service_carries_was_verified_there) {
    const auto carried = a_note("registration.record", kWeb).by(kCareManager);
    const auto decision = sekisho::policy::may_record(
        {.catalogue = kWorld.catalogue, .directory = kWorld.directory, .rollout = kWorld.rollout},
        carried, {.note = a_registration(kCareManager), .facts = a_person()}, kNow);
    BOOST_TEST(to_string(decision) == "permit");
}

BOOST_AUTO_TEST_CASE(the_insurer_registers_any_office_that_there_is) {
    BOOST_TEST(recording(a_registration(kHelpers), a_person(), kSharingInsurer) == "permit");
    BOOST_TEST(recording(a_registration(kClosedOffice), a_person(), kSharingInsurer) ==
               "deny: party-unknown (care-office:1379900069)");
    BOOST_TEST(recording(a_registration(kStranger), a_person(), kSharingInsurer) ==
               "deny: party-unknown (care-office:1379900077)");
}

BOOST_AUTO_TEST_CASE(the_portal_begins_none) {
    BOOST_TEST(recording(a_registration(kHelpers), a_person(), kPortal) ==
               "deny: wrong-author (system:portal)");
}

BOOST_AUTO_TEST_CASE(it_is_ended_by_its_office_the_insurer_and_the_person) {
    const auto facts = with(a_person(), a_registration(kHelpers));
    for (const auto who : {kHelpers, kSharingInsurer, kPortal}) {
        BOOST_TEST(recording(ended(a_registration(kHelpers)), facts, who) == "permit");
    }
    BOOST_TEST(recording(ended(a_registration(kHelpers)), facts, kDayCare) ==
               "deny: wrong-author (care-office:1379900036)");
}

BOOST_AUTO_TEST_CASE(what_exists_is_ended_and_nothing_else) {
    const auto facts = with(a_person(), a_registration(kHelpers));
    BOOST_TEST(recording(a_registration(kHelpers), facts, kHelpers) ==
               "deny: record-conflict (care-office:1379900028)");
    BOOST_TEST(recording(ended(a_registration(kDayCare)), facts, kSharingInsurer) ==
               "deny: record-conflict (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(none_begins_after_the_pair_has_ended_but_end_it_may) {
    const auto gone = with(a_person().ended_at(kNow), a_registration(kHelpers));
    BOOST_TEST(recording(ended(a_registration(kHelpers)), gone, kHelpers) == "permit");
    auto another = a_registration(kHelpers);
    another.id = "r-2";
    BOOST_TEST(recording(another, gone, kSharingInsurer) == "deny: person-ended (insurer:139980)");
    BOOST_TEST(recording(another, gone, kHelpers, true) ==
               "deny: person-ended (care-office:1379900028), "
               "admission-needed (care-office:1379900028)");
    const PersonFacts going_on = a_person().ended_at(kNow + kOneDay);
    BOOST_TEST(recording(another, going_on, kHelpers, true) == "permit");
}

BOOST_AUTO_TEST_SUITE_END()
