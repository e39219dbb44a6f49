// A batch of CloudEvents: one after the other, each with its own answer, not atomic.
//
// An item begins when the one before it was answered, so a repeat within the batch is a replay. No
// thread waits in between: when an item is answered elsewhere, a worker goes on with the next.
#pragma once

#include <string>
#include <string_view>

#include "gateway/listener/api_requests.h"

namespace sekisho::listener {

// Who sends, as far as an event does not say it itself.
struct Sender {
    model::Speaker speaker;
    Language language = Language::ja;
    std::string trace_parent{};
};

Sender sender_of(const ApiCall& call);

// One structured event, its body hashed and sealed within its type's limit. `text` is what `event`
// was read from.
model::Result<exchange::Arrival> to_arrival(exchange::Exchange& exchange, const Sender& sender,
                                            const documents::Json& event, std::string_view text);

Begun begin_batch(const ApiCall& call);

}  // namespace sekisho::listener
