// What is asked of the eligibility system (オンライン資格確認等システム) and what its answers mean.
//
// ASSUMED profile; README.md says what is public of the real one. Two questions: whose card it is
// (`admission.person`), and a person's medical information (`medical.query`); and documents that
// the system hands on for their author (主治医意見書, F5b). A card is named by
// the issuer and the serial number of its certificate, as `envelope.subject` writes them:
// {"issuer","serial"}. A serial stands for a person and so in bodies only: in no path and in no
// detail, not even where the peer would put it there as its code. Pure functions.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/peer/asked_peer.h"
#include "adapters/peer/person_question.h"

namespace sekisho::eligibility_adapter {

inline constexpr std::string_view kCardOwnersPath = "/eligibility/v1/card-owners";
inline constexpr std::string_view kMedicalPath = "/eligibility/v1/medical";
inline constexpr std::string_view kDocumentsPath = "/eligibility/v1/documents";

struct Card {
    std::string issuer;  // distinguished name, compared as text
    std::string serial;  // as the card's reader wrote it, compared as text
    friend auto operator<=>(const Card&, const Card&) = default;
};

// `issuer` and `serial`, neither empty. nullopt: no card.
std::optional<Card> card_in(const documents::Json& json);

// Card owners: the card. Medical: adapters/peer/person_question.h. nullopt for a question of
// another type, one without a card or person, or about several.
std::optional<peer::Call> call_of(const model::Envelope& question);

// Of a card: {"insurer","insured"}, or {} where nobody is known. Of a person: the array of what is
// known, byte for byte. An answer that does not give back what was asked (of a card its issuer and
// its serial) answers another: unavailable. Errors as `peer::read_yes` says, with codes OQ-nnnn,
// of which OQ-9nnn says "later".
adapters::Answer read_reply(const model::Envelope& question, int status, std::string_view body);

// As `peer::read_outcome` says; the number of a yes is `receiptNumber`.
adapters::Outcome read_taken(const adapters::Delivery& delivery, int status, std::string_view body);

}  // namespace sekisho::eligibility_adapter
