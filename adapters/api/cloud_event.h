// An envelope written as CloudEvents 1.0 attributes: what a peer is told about a document besides
// its bytes.
//
// Names and values are those of the published interface; values are plain UTF-8, so that each
// binding encodes them as it must (HTTP headers percent-encode, JSON does not). `traceparent` is
// not an attribute: it travels as a header.
#pragma once

#include <string>
#include <vector>

#include "routing/model/envelope.h"

namespace sekisho::adapters {

struct EventAttribute {
    std::string name;
    std::string value;
    friend bool operator==(const EventAttribute&, const EventAttribute&) = default;
};

// In a fixed order; absent attributes are left out. `insurer` and `insured` stand there only when
// the envelope is about exactly one person; `author` only when it is not the source.
std::vector<EventAttribute> event_attributes(const model::Envelope& envelope);

}  // namespace sekisho::adapters
