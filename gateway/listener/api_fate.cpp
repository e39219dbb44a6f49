// GET /v1/messages/{id}?source=: where a message is.
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/message_answer.h"
#include "gateway/listener/query_text.h"

namespace sekisho::listener {

namespace {

using model::Problem;

// As a CloudEvents source (`/medical/N`) or as a party id (`medical:N`).
model::Result<std::optional<model::PartyId>> read_source(const QueryText& query) {
    const auto found = query.find("source");
    if (found == query.end()) return std::nullopt;
    auto source = model::parse_source(found->second);
    if (!source) source = model::parse_party_id(found->second);
    if (!source) return wrong_attribute(Problem::attribute_invalid, "source");
    return source;
}

}  // namespace

Begun begin_fate(const ApiCall& call) {
    const auto query = read_query(call.head.query, {"source"});
    if (!query) return turn_away(query.error());
    const auto source = read_source(*query);
    if (!source) return turn_away(source.error());
    const auto id = model::parse_message_id(call.subject);
    if (!id) return turn_away({.problem = Problem::message_unknown});
    return std::make_unique<KeptBody>(
        0, [&exchange = call.world.exchange, speaker = call.speaker, id = *id, source = *source,
            language = language_of(call.head)](const std::string&, Responder responder) {
            const auto fate = exchange.fate(speaker, id, source);
            responder(fate ? json_response(200, to_json(*fate))
                           : to_response(fate.error(), language));
        });
}

}  // namespace sekisho::listener
