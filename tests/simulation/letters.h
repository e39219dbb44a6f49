// What the senders of a run write: documents and questions of the fixed cast about made-up persons.
#pragma once

#include <optional>
#include <string>

#include "gateway/exchange/arrival.h"
#include "tests/support/routing_cast.h"

namespace sekisho::tests::simulation {

struct Letter {
    model::PartyId speaker;
    std::string zone = "internet";
    std::string id;
    std::string type;
    exchange::Attributes attributes{};  // all but `time`
    std::string document{};
    std::string business{};  // author, type and key, where the format derives one
    std::string reader_about{};
    model::Instant written{};
    bool question = false;

    model::MessageKey key() const { return {.source = speaker, .id = model::MessageId{id}}; }
};

// Persons of the run: registered at the care manager and consenting, until they withdraw.
inline constexpr std::size_t kPersons = 6;
std::string person_number(std::size_t which);  // insured number
model::Facts facts_of_persons();
model::Person person_of(std::size_t which);

// The clinic's, to the insurer's mailbox and the platform. `request` makes it another business.
Letter an_opinion_letter(const std::string& id, std::size_t person, std::size_t request,
                         const std::string& written_on = "20261118");
// The insurer's load, to the platform.
Letter a_card_letter(const std::string& id, std::size_t person, const std::string& care_level);
// The same for limit cards, and to the care manager, who is a reader.
Letter a_limit_card_letter(const std::string& id, std::size_t person, const std::string& stage);
// The care manager's unit number `number` of a home plan, to the helpers' mailbox and the platform,
// each in the order of the numbers.
Letter a_unit_letter(const std::string& id, std::size_t person, std::size_t number);
Letter a_question_letter(const std::string& id, std::size_t person);
// Must be refused: `kind` 0: who may not author it; 1: a document that is none; 2: for a person
// whose insurer is not connected; 3: another's name as source; 4: an unknown type.
inline constexpr std::size_t kWrongKinds = 5;
Letter a_wrong_letter(const std::string& id, std::size_t kind);

}  // namespace sekisho::tests::simulation
