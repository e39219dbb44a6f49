// F15: a person shows the card, and the office reads the medical information, at this visit and no
// other. A paper opens nothing of it, nor does a visit of another office.
#include "adapters/simulation/day/day_steps.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::string_view kOffice = "care-manager:1379900010";
constexpr std::string_view kInsured = "0000000001";
constexpr std::string_view kHelpers = "care-office:1379900028";

Parcel a_medical_question(const Day& day, std::string_view tag, std::string_view party,
                          std::string_view insured, const std::string& visit = {}) {
    return {.id = day.fresh_id("medical-" + std::string{tag}),
            .source = *model::parse_party_id(party),
            .type = "medical.query",
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
    const Json& record = data->items().front();
    const std::string withheld{reply.json.string_at("withheld").value_or("nothing")};
    return std::string{record.find("medications") ? "200, medicines" : "200, no medicines"} +
           ", withheld: " + withheld;
}

void read_with_card(Day& day, std::string_view tag, std::string_view party,
                    const std::string& visit, const std::string& expected) {
    const Telling telling{"F15", "system:eligibility", "medical information with the card"};
    const Parcel question = a_medical_question(day, tag, party, kInsured, visit);
    day.note(telling, std::string{party}, expected, found_in(day.ask(telling, question, {})));
}

}  // namespace

void play_medical(Day& day) {
    const auto refuse = [&](const std::string& what, const Parcel& question) {
        day.ask({"F15", "system:eligibility", what}, question, "403 assurance-too-low");
    };
    refuse("medical information without the card",
           a_medical_question(day, "no-card", kOffice, kInsured));
    if (day.counter() == nullptr) return;
    const std::string visit = open_visit(day, kOffice);
    read_with_card(day, "manager", kOffice, visit, "200, medicines, withheld: nothing");
    read_with_card(day, "helpers", kHelpers, open_visit(day, kHelpers),
                   "200, medicines, withheld: documents");
    refuse("medical information with another office's visit",
           a_medical_question(day, "foreign", kHelpers, kInsured, visit));
    refuse("medical information of a person seen with a paper",
           a_medical_question(day, "paper", kOffice, "0000000006", visit));
}

}  // namespace sekisho::simulation
