#include "tests/support/routing_cast.h"

#include <stdexcept>
#include <utility>

namespace sekisho::tests {

using model::ConsentKind;
using model::Instant;
using model::InsuredNumber;
using model::InsurerNumber;
using model::Party;
using model::PartyId;
using model::Person;
using model::Purpose;
using model::ServiceType;
using model::TypeId;
using model::Via;
using model::ZoneName;

namespace {

template <class T>
T must(std::optional<T> value, std::string_view what) {
    if (!value) throw std::logic_error("not in the cast: " + std::string{what});
    return *std::move(value);
}

template <class T>
std::vector<T> all(std::initializer_list<std::string_view> texts) {
    std::vector<T> made;
    for (const std::string_view text : texts) made.push_back(T{std::string{text}});
    return made;
}

Person person(std::string_view insurer, std::string_view insured) {
    return {.insurer = InsurerNumber{std::string{insurer}},
            .insured = InsuredNumber{std::string{insured}}};
}

Party served_by(std::string_view via, std::string_view id,
                std::initializer_list<std::string_view> service_types = {}) {
    Party made{.id = party(id), .name = std::string{id}, .via = Via{std::string{via}}};
    for (auto& type : all<ServiceType>(service_types)) {
        made.service_types.push_back({.service_type = type, .period = {}});
    }
    return made;
}

void let_speak(Party& carrier, std::string_view author,
               std::initializer_list<std::string_view> types = {}) {
    carrier.speaks_for.push_back(
        {.author = party(author), .types = all<TypeId>(types), .period = {}});
}

}  // namespace

PartyId party(std::string_view text) {
    return must(model::parse_party_id(text), text);
}

Instant instant(std::string_view rfc3339) {
    return must(model::parse_rfc3339(rfc3339), rfc3339);
}

const std::vector<std::string_view>& known_parties() {
    static const std::vector<std::string_view> parties{kSharingInsurer,
                                                       kOtherSharingInsurer,
                                                       kLoadingInsurer,
                                                       kUnconnectedInsurer,
                                                       kCareManager,
                                                       kSupportCenter,
                                                       kHelpers,
                                                       kDayCare,
                                                       kVisitingNurses,
                                                       kHealthFacility,
                                                       kSuspendedOffice,
                                                       kClosedOffice,
                                                       kDeemedHospital,
                                                       kClinic,
                                                       kReviewer,
                                                       kPlatform,
                                                       kCareplan,
                                                       kLife,
                                                       kWeb,
                                                       kClaims,
                                                       kPortal,
                                                       kStatistics};
    return parties;
}

Person hanako() {
    return person("139980", "0000000001");
}
Person ichiro() {
    return person("139980", "0000000002");
}
Person ume() {
    return person("139980", "0000000003");
}
Person tadashi() {
    return person("139980", "0000000006");
}
Person neighbour() {
    return person("139964", "0000000005");
}
Person loading_towns() {
    return person("139956", "0000000007");
}
Person unconnected_towns() {
    return person("139972", "0000000009");
}
Person nowheres() {
    return person("139998", "0000000008");
}

std::vector<Party> directory_rows() {
    std::vector<Party> rows{
        served_by("mailbox", kSharingInsurer),
        served_by("municipal", kOtherSharingInsurer),
        served_by("mailbox", kLoadingInsurer),
        served_by("mailbox", kUnconnectedInsurer),
        served_by("mailbox", kCareManager, {"43"}),
        served_by("mailbox", kSupportCenter, {"46"}),
        served_by("mailbox", kHelpers, {"11"}),
        served_by("mailbox", kDayCare, {"15"}),
        served_by("mailbox", kVisitingNurses, {"13"}),
        served_by("mailbox", kHealthFacility, {"52"}),
        served_by("mailbox", kClinic),
        served_by("mailbox", kReviewer),
        served_by("platform", kPlatform),
        served_by("loopback", kClaims),
        served_by("mailbox", kPortal),
        served_by("folder", kStatistics),
    };
    Party suspended = served_by("mailbox", kSuspendedOffice, {"11"});
    suspended.suspended = true;
    Party closed = served_by("mailbox", kClosedOffice, {"11"});
    closed.active.until = kNow - 30 * kOneDay;
    Party hospital = served_by("mailbox", kDeemedHospital);
    hospital.deemed = model::Period{};
    Party careplan = served_by("mailbox", kCareplan);
    let_speak(careplan, kCareManager);
    Party life = served_by("mailbox", kLife);
    let_speak(life, kHelpers, {"life.feedback"});
    Party web = served_by("mailbox", kWeb);
    let_speak(web, kClinic);
    let_speak(web, kCareManager);
    for (Party* row : {&suspended, &closed, &hospital, &careplan, &life, &web}) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

model::Directory directory() {
    return model::Directory{directory_rows()};
}

table::Rollout rollout() {
    const auto past = kNow - 100 * kOneDay;
    const auto future = kNow + 100 * kOneDay;
    return table::Rollout{{
        {.insurer = InsurerNumber{"139980"}, .loading_from = past, .sharing_from = past + kOneDay},
        {.insurer = InsurerNumber{"139964"}, .loading_from = past, .sharing_from = past + kOneDay},
        {.insurer = InsurerNumber{"139956"}, .loading_from = past, .sharing_from = future},
        {.insurer = InsurerNumber{"139972"}, .loading_from = future, .sharing_from = {}},
    }};
}

plan::Snapshot snapshot() {
    return {.revision = 1,
            .catalogue = small_catalogue(),
            .directory = directory(),
            .routes = route_table(),
            .rollout = rollout()};
}

model::Facts facts() {
    return {
        {hanako(), a_person()
                       .registered_at(kCareManager)
                       .registered_at(kHelpers)
                       .registered_at(kDeemedHospital)
                       .consenting()},
        {ichiro(), a_person().registered_at(kCareManager).consenting_but_for({ConsentKind::life})},
        {ume(), a_person().registered_at(kCareManager)},
        {tadashi(),
         a_person().registered_at(kCareManager).consenting_but_for({ConsentKind::certification})},
        {neighbour(), a_person()},
        {loading_towns(), a_person().registered_at(kCareManager).consenting()},
        {unconnected_towns(), a_person().registered_at(kCareManager).consenting()},
    };
}

PersonFactsBuilder& PersonFactsBuilder::registered_at(std::string_view office,
                                                      model::Period period) {
    facts_.registrations.push_back(
        {.party = party(office), .assurance = "card", .period = std::move(period)});
    return *this;
}

PersonFactsBuilder& PersonFactsBuilder::add(model::Consent consent) {
    consent.given_at = kNow - 1000 * kOneDay + facts_.consents.size() * kOneDay;
    facts_.consents.push_back(std::move(consent));
    return *this;
}

PersonFactsBuilder& PersonFactsBuilder::consenting() {
    return add({.comprehensive = true});
}

PersonFactsBuilder& PersonFactsBuilder::consenting_but_for(
    std::initializer_list<ConsentKind> refused) {
    return add({.comprehensive = true, .refused = refused});
}

PersonFactsBuilder& PersonFactsBuilder::consenting_to(std::initializer_list<ConsentKind> given) {
    return add({.given = given});
}

PersonFactsBuilder& PersonFactsBuilder::refusing(std::initializer_list<ConsentKind> refused) {
    return add({.refused = refused});
}

PersonFactsBuilder& PersonFactsBuilder::withdrawing_at(Instant at) {
    facts_.consents.back().withdrawn_at = at;
    return *this;
}

PersonFactsBuilder& PersonFactsBuilder::ended_at(Instant at) {
    facts_.ended = at;
    return *this;
}

PersonFactsBuilder& PersonFactsBuilder::unknown() {
    facts_.known = false;
    return *this;
}

EnvelopeBuilder::EnvelopeBuilder(std::string_view type, model::Intent intent) {
    envelope_.id = model::MessageId{"message-1"};
    envelope_.type = TypeId{std::string{type}};
    envelope_.intent = intent;
    envelope_.time = kNow;
    envelope_.zone = ZoneName{"internet"};
    envelope_.persons = {hanako()};
    envelope_.purpose = Purpose{"care"};
}

EnvelopeBuilder& EnvelopeBuilder::from(std::string_view source) {
    envelope_.source = party(source);
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::by(std::string_view author) {
    author_ = party(author);
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::about(Person person) {
    envelope_.persons = {std::move(person)};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::and_about(Person person) {
    envelope_.persons.push_back(std::move(person));
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::about_nobody() {
    envelope_.persons.clear();
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::to(std::string_view recipient) {
    envelope_.recipients.push_back(party(recipient));
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::at_visit(std::string_view visit) {
    envelope_.subject = visit;
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::through(std::string_view zone) {
    envelope_.zone = ZoneName{std::string{zone}};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::protected_by(model::Protection protection) {
    envelope_.protected_by = protection;
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::for_purpose(std::string_view purpose) {
    envelope_.purpose = Purpose{std::string{purpose}};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::as_role(std::string_view role) {
    envelope_.actor = "staff-1";
    envelope_.role = model::Role{std::string{role}};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::without_role() {
    envelope_.role.reset();
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::with_id(std::string_view id) {
    envelope_.id = model::MessageId{std::string{id}};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::with_format(std::string_view format) {
    envelope_.format = model::FormatName{std::string{format}};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::with_business_key(std::string_view key) {
    envelope_.business_key = model::BusinessKey{std::string{key}};
    return *this;
}

EnvelopeBuilder& EnvelopeBuilder::expiring_at(Instant at) {
    envelope_.expiry = at;
    return *this;
}

model::Envelope EnvelopeBuilder::build() const {
    model::Envelope made = envelope_;
    made.author = author_.value_or(made.source);
    return made;
}

EnvelopeBuilder a_document(std::string_view type, std::string_view source) {
    return EnvelopeBuilder{type, model::Intent::file}.from(source);
}

EnvelopeBuilder an_opinion() {
    return a_document("certification.opinion", kClinic)
        .for_purpose("certification")
        .with_format("ikensho-csv:1.1");
}

EnvelopeBuilder an_opinion_request() {
    return a_document("certification.opinion-request", kSharingInsurer)
        .for_purpose("certification")
        .through("public")
        .to(kClinic);
}

EnvelopeBuilder a_card_load() {
    return a_document("certification.card", kSharingInsurer).through("public");
}

EnvelopeBuilder a_progress_load() {
    return a_document("certification.progress", kSharingInsurer).through("public");
}

EnvelopeBuilder a_claim() {
    return a_document("claim.statement", kHelpers).for_purpose("claim");
}

EnvelopeBuilder a_life_feedback() {
    return a_document("life.feedback", kLife).by(kHelpers).through("public");
}

EnvelopeBuilder a_care_plan() {
    return a_document("care-plan.home", kCareManager);
}

EnvelopeBuilder a_plan_request() {
    return a_document("notice.plan-request", kCareManager).for_purpose("notice");
}

EnvelopeBuilder a_statistics_extract() {
    return a_document("statistics.extract", kPlatform)
        .about_nobody()
        .for_purpose("secondary-use")
        .through("public");
}

EnvelopeBuilder a_question(std::string_view type) {
    return EnvelopeBuilder{type, model::Intent::read}.from(kCareManager).as_role("care-manager");
}

}  // namespace sekisho::tests
