// What the exchange answered about messages, as the JSON of the published interface.
#pragma once

#include "adapters/documents/json.h"
#include "gateway/exchange/arrival.h"
#include "gateway/listener/problem_json.h"
#include "gateway/listener/response.h"

namespace sekisho::listener {

int status_of(const exchange::Accepted& accepted);  // 202, or 200 for the same again
// With `warnings` where there are any, as the errors of a problem are told.
documents::Json to_answer(const exchange::Accepted& accepted, Language language);
Response to_response(const exchange::Accepted& accepted, Language language);  // with its Location

documents::Json to_json(const exchange::MessageFate& fate);

// Of the message as a whole: `accepted` while any delivery is under way, `delivered` when all are,
// else the worst end that one of them met.
std::string_view overall_state(const exchange::MessageFate& fate);

}  // namespace sekisho::listener
