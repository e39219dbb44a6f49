// The mailbox: GET /v1/inbox, POST /v1/inbox/{delivery}/ack and /nack.
#include "adapters/api/cloud_event.h"
#include "adapters/documents/base64.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/query_text.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using documents::Json;
using exchange::Exchange;
using model::Problem;
using model::Result;

constexpr std::uint64_t kEventsDefault = 50;

Json to_event(const exchange::CollectedEvent& collected) {
    Json event = Json::object();
    for (auto& [name, value] : adapters::event_attributes(collected.envelope)) {
        event.set(name, value);
    }
    if (!collected.envelope.trace_parent.empty()) {
        event.set("traceparent", collected.envelope.trace_parent);
    }
    event.set("delivery", collected.handle);
    event.set("leaseuntil", model::to_rfc3339(collected.lease_until));
    event.set("data_base64", documents::to_base64(collected.body));
    return event;
}

Response to_batch(std::vector<exchange::CollectedEvent> collected) {
    Json events = Json::array();
    for (const auto& event : collected) events.push(to_event(event));
    Response response = json_response(200, events, "application/cloudevents-batch+json");
    for (auto& event : collected) response.memory.push_back(std::move(event.memory));
    return response;
}

exchange::Done answer_with(Responder responder, Language language) {
    return [responder = std::move(responder), language](const Result<void>& done) mutable {
        responder(done ? Response{.status = 204} : to_response(done.error(), language));
    };
}

// {"reason": text, "final": bool}; both may be absent.
Result<Exchange::Rejection> read_rejection(std::string_view text) {
    if (text.empty()) return Exchange::Rejection{};
    const auto body = documents::parse_json(text);
    if (!body) return std::unexpected(body.error());
    if (!body->is_object()) return model::refuse(Problem::json_malformed);
    for (const auto& [name, value] : body->members()) {
        const bool known = (name == "reason" && value.is_string()) ||
                           (name == "final" && value.as_boolean().has_value());
        if (!known) return wrong_attribute(Problem::attribute_invalid, name);
    }
    return Exchange::Rejection{.reason = std::string{body->string_at("reason").value_or("")},
                               .final = body->boolean_at("final").value_or(false)};
}

}  // namespace

Begun begin_inbox(const ApiCall& call) {
    const auto query = read_query(call.head.query, {"max", "wait"});
    if (!query) return turn_away(query.error());
    const auto events_max = number_in(*query, "max", kEventsDefault, 1, limits::kInboxEventsMax);
    if (!events_max) return turn_away(events_max.error());
    const auto wait =
        number_in(*query, "wait", 0, 0, static_cast<std::uint64_t>(limits::kInboxWaitMax.count()));
    if (!wait) return turn_away(wait.error());
    return std::make_unique<KeptBody>(
        0, [&exchange = call.world.exchange,
            collector = Exchange::Collector{.party = call.speaker.party, .zone = call.speaker.zone},
            events_max = static_cast<std::size_t>(*events_max), wait = std::chrono::seconds{*wait},
            language = language_of(call.head)](const std::string&, Responder responder) {
            exchange.collect(collector, events_max, wait,
                             [responder = std::move(responder),
                              language](exchange::Collected collected) mutable {
                                 responder(collected ? to_batch(std::move(*collected))
                                                     : to_response(collected.error(), language));
                             });
        });
}

Begun begin_acknowledgement(const ApiCall& call) {
    return std::make_unique<KeptBody>(
        0, [&exchange = call.world.exchange, recipient = call.speaker.party,
            handle = std::string{call.subject},
            language = language_of(call.head)](const std::string&, Responder responder) {
            exchange.acknowledge(recipient, handle, answer_with(std::move(responder), language));
        });
}

Begun begin_rejection(const ApiCall& call) {
    return std::make_unique<KeptBody>(
        limits::kControlBodyBytesMax,
        [&exchange = call.world.exchange, speaker = call.speaker,
         handle = std::string{call.subject},
         language = language_of(call.head)](const std::string& text, Responder responder) {
            auto rejection = read_rejection(text);
            if (!rejection) {
                exchange.note_refusal(speaker, rejection.error());
                return responder(to_response(rejection.error(), language));
            }
            exchange.reject(speaker.party, handle, *rejection,
                            answer_with(std::move(responder), language));
        });
}

}  // namespace sekisho::listener
