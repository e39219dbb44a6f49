// What is said to the platform (介護情報基盤) and what its answers mean.
//
// ASSUMED profile; README.md names what is public of it and what is not. The one rule that is
// public decides most: a system error is an HTTP 4xx or 5xx, a business error stands inside HTTP
// 200. So a 200 whose body does not plainly say `ok` is no success. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "adapters/api/adapter.h"

namespace sekisho::platform_adapter {

// {"type","insurer","insured"}: the person travels in the body, never in the URL. Empty where the
// question is not about exactly one person.
std::string question_text(const model::Envelope& question);

// ok with a receipt number and the delivery's names: delivered. A business error: retry where its
// code says "busy" (KJ-9nnn), else rejected. 400, 413, 415, 422: rejected, the document itself will
// not do. Anything else, and what cannot be read: retry.
adapters::Outcome read_delivery_reply(const adapters::Delivery& delivery, int status,
                                      std::string_view body);

// The body of an answer is the JSON array of what the platform holds, byte for byte; `[]` when it
// holds nothing. One that does not give back what was asked, `question_text`, answers another.
adapters::Answer read_question_reply(const model::Envelope& question, int status,
                                     std::string_view body);

}  // namespace sekisho::platform_adapter
