// The small catalogue of the cast and the routes over it.
#include <stdexcept>
#include <utility>

#include "tests/support/routing_cast.h"

namespace sekisho::tests {

using catalogue::ClassName;
using catalogue::Grant;
using catalogue::InformationType;
using catalogue::PartyClass;
using catalogue::Reader;
using catalogue::Subject;
using model::ConsentKind;
using model::PartyKind;
using model::Purpose;
using model::ServiceType;
using model::TypeId;
using model::ZoneName;

namespace {

template <class T>
T must(model::Result<T> value) {
    if (!value) throw std::logic_error(value.error().detail.en);
    return *std::move(value);
}

template <class T>
std::vector<T> all(std::initializer_list<std::string_view> texts) {
    std::vector<T> made;
    for (const std::string_view text : texts) made.push_back(T{std::string{text}});
    return made;
}

PartyClass class_of_kind(std::string_view name, PartyKind kind, bool deemed = false) {
    return {.name = ClassName{std::string{name}}, .kinds = {kind}, .deemed = deemed};
}

PartyClass class_of_services(std::string_view name,
                             std::initializer_list<std::string_view> service_types) {
    return {.name = ClassName{std::string{name}}, .service_types = all<ServiceType>(service_types)};
}

PartyClass class_of_one(std::string_view name, std::string_view only) {
    return {.name = ClassName{std::string{name}}, .party = party(only)};
}

Reader registered(std::string_view who, Grant grant) {
    return {.who = ClassName{std::string{who}}, .grant = grant};
}

Reader own_insurer(Grant grant) {
    return {.who = ClassName{"insurer"}, .grant = grant, .registered = false, .own_insurer = true};
}

Reader portal() {
    return {.who = ClassName{"system:portal"}, .grant = Grant::open, .registered = false};
}

InformationType a_type(std::string_view id, Subject subject,
                       std::initializer_list<std::string_view> purposes,
                       std::initializer_list<std::string_view> authors,
                       std::initializer_list<std::string_view> filed_to) {
    return {.id = TypeId{std::string{id}},
            .name_ja = std::string{id},
            .subject = subject,
            .purposes = all<Purpose>(purposes),
            .authors = all<ClassName>(authors),
            .filed_to = all<ClassName>(filed_to)};
}

InformationType opinion() {
    auto type = a_type("certification.opinion", Subject::one, {"certification", "care"},
                       {"medical", "opinion-facility"}, {"insurer", "system:platform"});
    type.carriers = all<ClassName>({"system:web"});
    type.readers = {own_insurer(Grant::open), registered("care-manager", Grant::consent),
                    registered("deemed-medical", Grant::consent),
                    registered("care-office", Grant::consent)};
    type.readers.back().enabled = false;
    type.consent_kind = ConsentKind::certification;
    type.formats = all<model::FormatName>({"ikensho-csv:1.1"});
    type.gated = type.queried = true;
    return type;
}

InformationType opinion_request() {
    auto type = a_type("certification.opinion-request", Subject::one, {"certification"},
                       {"insurer"}, {"medical", "opinion-facility"});
    type.zones = all<ZoneName>({"public"});
    type.gated = true;
    return type;
}

InformationType card() {
    auto type = a_type("certification.card", Subject::many, {"certification", "care"}, {"insurer"},
                       {"system:platform"});
    type.never_to = all<ClassName>({"system:statistics"});
    type.readers = {own_insurer(Grant::open), registered("care-manager", Grant::open),
                    registered("care-office", Grant::open), registered("medical", Grant::open),
                    portal()};
    type.gated = type.queried = true;
    return type;
}

InformationType limit_card() {
    auto type = card();
    type.id = TypeId{"certification.limit-card"};
    for (Reader& reader : type.readers) {
        if (reader.registered) reader.grant = Grant::consent;
    }
    type.consent_kind = ConsentKind::limit_card;
    return type;
}

InformationType progress() {
    auto type = a_type("certification.progress", Subject::many, {"certification", "care"},
                       {"insurer"}, {"system:platform"});
    type.readers = {own_insurer(Grant::open), registered("care-manager", Grant::consent),
                    registered("deemed-medical", Grant::consent), portal()};
    type.readers[1].roles = all<model::Role>({"care-manager"});
    type.consent_kind = ConsentKind::certification;
    type.zones = all<ZoneName>({"internet", "public"});
    type.gated = type.queried = true;
    return type;
}

InformationType review_bundle() {
    auto type = a_type("certification.review-bundle", Subject::many, {"certification"}, {"insurer"},
                       {"reviewer"});
    type.gated = true;
    return type;
}

InformationType claim() {
    auto type = a_type("claim.statement", Subject::many, {"claim"}, {"care-office", "medical"},
                       {"system:claims"});
    type.never_to = all<ClassName>({"system:platform", "system:portal"});
    type.held_elsewhere = true;
    return type;
}

InformationType life_feedback() {
    auto type = a_type("life.feedback", Subject::many, {"care", "planning"}, {"care-office"},
                       {"system:platform"});
    type.carriers = all<ClassName>({"system:life"});
    type.readers = {own_insurer(Grant::consent), registered("care-manager", Grant::consent),
                    registered("care-office", Grant::consent),
                    registered("deemed-medical", Grant::consent), portal()};
    type.consent_kind = ConsentKind::life;
    type.queried = true;
    return type;
}

InformationType care_plan() {
    auto type = a_type("care-plan.home", Subject::one, {"care", "planning"}, {"care-manager"},
                       {"system:platform"});
    type.carriers = all<ClassName>({"system:careplan"});
    type.readers = {own_insurer(Grant::consent), registered("care-manager", Grant::open),
                    registered("care-office", Grant::open),
                    registered("deemed-medical", Grant::consent), portal()};
    type.consent_kind = ConsentKind::care_plan;
    type.queried = true;
    return type;
}

InformationType renovation() {
    auto type = a_type("housing.renovation", Subject::many, {"care", "planning"}, {"insurer"},
                       {"system:platform"});
    type.readers = {own_insurer(Grant::open), registered("care-manager", Grant::consent), portal()};
    type.consent_kind = ConsentKind::housing;
    type.gated = type.queried = true;
    return type;
}

InformationType plan_request() {
    auto type =
        a_type("notice.plan-request", Subject::one, {"notice"}, {"care-manager"}, {"insurer"});
    type.carriers = all<ClassName>({"system:web"});
    type.gated = true;
    return type;
}

InformationType a_record(std::string_view id, std::initializer_list<std::string_view> authors,
                         std::string_view format) {
    auto type = a_type(id, Subject::one, {"consent"}, authors, {"system:platform"});
    type.carriers = all<ClassName>({"system:web", "system:portal"});
    type.readers = {own_insurer(Grant::open), registered("care-manager", Grant::open), portal()};
    type.formats = {model::FormatName{std::string{format}}};
    type.gated = type.queried = true;
    return type;
}

InformationType consent() {
    return a_record("consent.record", {"system:portal", "insurer", "consent-taker"},
                    "consent-json:1");
}

InformationType registration() {
    return a_record("registration.record",
                    {"system:portal", "insurer", "care-manager", "care-office", "medical"},
                    "registration-json:1");
}

InformationType access() {
    auto type = a_type("access.event", Subject::one, {"access"}, {}, {});
    type.readers = {own_insurer(Grant::open), portal()};
    type.queried = true;
    return type;
}

InformationType card_owner() {
    auto type = a_type("admission.person", Subject::none, {"consent", "medical"}, {}, {});
    for (const std::string_view who : {"care-manager", "care-office", "medical"}) {
        type.readers.push_back({.who = ClassName{std::string{who}}, .registered = false});
    }
    type.queried = type.internal = true;
    return type;
}

InformationType medical(std::string_view id) {
    auto type = a_type(id, Subject::one, {"medical"}, {}, {});
    type.readers = {registered("care-manager", Grant::comprehensive),
                    registered("care-office", Grant::comprehensive)};
    for (Reader& reader : type.readers) reader.card_each_visit = true;
    type.queried = true;
    return type;
}

InformationType extract() {
    return a_type("statistics.extract", Subject::none, {"secondary-use"}, {"system:platform"},
                  {"system:statistics"});
}

table::Route a_route(std::string_view id, model::Intent intent, std::vector<std::string> types,
                     std::initializer_list<std::string_view> targets) {
    table::Route made{.id = model::RouteId{std::string{id}},
                      .match = {.types = std::move(types), .intent = intent}};
    for (const std::string_view target : targets)
        made.targets.push_back({.to = std::string{target}});
    return made;
}

}  // namespace

std::vector<PartyClass> party_classes() {
    return {
        class_of_kind("insurer", PartyKind::insurer),
        class_of_kind("medical", PartyKind::medical),
        class_of_kind("deemed-medical", PartyKind::medical, true),
        class_of_kind("reviewer", PartyKind::reviewer),
        class_of_services("care-manager", {"43", "32", "33", "36", "51", "52", "54", "55"}),
        class_of_services("consent-taker", {"43", "52", "55"}),
        class_of_services("support-center", {"46"}),
        class_of_services("care-office", {"11", "13", "15", "16", "52", "55"}),
        class_of_services("opinion-facility", {"52", "55"}),
        class_of_one("system:platform", kPlatform),
        class_of_one("system:careplan", kCareplan),
        class_of_one("system:life", kLife),
        class_of_one("system:web", kWeb),
        class_of_one("system:claims", kClaims),
        class_of_one("system:portal", kPortal),
        class_of_one("system:statistics", kStatistics),
    };
}

std::vector<InformationType> information_types() {
    return {opinion(),
            opinion_request(),
            card(),
            limit_card(),
            progress(),
            review_bundle(),
            claim(),
            life_feedback(),
            care_plan(),
            renovation(),
            plan_request(),
            consent(),
            registration(),
            access(),
            card_owner(),
            extract(),
            medical("medical.query"),
            medical("medical.shared")};
}

catalogue::Catalogue small_catalogue() {
    return must(catalogue::Catalogue::build(party_classes(), information_types(), consent_rules()));
}

catalogue::ConsentRules consent_rules() {
    return {.on_behalf = ClassName{"consent-taker"}, .person = ClassName{"system:portal"}};
}

std::vector<table::Route> route_rows() {
    constexpr auto file = model::Intent::file;
    return {
        a_route("opinion-insurer", file, {"certification.opinion"}, {"$insurer"}),
        a_route("opinion-platform", file, {"certification.opinion"}, {kPlatform}),
        a_route("opinion-request", file, {"certification.opinion-request"}, {"$recipient"}),
        a_route("loads", file,
                {"certification.card", "certification.limit-card", "certification.progress",
                 "housing.*"},
                {kPlatform}),
        a_route("review", file, {"certification.review-bundle"}, {"$recipient"}),
        a_route("claims", file, {"claim.*"}, {kClaims}),
        a_route("life", file, {"life.feedback"}, {kPlatform}),
        a_route("plans", file, {"care-plan.*"}, {kPlatform, "$recipient"}),
        a_route("plan-request", file, {"notice.plan-request"}, {"$insurer"}),
        a_route("records", file, {"consent.record", "registration.record"}, {kPlatform}),
        a_route("statistics", file, {"statistics.extract"}, {kStatistics}),
        a_route("questions", model::Intent::read,
                {"certification.*", "housing.*", "life.*", "care-plan.*", "admission.person",
                 "medical.*"},
                {kPlatform}),
    };
}

table::RouteTable route_table() {
    return must(table::RouteTable::build(1, route_rows()));
}

}  // namespace sekisho::tests
