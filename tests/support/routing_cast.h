// The cast: made-up parties and persons, a small catalogue and routes, and builders that make
// four-line cases of them.
//
// The parties and persons are those of the demo; the catalogue is a reduced one with a row for each
// kind of rule. Everything is asked at kNow unless a test says otherwise. Values only: every call
// makes a fresh one.
//
//     plan::plan(snapshot(), an_opinion().from(kClinic).about(ume()), facts(), kNow)
//     Facts{{hanako(), a_person().registered_at(kCareManager).consenting()}}
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routing/plan/plan.h"

namespace sekisho::tests {

// Insurers
inline constexpr std::string_view kSharingInsurer = "insurer:139980";       // served by its mailbox
inline constexpr std::string_view kOtherSharingInsurer = "insurer:139964";  // served by `municipal`
inline constexpr std::string_view kLoadingInsurer = "insurer:139956";
inline constexpr std::string_view kUnconnectedInsurer = "insurer:139972";
// Offices, with their service types
inline constexpr std::string_view kCareManager = "care-manager:1379900010";      // 43
inline constexpr std::string_view kSupportCenter = "support-center:1300000013";  // 46
inline constexpr std::string_view kHelpers = "care-office:1379900028";           // 11
inline constexpr std::string_view kDayCare = "care-office:1379900036";  // 15, registered for nobody
inline constexpr std::string_view kVisitingNurses = "care-office:1379900044";   // 13
inline constexpr std::string_view kHealthFacility = "care-office:1359900014";   // 52
inline constexpr std::string_view kSuspendedOffice = "care-office:1379900051";  // 11
inline constexpr std::string_view kClosedOffice =
    "care-office:1379900069";                                            // 11, closed a month ago
inline constexpr std::string_view kStranger = "care-office:1379900077";  // not in the directory
inline constexpr std::string_view kDeemedHospital = "medical:1319900013";
inline constexpr std::string_view kClinic = "medical:1319900021";  // not deemed
inline constexpr std::string_view kReviewer = "reviewer:panel-1";
// Systems
inline constexpr std::string_view kPlatform = "system:platform";
inline constexpr std::string_view kCareplan = "system:careplan";  // may speak for kCareManager
inline constexpr std::string_view kLife = "system:life";  // may speak for kHelpers: life.feedback
inline constexpr std::string_view kWeb = "system:web";    // may speak for kCareManager and kClinic
inline constexpr std::string_view kClaims = "system:claims";
inline constexpr std::string_view kPortal = "system:portal";
inline constexpr std::string_view kStatistics = "system:statistics";

model::PartyId party(std::string_view text);
const std::vector<std::string_view>& known_parties();  // the whole directory, in the order above

inline constexpr model::Instant kNow =  // nine in the morning in Japan
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 21};
inline constexpr std::chrono::days kOneDay{1};
model::Instant instant(std::string_view rfc3339);

// Persons
model::Person
hanako();  // comprehensive consent; registered at care manager, helpers, deemed hospital
model::Person ichiro();         // consent but for LIFE; registered at the care manager
model::Person ume();            // not asked yet; registered at the care manager
model::Person tadashi();        // consent but for certification; registered at the care manager
model::Person neighbour();      // of kOtherSharingInsurer; nothing recorded
model::Person loading_towns();  // of kLoadingInsurer; consent; registered at the care manager
model::Person
unconnected_towns();       // of kUnconnectedInsurer; consent; registered at the care manager
model::Person nowheres();  // of an insurer that nobody knows

// The world
model::Directory directory();
std::vector<model::Party> directory_rows();
catalogue::Catalogue small_catalogue();
std::vector<catalogue::PartyClass> party_classes();
std::vector<catalogue::InformationType> information_types();
catalogue::ConsentRules consent_rules();
table::Rollout rollout();
table::RouteTable route_table();
std::vector<table::Route> route_rows();
plan::Snapshot snapshot();  // all of these, at revision 1

// What is recorded of all the persons above but nowheres(), as their comments say.
model::Facts facts();

// What is recorded of one person. Each consent is given a day after the one before it, all long
// before kNow.
class PersonFactsBuilder {
  public:
    PersonFactsBuilder& registered_at(std::string_view office, model::Period period = {});
    PersonFactsBuilder& consenting();  // comprehensively
    PersonFactsBuilder& consenting_but_for(std::initializer_list<model::ConsentKind> refused);
    PersonFactsBuilder& consenting_to(std::initializer_list<model::ConsentKind> given);
    PersonFactsBuilder& refusing(std::initializer_list<model::ConsentKind> refused);
    PersonFactsBuilder& withdrawing_at(model::Instant at);  // the consent before it
    PersonFactsBuilder& ended_at(model::Instant at);
    PersonFactsBuilder& unknown();  // could not be asked

    model::PersonFacts build() const { return facts_; }
    operator model::PersonFacts() const { return facts_; }

  private:
    PersonFactsBuilder& add(model::Consent consent);
    model::PersonFacts facts_;
};

inline PersonFactsBuilder a_person() {
    return {};
}

// An envelope with good defaults: from the party that usually sends such a thing, about hanako(),
// at kNow.
class EnvelopeBuilder {
  public:
    EnvelopeBuilder(std::string_view type, model::Intent intent);

    EnvelopeBuilder& from(std::string_view source);  // the author too, unless by() names one
    EnvelopeBuilder& by(std::string_view author);
    EnvelopeBuilder& about(model::Person person);  // and nobody else
    EnvelopeBuilder& and_about(model::Person person);
    EnvelopeBuilder& about_nobody();
    EnvelopeBuilder& to(std::string_view recipient);  // one more
    EnvelopeBuilder& through(std::string_view zone);
    EnvelopeBuilder& protected_by(model::Protection protection);
    EnvelopeBuilder& for_purpose(std::string_view purpose);
    EnvelopeBuilder& as_role(std::string_view role);  // of the human, whose id is `staff-1`
    EnvelopeBuilder& without_role();
    EnvelopeBuilder& at_visit(std::string_view visit);  // at which the person showed the card
    EnvelopeBuilder& with_id(std::string_view id);
    EnvelopeBuilder& with_format(std::string_view format);
    EnvelopeBuilder& with_business_key(std::string_view key);
    EnvelopeBuilder& expiring_at(model::Instant at);

    model::Envelope build() const;
    operator model::Envelope() const { return build(); }

  private:
    model::Envelope envelope_;
    std::optional<model::PartyId> author_;
};

EnvelopeBuilder an_opinion();          // the clinic's, over the internet
EnvelopeBuilder an_opinion_request();  // the sharing insurer's, to the clinic
EnvelopeBuilder a_card_load();         // the sharing insurer's
EnvelopeBuilder a_progress_load();     // the sharing insurer's
EnvelopeBuilder a_claim();             // the helpers'
EnvelopeBuilder a_life_feedback();     // the helpers', carried by LIFE
EnvelopeBuilder a_care_plan();     // the care manager's; its named office receives it as a reader
EnvelopeBuilder a_plan_request();  // the care manager's notice to the insurer
EnvelopeBuilder a_statistics_extract();  // the platform's, about nobody
EnvelopeBuilder a_document(std::string_view type, std::string_view source);
EnvelopeBuilder a_question(
    std::string_view type);  // the care manager's, in the role of one, for care

}  // namespace sekisho::tests
