// A load document (card-json:1) read for PMH: looked at as a whole once, then sent in pieces.
//
// The text is in memory, its records never are all at once: one is read after the other, and as
// many as go into a call are kept. What every call says of the load may stand behind the records,
// and nothing of a document that cannot be sent whole shall be sent, hence the first look. Pure
// functions.
#pragma once

#include <expected>
#include <functional>
#include <string_view>

#include "adapters/pmh/codec.h"

namespace sekisho::pmh_adapter {

bool is_card_load(const model::Envelope& envelope);
adapters::Outcome of_another_kind();  // a rejection: the route is wrong

// The error is a rejection: a record that PMH has no words for.
std::expected<LoadHead, adapters::Outcome> look_over(std::string_view text);

// The cards behind the first `done` records, in their order, kRecordsPerCall at once; `send` says
// whether to go on.
using SendCards = std::function<bool(documents::Json cards)>;
void in_calls(std::string_view text, std::size_t done, const SendCards& send);

}  // namespace sekisho::pmh_adapter
