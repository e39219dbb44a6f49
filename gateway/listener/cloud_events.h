// CloudEvents 1.0 over HTTP: the three content modes, read strictly.
//
// Binary: attributes are `ce-*` headers, percent-decoded; Content-Type is datacontenttype, and
// `ce-datacontenttype` is refused. Structured: one JSON object; the body is the decoded
// `data_base64`, or the exact bytes of an inline JSON `data` as they stand in the text, or the
// content of a string `data` of another media type. Batch: an array of such objects.
// Attribute names are [a-z0-9]{1,20}; values are bounded; a name that comes twice is refused.
// Extension attributes that mean nothing here are kept: CloudEvents says that they are allowed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"
#include "gateway/exchange/arrival.h"
#include "gateway/listener/request_head.h"

namespace sekisho::listener {

enum class ContentMode : std::uint8_t { binary, structured, batch };

// By Content-Type. unsupported_media_type: an event format other than JSON, or no event at all.
model::Result<ContentMode> content_mode_of(const RequestHead& head);

model::Result<exchange::Attributes> read_binary_attributes(const RequestHead& head);

struct StructuredEvent {
    exchange::Attributes attributes;
    std::string body;
};

// `text` is what `event` was read from.
model::Result<StructuredEvent> read_structured_event(const documents::Json& event,
                                                     std::string_view text);

// nullptr: absent.
const std::string* find_attribute(const exchange::Attributes& attributes, std::string_view name);

// A refusal about one attribute, named as the located field.
std::unexpected<model::Refusal> wrong_attribute(model::Problem problem, std::string_view name);

// `traceparent` as W3C Trace Context writes it; empty when absent or malformed, as that standard
// says.
std::string trace_parent_of(const RequestHead& head);

bool is_json(std::string_view media_type);

}  // namespace sekisho::listener
