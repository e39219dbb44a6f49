// A message that a call of the interface stands for: a consent, a registration, and what ends them.
// It passes the same door as any other, and is answered with its receipt.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/listener/api_batch.h"

namespace sekisho::listener {

// The formats of what such a call carries.
inline constexpr std::string_view kConsentFormat = "consent-json:1";
inline constexpr std::string_view kRegistrationFormat = "registration-json:1";

struct OwnMessage {
    std::string_view type;  // of exchange/lookup.h
    std::string_view format;
    std::string id;                                      // of the message
    std::string record;                                  // id of the record that it makes or ends
    documents::Json answer = documents::Json::object();  // what is answered besides the receipt
    model::Person person;
    std::string document;
    std::string admission{};
    model::Text if_later{};  // what "later" wants besides the same call again
    std::shared_ptr<const CallsUnderWay::Ticket> under_way{};  // given back before the answer
    bool ends = false;  // who may not end a record is told that there is none of that id
};

// Called instead of answering message_conflict, by whichever thread found it.
using OnConflict = std::move_only_function<void(Responder)>;

// Answers 201 with `answer`, the message's id and the receipt (200 when the same came before), or
// the problem.
void submit(const ApiWorld& world, const Sender& sender, OwnMessage message, Responder responder,
            OnConflict on_conflict = {});

// `refusal`; with these words where it says "later" and has none of its own.
model::Refusal with_words_if_later(model::Refusal refusal, const model::Text& words);

// The answer above, for a message that was accepted before.
Response answer_with(const exchange::Accepted& accepted, documents::Json answer);

// The id of the message that a call makes: of its Idempotency-Key, so that the same call again is
// the same message, else a fresh one. attribute_invalid for a key that is no id.
model::Result<std::string> id_of(const ApiCall& call, std::string_view kind);

// The id of the record that a party's message makes: no two parties' are the same, whatever keys
// they choose.
std::string record_of(const model::PartyId& party, const std::string& message_id);

// A call's body. json_malformed where it is no object.
model::Result<documents::Json> read_object(std::string_view text);

// attribute_invalid, by its name, for a member that is none of these: who spelt one wrong is told.
model::Result<void> check_members(const documents::Json& body,
                                  std::span<const std::string_view> known);

// `insurer` and `insured` of a call's body. Errors name the member.
model::Result<model::Person> person_in(const documents::Json& body);

}  // namespace sekisho::listener
