// What a receiver's answer to an event means.
//
// A 2xx alone says nothing here: a proxy or a login page says it too. Delivered is what the
// receiver acknowledges by the event's own source, id and digest (README.md). Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "adapters/api/adapter.h"

namespace sekisho::webhook_adapter {

// {"result":"taken","source","id","sha256"}.
std::string acknowledgement(std::string_view source, std::string_view id, std::string_view sha256);
// {"result":"refused","code"}.
std::string refusal(std::string_view code);

// 200, 201, 202 with the acknowledgement of this delivery: delivered. One of these or a 4xx with a
// refusal, or 400, 413, 415, 422: rejected. Anything else: retry.
adapters::Outcome read_answer(const adapters::Delivery& delivery, int status,
                              std::string_view body);

}  // namespace sekisho::webhook_adapter
