#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>

#include "routing/policy/policy.h"
#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using sekisho::catalogue::InformationType;
using sekisho::plan::Snapshot;

namespace {

const Snapshot kWorld = snapshot();

std::string reading(const Envelope& question, const Facts& known = facts(),
                    const Snapshot& world = kWorld) {
    return to_string(sekisho::policy::may_read(
        {.catalogue = world.catalogue, .directory = world.directory, .rollout = world.rollout},
        question, known, kNow));
}

// The usual world with one type changed.
Snapshot with(std::string_view type, const std::function<void(InformationType&)>& change) {
    Snapshot world = snapshot();
    auto types = information_types();
    for (InformationType& row : types) {
        if (row.id.text() == type) change(row);
    }
    world.catalogue =
        sekisho::catalogue::Catalogue::build(party_classes(), std::move(types)).value();
    return world;
}

// Whether a party reads a type about hanako: "open" without consent, "consent" with one only, "-"
// never; in capitals where it must be registered for her.
std::string cell(std::string_view type, std::string_view reader) {
    const Envelope question = a_question(type).from(reader);
    const auto reads = [&](const PersonFactsBuilder& person) {
        return reading(question, {{hanako(), person}}) == "permit";
    };
    const bool unregistered = reads(a_person().consenting());
    const bool unasked = reads(a_person().registered_at(reader));
    if (!reads(a_person().registered_at(reader).consenting())) return "-";
    if (unregistered) return unasked ? "open" : "consent";
    return unasked ? "OPEN" : "CONSENT";
}

std::string row(std::string_view type) {
    std::string text;
    for (const std::string_view reader : known_parties()) {
        const std::string right = cell(type, reader);
        if (right == "-") continue;
        text.append(text.empty() ? "" : ", ").append(reader).append(" ").append(right);
    }
    return text;
}

// The care manager's, about hanako, who showed the card.
EnvelopeBuilder a_medical_question() {
    return a_question("medical.query").for_purpose("medical").at_visit("visit-1");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(readings)

BOOST_AUTO_TEST_CASE(every_cell_of_the_matrix_is_as_the_catalogue_says) {
    BOOST_TEST(row("certification.opinion") ==
               "insurer:139980 open, care-manager:1379900010 CONSENT, "
               "care-office:1359900014 CONSENT, medical:1319900013 CONSENT");
    BOOST_TEST(row("certification.opinion-request") == "");
    BOOST_TEST(row("certification.card") ==
               "insurer:139980 open, care-manager:1379900010 OPEN, care-office:1379900028 OPEN, "
               "care-office:1379900036 OPEN, care-office:1379900044 OPEN, "
               "care-office:1359900014 OPEN, medical:1319900013 OPEN, medical:1319900021 OPEN, "
               "system:portal open");
    BOOST_TEST(row("certification.limit-card") ==
               "insurer:139980 open, care-manager:1379900010 CONSENT, "
               "care-office:1379900028 CONSENT, care-office:1379900036 CONSENT, "
               "care-office:1379900044 CONSENT, care-office:1359900014 CONSENT, "
               "medical:1319900013 CONSENT, medical:1319900021 CONSENT, system:portal open");
    BOOST_TEST(row("certification.progress") ==
               "insurer:139980 open, care-manager:1379900010 CONSENT, "
               "care-office:1359900014 CONSENT, medical:1319900013 CONSENT, system:portal open");
    BOOST_TEST(row("certification.review-bundle") == "");
    BOOST_TEST(row("claim.statement") == "");
    BOOST_TEST(row("life.feedback") ==
               "insurer:139980 consent, care-manager:1379900010 CONSENT, "
               "care-office:1379900028 CONSENT, care-office:1379900036 CONSENT, "
               "care-office:1379900044 CONSENT, care-office:1359900014 CONSENT, "
               "medical:1319900013 CONSENT, system:portal open");
    BOOST_TEST(row("care-plan.home") ==
               "insurer:139980 consent, care-manager:1379900010 OPEN, "
               "care-office:1379900028 OPEN, care-office:1379900036 OPEN, "
               "care-office:1379900044 OPEN, care-office:1359900014 OPEN, "
               "medical:1319900013 CONSENT, system:portal open");
    BOOST_TEST(row("housing.renovation") ==
               "insurer:139980 open, care-manager:1379900010 CONSENT, "
               "care-office:1359900014 CONSENT, system:portal open");
    BOOST_TEST(row("notice.plan-request") == "");
}

BOOST_AUTO_TEST_CASE(a_registered_care_manager_reads_with_consent) {
    BOOST_TEST(reading(a_question("certification.progress")) == "permit");
}

BOOST_AUTO_TEST_CASE(without_consent_there_is_no_reading) {
    BOOST_TEST(reading(a_question("certification.progress").about(ume())) ==
               "deny: no-consent (certification)");
    BOOST_TEST(reading(a_question("certification.card").about(ume())) == "permit");
}

BOOST_AUTO_TEST_CASE(a_refused_kind_is_not_read) {
    BOOST_TEST(reading(a_question("certification.progress").about(tadashi())) ==
               "deny: consent-refused (certification)");
    BOOST_TEST(reading(a_question("life.feedback").about(tadashi())) == "permit");
    BOOST_TEST(reading(a_question("life.feedback").about(ichiro())) ==
               "deny: consent-refused (life)");
}

BOOST_AUTO_TEST_CASE(a_withdrawn_consent_stops_a_reading) {
    const auto person = a_person().registered_at(kCareManager).consenting();
    const Facts withdrawn{{hanako(), PersonFactsBuilder{person}.withdrawing_at(kNow)}};
    const Facts not_yet{{hanako(), PersonFactsBuilder{person}.withdrawing_at(kNow + kOneDay)}};
    BOOST_TEST(reading(a_question("life.feedback"), withdrawn) == "deny: no-consent (life)");
    BOOST_TEST(reading(a_question("life.feedback"), not_yet) == "permit");
}

BOOST_AUTO_TEST_CASE(a_reader_must_be_registered_for_the_person) {
    BOOST_TEST(reading(a_question("certification.card").from(kDayCare)) ==
               "deny: not-registered (care-office:1379900036)");
    BOOST_TEST(reading(a_question("certification.card").from(kHelpers)) == "permit");
    const Facts contract_over{
        {hanako(), a_person().registered_at(kHelpers, {.from = {}, .until = kNow}).consenting()}};
    BOOST_TEST(reading(a_question("certification.card").from(kHelpers), contract_over) ==
               "deny: not-registered (care-office:1379900028)");
}

BOOST_AUTO_TEST_CASE(the_record_holds_every_reason_against_an_unregistered_reader) {
    const Decision decision = sekisho::policy::may_read(
        {.catalogue = kWorld.catalogue, .directory = kWorld.directory, .rollout = kWorld.rollout},
        a_question("life.feedback").from(kDayCare).about(ichiro()), facts(), kNow);
    BOOST_TEST(to_string(decision) ==
               "deny: not-registered (care-office:1379900036), consent-refused (life)");
    BOOST_TEST(to_string(sekisho::policy::disclosed(decision, Intent::read)) ==
               "deny: not-registered (care-office:1379900036)");
}

BOOST_AUTO_TEST_CASE(an_insurer_reads_of_its_own_insured_only) {
    const auto question = a_question("certification.card").from(kSharingInsurer);
    BOOST_TEST(reading(EnvelopeBuilder{question}.about(ume())) == "permit");
    BOOST_TEST(reading(EnvelopeBuilder{question}.about(neighbour())) ==
               "deny: reader-not-allowed (insurer:139980)");
    BOOST_TEST(reading(EnvelopeBuilder{question}.about(ume()).and_about(neighbour())) ==
               "deny: reader-not-allowed (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(an_insurer_is_not_registered_for_its_own_insured) {
    const Snapshot world = with("certification.card", [](InformationType& type) {
        type.readers = {{.who = sekisho::catalogue::ClassName{"insurer"}, .own_insurer = true}};
    });
    BOOST_TEST(reading(a_question("certification.card").from(kSharingInsurer), facts(), world) ==
               "permit");
}

BOOST_AUTO_TEST_CASE(who_has_an_insurers_number_but_is_none_is_not_the_insurer) {
    constexpr std::string_view kNamesake = "reviewer:139980";
    Snapshot world = with("certification.card", [](InformationType& type) {
        type.readers = {{.who = sekisho::catalogue::ClassName{"reviewer"},
                         .registered = false,
                         .own_insurer = true}};
    });
    auto rows = directory_rows();
    rows.push_back({.id = party(kNamesake), .name = {}, .via = {}});
    world.directory = Directory{rows};
    BOOST_TEST(reading(a_question("certification.card").from(kNamesake), facts(), world) ==
               "deny: reader-not-allowed (reviewer:139980)");
}

BOOST_AUTO_TEST_CASE(an_insurer_too_needs_consent_where_the_matrix_says_so) {
    const auto question = a_question("care-plan.home").from(kSharingInsurer);
    BOOST_TEST(reading(EnvelopeBuilder{question}.about(hanako())) == "permit");
    BOOST_TEST(reading(EnvelopeBuilder{question}.about(ume())) == "deny: no-consent (care-plan)");
}

BOOST_AUTO_TEST_CASE(the_portal_needs_neither_registration_nor_consent) {
    BOOST_TEST(reading(a_question("life.feedback").from(kPortal).about(ichiro())) == "permit");
    BOOST_TEST(reading(a_question("certification.opinion").from(kPortal)) ==
               "deny: reader-not-allowed (system:portal)");
}

BOOST_AUTO_TEST_CASE(a_hospital_reads_when_it_is_deemed) {
    BOOST_TEST(reading(a_question("certification.opinion").from(kDeemedHospital)) == "permit");
    BOOST_TEST(reading(a_question("certification.opinion").from(kClinic)) ==
               "deny: reader-not-allowed (medical:1319900021)");
}

BOOST_AUTO_TEST_CASE(a_cell_that_is_switched_off_gives_no_right) {
    const auto question = a_question("certification.opinion").from(kHelpers);
    BOOST_TEST(reading(question) == "deny: reader-not-allowed (care-office:1379900028)");
    const Snapshot switched_on = with(
        "certification.opinion", [](InformationType& type) { type.readers.back().enabled = true; });
    BOOST_TEST(reading(question, facts(), switched_on) == "permit");
}

BOOST_AUTO_TEST_CASE(one_cell_that_grants_is_enough) {
    const auto question = a_question("certification.progress").as_role("office-staff");
    BOOST_TEST(reading(question) == "deny: role-not-allowed (office-staff)");
    const Snapshot second_cell = with("certification.progress", [](InformationType& type) {
        type.readers.push_back({.who = sekisho::catalogue::ClassName{"care-manager"}});
    });
    BOOST_TEST(reading(question, facts(), second_cell) == "permit");
}

BOOST_AUTO_TEST_CASE(the_cell_nearest_to_granting_gives_the_reasons) {
    const Snapshot second_cell = with("certification.progress", [](InformationType& type) {
        type.readers.push_back({.who = sekisho::catalogue::ClassName{"care-manager"},
                                .grant = sekisho::catalogue::Grant::consent});
    });
    BOOST_TEST(reading(a_question("certification.progress").as_role("nurse").about(ume()), facts(),
                       second_cell) == "deny: no-consent (certification)");
}

BOOST_AUTO_TEST_CASE(a_cell_further_from_granting_changes_nothing) {
    const Snapshot further = with("certification.card", [](InformationType& type) {
        type.readers.push_back(
            {.who = sekisho::catalogue::ClassName{"care-manager"}, .roles = {Role{"physician"}}});
    });
    BOOST_TEST(reading(a_question("certification.card"), {{hanako(), a_person()}}, further) ==
               "deny: not-registered (care-manager:1379900010)");
}

BOOST_AUTO_TEST_CASE(of_cells_equally_near_the_first_gives_the_reasons) {
    const Snapshot as_near = with("certification.progress", [](InformationType& type) {
        type.readers.push_back(
            {.who = sekisho::catalogue::ClassName{"care-manager"}, .roles = {Role{"physician"}}});
    });
    BOOST_TEST(reading(a_question("certification.progress").about(ume()), facts(), as_near) ==
               "deny: no-consent (certification)");
}

BOOST_AUTO_TEST_CASE(the_role_must_be_one_of_the_cells) {
    BOOST_TEST(reading(a_question("certification.progress").as_role("nurse")) ==
               "deny: role-not-allowed (nurse)");
    BOOST_TEST(reading(a_question("certification.progress").without_role()) ==
               "deny: role-not-allowed (care-manager:1379900010)");
    BOOST_TEST(reading(a_question("certification.card").without_role()) == "permit");
}

BOOST_AUTO_TEST_CASE(a_consent_of_no_kind_cannot_be_given) {
    const Snapshot no_kind =
        with("life.feedback", [](InformationType& type) { type.consent_kind.reset(); });
    BOOST_TEST(reading(a_question("life.feedback"), facts(), no_kind) ==
               "deny: no-consent (life.feedback)");
}

BOOST_AUTO_TEST_CASE(what_is_held_elsewhere_is_told_so_and_nothing_more) {
    BOOST_TEST(reading(a_question("claim.statement").from(kStranger)) ==
               "deny: held-elsewhere (claim.statement)");
}

BOOST_AUTO_TEST_CASE(what_is_never_asked_has_no_reader) {
    BOOST_TEST(reading(a_question("notice.plan-request")) ==
               "deny: reader-not-allowed (notice.plan-request)");
    BOOST_TEST(reading(a_question("life.dream")) == "deny: unknown-type (life.dream)");
}

BOOST_AUTO_TEST_CASE(whom_a_type_never_goes_to_does_not_read_it_either) {
    const Snapshot never = with("certification.card", [](InformationType& type) {
        type.never_to.push_back(sekisho::catalogue::ClassName{"care-manager"});
    });
    BOOST_TEST(reading(a_question("certification.card"), facts(), never) ==
               "deny: reader-not-allowed (care-manager:1379900010)");
}

BOOST_AUTO_TEST_CASE(a_person_who_has_left_is_read_no_more) {
    const auto person = a_person().registered_at(kCareManager).consenting();
    const Facts left{{hanako(), PersonFactsBuilder{person}.ended_at(kNow)}};
    const Facts leaving{{hanako(), PersonFactsBuilder{person}.ended_at(kNow + kOneDay)}};
    BOOST_TEST(reading(a_question("certification.card"), left) ==
               "deny: person-ended (insurer:139980)");
    BOOST_TEST(reading(a_question("certification.card"), leaving) == "permit");
}

BOOST_AUTO_TEST_CASE(reading_waits_for_the_insurer_to_share) {
    BOOST_TEST(reading(a_question("certification.card").about(loading_towns())) ==
               "deny: insurer-loading (insurer:139956)");
    BOOST_TEST(reading(a_question("care-plan.home").about(unconnected_towns())) ==
               "deny: insurer-not-connected (insurer:139972)");
    BOOST_TEST(
        reading(a_question("certification.card").from(kLoadingInsurer).about(loading_towns())) ==
        "deny: insurer-loading (insurer:139956)");
    const Facts registered{{nowheres(), a_person().registered_at(kCareManager)}};
    BOOST_TEST(reading(a_question("certification.card").about(nowheres()), registered) ==
               "deny: insurer-unknown (insurer:139998)");
}

BOOST_AUTO_TEST_CASE(a_reading_needs_dates_of_the_insurer) {
    auto world = snapshot();
    world.rollout = {};
    BOOST_TEST(reading(a_question("care-plan.home"), facts(), world) ==
               "deny: insurer-unknown (insurer:139980)");
}

BOOST_AUTO_TEST_CASE(the_purpose_and_the_network_must_fit) {
    BOOST_TEST(reading(a_question("certification.progress").for_purpose("claim")) ==
               "deny: purpose-not-allowed (claim)");
    BOOST_TEST(reading(a_question("certification.progress").through("eligibility")) ==
               "deny: zone-not-allowed (eligibility)");
}

BOOST_AUTO_TEST_CASE(a_carrier_asks_with_the_rights_of_whom_it_speaks_for) {
    BOOST_TEST(reading(a_question("care-plan.home").from(kCareplan).by(kCareManager)) == "permit");
    BOOST_TEST(reading(a_question("care-plan.home").from(kWeb).by(kCareManager)) ==
               "deny: wrong-carrier (system:web)");
    BOOST_TEST(reading(a_question("care-plan.home").from(kCareplan).by(kHelpers)) ==
               "deny: author-not-represented (care-office:1379900028)");
    BOOST_TEST(reading(a_question("care-plan.home").from(kCareplan)) ==
               "deny: reader-not-allowed (system:careplan)");
}

BOOST_AUTO_TEST_CASE(a_reader_that_is_suspended_closed_or_unknown_reads_nothing) {
    const Facts known{{hanako(), a_person()
                                     .registered_at(kSuspendedOffice)
                                     .registered_at(kClosedOffice)
                                     .registered_at(kStranger)}};
    const auto card = a_question("certification.card");
    BOOST_TEST(reading(EnvelopeBuilder{card}.from(kSuspendedOffice), known) ==
               "deny: party-suspended (care-office:1379900051)");
    BOOST_TEST(reading(EnvelopeBuilder{card}.from(kClosedOffice), known) ==
               "deny: party-unknown (care-office:1379900069)");
    BOOST_TEST(reading(EnvelopeBuilder{card}.from(kStranger), known) ==
               "deny: party-unknown (care-office:1379900077)");
}

BOOST_AUTO_TEST_CASE(a_question_about_nobody_is_not_answered) {
    BOOST_TEST(reading(a_question("certification.card").about_nobody()) ==
               "deny: person-missing (certification.card)");
    BOOST_TEST(reading(a_question("life.feedback").from(kSharingInsurer).about_nobody()) ==
               "deny: person-missing (life.feedback)");
}

BOOST_AUTO_TEST_CASE(facts_that_are_not_known_leave_the_question_open) {
    const Facts unknown{{hanako(), a_person().registered_at(kCareManager).consenting().unknown()}};
    BOOST_TEST(reading(a_question("certification.progress"), unknown) ==
               "indeterminate: undecided (certification.progress)");
    BOOST_TEST(reading(a_question("certification.progress"), Facts{}) ==
               "indeterminate: undecided (certification.progress)");
    BOOST_TEST(reading(a_question("certification.card").from(kPortal), Facts{}) ==
               "indeterminate: undecided (certification.card)");
}

BOOST_AUTO_TEST_CASE(a_definite_no_needs_no_facts) {
    BOOST_TEST(reading(a_question("certification.opinion").from(kClinic), Facts{}) ==
               "deny: reader-not-allowed (medical:1319900021)");
    BOOST_TEST(reading(a_question("certification.card").for_purpose("claim"), Facts{}) ==
               "deny: purpose-not-allowed (claim)");
}

BOOST_AUTO_TEST_CASE(a_reason_that_holds_for_two_persons_is_said_once) {
    BOOST_TEST(reading(a_question("certification.card").from(kDayCare).and_about(ume())) ==
               "deny: not-registered (care-office:1379900036)");
}

BOOST_AUTO_TEST_CASE(one_person_against_refuses_the_whole_question) {
    BOOST_TEST(reading(a_question("life.feedback").about(hanako()).and_about(ichiro())) ==
               "deny: consent-refused (life)");
    BOOST_TEST(reading(a_question("life.feedback").about(hanako()).and_about(tadashi())) ==
               "permit");
    const Facts half{{ichiro(), facts().at(ichiro())}};
    BOOST_TEST(reading(a_question("life.feedback").about(hanako()).and_about(ichiro()), half) ==
               "deny: consent-refused (life)");
}

BOOST_AUTO_TEST_CASE(a_cell_may_ask_for_a_registration_by_card) {
    auto types = information_types();
    for (auto& type : types) {
        for (auto& cell : type.readers) cell.by_card = cell.registered;
    }
    const auto rows =
        sekisho::catalogue::Catalogue::build(party_classes(), std::move(types)).value();
    const auto world = snapshot();
    const auto reading = [&](const PersonFacts& known) {
        return to_string(sekisho::policy::may_read(
            {.catalogue = rows, .directory = world.directory, .rollout = world.rollout},
            a_question("certification.card"), {{hanako(), known}}, kNow));
    };
    PersonFacts by_document = a_person().registered_at(kCareManager);
    by_document.registrations.front().assurance = "document";
    BOOST_TEST(reading(by_document) == "deny: assurance-too-low (care-manager:1379900010)");
    BOOST_TEST(reading(a_person().registered_at(kCareManager)) == "permit");
    PersonFacts by_both = a_person().registered_at(kCareManager);
    by_both.registrations.push_back(by_document.registrations.front());
    BOOST_TEST(reading(by_both) == "permit");
    by_both.registrations.front().period.until = kNow;
    BOOST_TEST(reading(by_both) == "deny: assurance-too-low (care-manager:1379900010)");
    BOOST_TEST(reading(a_person()) == "deny: not-registered (care-manager:1379900010)");
}

BOOST_AUTO_TEST_CASE(medical_information_is_read_with_the_card_of_this_visit_only) {
    BOOST_TEST(reading(a_medical_question()) == "permit");
    BOOST_TEST(reading(a_medical_question().from(kHelpers)) == "permit");
    BOOST_TEST(reading(a_medical_question().at_visit("")) ==
               "deny: assurance-too-low (care-manager:1379900010)");
    BOOST_TEST(reading(a_medical_question().from(kClinic)) ==
               "deny: reader-not-allowed (medical:1319900021)");
    BOOST_TEST(reading(a_medical_question().from(kDayCare)) ==
               "deny: not-registered (care-office:1379900036)");
}

BOOST_AUTO_TEST_CASE(a_registration_by_paper_opens_a_cell_that_asks_for_no_card) {
    PersonFacts known = a_person().registered_at(kCareManager).consenting();
    known.registrations.front().assurance = "document";
    BOOST_TEST(reading(a_question("certification.card"), {{hanako(), known}}) == "permit");
}

BOOST_AUTO_TEST_CASE(a_registration_by_card_is_not_the_card_of_this_visit) {
    const Snapshot once = with("medical.query", [](InformationType& type) {
        for (auto& cell : type.readers) cell.card_each_visit = false;
    });
    BOOST_TEST(reading(a_medical_question().at_visit(""), facts(), once) == "permit");
    BOOST_TEST(reading(a_question("certification.card")) == "permit");
}

BOOST_AUTO_TEST_CASE(what_no_kind_of_consent_names_is_read_by_a_comprehensive_one) {
    const auto by = [](const PersonFactsBuilder& person) {
        return reading(a_medical_question(), {{hanako(), person}});
    };
    const auto registered = [] { return a_person().registered_at(kCareManager); };
    const std::string no = "deny: no-consent (medical.query)";
    BOOST_TEST(by(registered()) == no);
    BOOST_TEST(by(registered().consenting()) == "permit");
    BOOST_TEST(by(registered().consenting_but_for({ConsentKind::life})) == "permit");
    BOOST_TEST(by(registered().consenting_to({ConsentKind::life, ConsentKind::care_plan})) == no);
    BOOST_TEST(by(registered().consenting().refusing({ConsentKind::life})) == no);
    BOOST_TEST(by(registered().refusing({ConsentKind::life}).consenting()) == "permit");
    BOOST_TEST(by(registered().consenting().withdrawing_at(kNow)) == no);
    BOOST_TEST(by(registered().consenting().withdrawing_at(kNow + kOneDay)) == "permit");
    BOOST_TEST(by(registered().consenting().consenting().withdrawing_at(kNow)) == no);
}

BOOST_AUTO_TEST_CASE(a_comprehensive_consent_covers_from_the_moment_it_is_given) {
    PersonFacts known = a_person().registered_at(kCareManager).consenting();
    known.consents.front().given_at = kNow;
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) == "permit");
    known.consents.front().given_at = kNow + kOneDay;
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) ==
               "deny: no-consent (medical.query)");
}

BOOST_AUTO_TEST_CASE(a_withdrawal_is_the_latest_word_though_another_consent_came_between) {
    PersonFacts known =
        a_person().registered_at(kCareManager).consenting_to({ConsentKind::life}).consenting();
    known.consents.front().given_at = kNow - 3 * kOneDay;
    known.consents.back().given_at = kNow - 2 * kOneDay;
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) == "permit");
    known.consents.front().withdrawn_at = kNow - kOneDay;
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) ==
               "deny: no-consent (medical.query)");
    known.consents.front().withdrawn_at = kNow - 2 * kOneDay - std::chrono::hours{1};
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) == "permit");
}

BOOST_AUTO_TEST_CASE(of_two_words_at_one_instant_the_one_recorded_later_is_the_latest) {
    PersonFacts known =
        a_person().registered_at(kCareManager).refusing({ConsentKind::life}).consenting();
    for (auto& consent : known.consents) consent.given_at = kNow - kOneDay;
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) == "permit");
    std::swap(known.consents.front(), known.consents.back());
    BOOST_TEST(reading(a_medical_question(), {{hanako(), known}}) ==
               "deny: no-consent (medical.query)");
}

BOOST_AUTO_TEST_CASE(of_two_persons_both_consent_to_what_no_kind_names) {
    const Facts one_asked{{hanako(), a_person().registered_at(kCareManager).consenting()},
                          {ume(), a_person().registered_at(kCareManager)}};
    BOOST_TEST(reading(a_medical_question().and_about(ume()), one_asked) ==
               "deny: no-consent (medical.query)");
    BOOST_TEST(reading(a_medical_question(), {{hanako(), a_person().unknown()}}) ==
               "indeterminate: undecided (medical.query)");
}

BOOST_AUTO_TEST_SUITE_END()
