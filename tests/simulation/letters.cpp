#include "tests/simulation/letters.h"

#include <algorithm>

#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/samples.h"

namespace sekisho::tests::simulation {

namespace {

constexpr auto kInsurer = "139980";
constexpr auto kFormats = "urn:sekisho:format:";

Letter a_letter(std::string_view speaker, const std::string& id, const std::string& type) {
    Letter letter{.speaker = party(speaker), .id = id, .type = type};
    letter.attributes = {{"specversion", "1.0"},
                         {"id", id},
                         {"source", model::to_source(letter.speaker)},
                         {"type", "jp.sekisho." + type}};
    return letter;
}

void set(Letter& letter, const std::string& name, const std::string& value) {
    const auto found = std::ranges::find(letter.attributes, name, &exchange::Attribute::first);
    if (found == letter.attributes.end()) {
        letter.attributes.emplace_back(name, value);
    } else {
        found->second = value;
    }
}

Letter a_load(const std::string& id, const std::string& type, const std::string& format,
              std::string document) {
    Letter letter = a_letter(kSharingInsurer, id, type);
    letter.zone = "public";
    letter.document = std::move(document);
    set(letter, "datacontenttype", "application/json");
    set(letter, "dataschema", kFormats + format);
    return letter;
}

}  // namespace

std::string person_number(std::size_t which) {
    return "000000010" + std::to_string(which);
}

model::Person person_of(std::size_t which) {
    return {.insurer = model::InsurerNumber{kInsurer},
            .insured = model::InsuredNumber{person_number(which)}};
}

model::Facts facts_of_persons() {
    model::Facts facts;
    for (std::size_t i = 0; i < kPersons; ++i) {
        facts[person_of(i)] = a_person().registered_at(kCareManager).consenting();
    }
    return facts;
}

Letter an_opinion_letter(const std::string& id, std::size_t person, std::size_t request,
                         const std::string& written_on) {
    const std::string number = std::to_string(1000 + request);
    Letter letter = a_letter(kClinic, id, "certification.opinion");
    letter.document = documents::an_opinion_csv({.insurer = kInsurer,
                                                 .insured = person_number(person),
                                                 .office = "1319900021",
                                                 .request_number = number,
                                                 .written_on = written_on});
    letter.business = "opinion " + person_number(person) + " " + number;
    set(letter, "insurer", kInsurer);
    set(letter, "insured", person_number(person));
    set(letter, "datacontenttype", "text/csv; charset=Shift_JIS");
    set(letter, "dataschema", std::string{kFormats} + "ikensho-csv:1.1");
    return letter;
}

Letter a_card_letter(const std::string& id, std::size_t person, const std::string& care_level) {
    return a_load(id, "certification.card", "card-json:1",
                  documents::a_card_json({.insured = {person_number(person)}}, care_level));
}

Letter a_limit_card_letter(const std::string& id, std::size_t person, const std::string& stage) {
    Letter letter =
        a_load(id, "certification.limit-card", "limit-card-json:1",
               documents::a_limit_card_json({.insured = {person_number(person)}}, stage));
    letter.reader_about = person_number(person);
    set(letter, "recipient", std::string{kCareManager});
    return letter;
}

Letter a_unit_letter(const std::string& id, std::size_t person, std::size_t number) {
    const std::string digits = std::to_string(100'000 + number);
    const std::string series = "20261121" + digits;
    Letter letter = a_letter(kCareManager, id, "care-plan.home");
    letter.document = documents::zip_of(documents::a_plan_unit(
        {.series = series, .insurer = kInsurer, .insured = {person_number(person)}}));
    letter.business = "unit " + series;
    set(letter, "insurer", kInsurer);
    set(letter, "insured", person_number(person));
    set(letter, "datacontenttype", "application/zip");
    set(letter, "dataschema", std::string{kFormats} + "careplan-csv:4.1");
    return letter;
}

Letter a_question_letter(const std::string& id, std::size_t person) {
    Letter letter = a_letter(kCareManager, id, "query.certification.progress");
    letter.question = true;
    set(letter, "insurer", kInsurer);
    set(letter, "insured", person_number(person));
    set(letter, "actor", "staff-1");
    set(letter, "role", "care-manager");
    return letter;
}

Letter a_wrong_letter(const std::string& id, std::size_t kind) {
    Letter letter = an_opinion_letter(id, 0, 900);
    letter.business.clear();
    switch (kind) {
        case 0: {
            Letter card = a_card_letter(id, 0, "22");
            card.speaker = party(kHelpers);
            set(card, "source", model::to_source(card.speaker));
            return card;
        }
        case 1:
            letter.document = letter.document.substr(letter.document.size() / 2);
            return letter;
        case 2:
            set(letter, "insurer", "139972");
            letter.document = documents::an_opinion_csv({.insurer = "139972",
                                                         .insured = person_number(0),
                                                         .office = "1319900021",
                                                         .request_number = "0900"});
            return letter;
        case 3:
            letter.speaker = party(kHelpers);
            return letter;
        default:
            set(letter, "type", "jp.sekisho.certification.nothing");
            return letter;
    }
}

}  // namespace sekisho::tests::simulation
