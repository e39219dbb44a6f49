// F15: a person shows the card, and the office reads the medical information, at this visit and no
// other: what the eligibility system tells, and what institutions share of their records. A paper
// opens nothing of it, nor does a visit of another office.
#include "adapters/simulation/day/day_steps.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::string_view kOffice = "care-manager:1379900010";
constexpr std::string_view kInsured = "0000000001";
constexpr std::string_view kHelpers = "care-office:1379900028";

// What is asked, of whom, and the kinds of rows that come.
struct Source {
    std::string_view type;
    std::string_view peer;
    std::string_view kinds;
};
constexpr Source kEligibilitySystem{"medical.query", "system:eligibility",
                                    "medications treatments checkups"};
constexpr Source kSharing{"medical.shared", "system:emr-sharing",
                          "conditions allergies infections contraindications examinations "
                          "prescriptions"};

Parcel a_medical_question(const Day& day, std::string_view tag, const Source& source,
                          std::string_view party, std::string_view insured,
                          const std::string& visit = {}) {
    return {.id = day.fresh_id(std::string{source.type} + "-" + std::string{tag}),
            .source = *model::parse_party_id(party),
            .type = std::string{source.type},
            .person = model::Person{model::InsurerNumber{"139980"},
                                    model::InsuredNumber{std::string{insured}}},
            .actor = "kakehashi-01",
            .role = "care-manager",
            .visit = visit};
}

// The visit's id; empty where it was not opened.
std::string open_visit(Day& day, std::string_view party) {
    auto evidence = show_card(day, party, "medical", kCardOfThePerson);
    const Telling telling{"F15", "gateway", "the person shows the card for medical information"};
    const std::string expected = "201, this person";
    if (!evidence) {
        day.note(telling, std::string{party}, expected, evidence.error());
        return {};
    }
    link_card(day, "F15", *evidence, kInsured);
    evidence->set("actor", "kakehashi-01");
    const GatewayReply visit = day.door(kInternet, std::string{party})
                                   .post("/v1/admissions", documents::to_text(*evidence));
    const bool same = visit.json.string_at("insured") == kInsured;
    day.note(telling, std::string{party}, expected, visit.words() + (same ? ", this person" : ""));
    return std::string{visit.json.string_at("visit").value_or("")};
}

std::string found_in(const GatewayReply& reply) {
    const Json* data = reply.json.find("data");
    if (reply.status != 200 || data == nullptr || data->items().empty()) return reply.words();
    std::string kinds;
    for (const auto& [name, rows] : data->items().front().members()) {
        if (rows.is_array()) kinds += (kinds.empty() ? "" : " ") + name;
    }
    const std::string withheld{reply.json.string_at("withheld").value_or("nothing")};
    return "200, " + kinds + ", withheld: " + withheld;
}

// `more` follows the kinds that every reader sees.
void read_with_card(Day& day, std::string_view tag, const Source& source, std::string_view party,
                    const std::string& visit, const std::string& more) {
    const Telling telling{"F15", std::string{source.peer}, "medical information with the card"};
    const Parcel question = a_medical_question(day, tag, source, party, kInsured, visit);
    day.note(telling, std::string{party}, "200, " + std::string{source.kinds} + more,
             found_in(day.ask(telling, question, {})));
}

// Something was shared of this person.
void tell_sharing_service(Day& day) {
    const Json person =
        Json::object().set("insurer", "139980").set("insured", std::string{kInsured});
    const Json persons = Json::object().set("persons", Json::array({person}));
    const GatewayReply reply =
        day.simulator("emr-sharing").post("/sim/persons", documents::to_text(persons));
    day.note({"F15", "sharing service simulator", "of whom records are shared"}, "the day", "204",
             reply.words());
}

}  // namespace

void play_medical(Day& day) {
    const auto refuse = [&](const std::string& what, const Parcel& question) {
        day.ask({"F15", "gateway", what}, question, "403 assurance-too-low");
    };
    refuse("medical information without the card",
           a_medical_question(day, "no-card", kEligibilitySystem, kOffice, kInsured));
    refuse("shared records without the card",
           a_medical_question(day, "no-card", kSharing, kOffice, kInsured));
    if (day.counter() == nullptr) return;
    const std::string visit = open_visit(day, kOffice);
    tell_sharing_service(day);
    read_with_card(day, "manager", kEligibilitySystem, kOffice, visit, ", withheld: nothing");
    read_with_card(day, "manager", kSharing, kOffice, visit, " documents, withheld: nothing");
    const std::string of_helpers = open_visit(day, kHelpers);
    read_with_card(day, "helpers", kEligibilitySystem, kHelpers, of_helpers, ", withheld: nothing");
    read_with_card(day, "helpers", kSharing, kHelpers, of_helpers, ", withheld: documents");
    refuse("medical information with another office's visit",
           a_medical_question(day, "foreign", kSharing, kHelpers, kInsured, visit));
    refuse("medical information of a person seen with a paper",
           a_medical_question(day, "paper", kEligibilitySystem, kOffice, "0000000006", visit));
}

}  // namespace sekisho::simulation
