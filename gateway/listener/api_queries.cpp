// POST /v1/queries: a question as one CloudEvent, answered by one.
#include <algorithm>

#include "adapters/documents/base64.h"
#include "gateway/listener/api_batch.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/query_text.h"
#include "routing/model/event_type.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using documents::Json;
using exchange::Attributes;
using model::Problem;
using model::Result;
using std::chrono::milliseconds;

constexpr std::string_view kDeadline = "deadlinems";
constexpr std::string_view kVisit = "visit";

// Takes `deadlinems` out of the attributes: it is about the asking, not part of the question.
Result<milliseconds> take_deadline(Attributes& attributes) {
    const std::string* text = find_attribute(attributes, kDeadline);
    if (text == nullptr) return milliseconds{limits::kQueryDeadlineDefault};
    const auto value = parse_digits(*text);
    const milliseconds longest{limits::kQueryDeadlineMax};
    if (!value || *value == 0 || milliseconds{*value} > longest) {
        return wrong_attribute(Problem::attribute_invalid, kDeadline);
    }
    std::erase_if(attributes, [](const auto& attribute) { return attribute.first == kDeadline; });
    return milliseconds{*value};
}

// The visit that the attribute `visit` names, if it is one of this very client and not over. What
// names none is no visit: where one is needed, the question is refused for want of the card.
std::optional<exchange::CardVisit> visit_in(const ApiWorld& world, const Sender& sender,
                                            const Attributes& attributes) {
    const std::string* id = find_attribute(attributes, kVisit);
    if (id == nullptr || world.visits == nullptr) return std::nullopt;
    const model::Speaker& speaker = sender.speaker;
    auto visit =
        world.visits->find(*id, {.party = speaker.party, .certificate = speaker.certificate});
    if (!visit) return std::nullopt;
    return exchange::CardVisit{.reference = std::move(visit->id),
                               .person = std::move(visit->person)};
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
    return text;
}

// Inline where the answer is JSON, byte for byte; base64 otherwise.
Response to_response(const exchange::Found& found, const std::string& source, model::Instant now) {
    Json event = Json::object();
    event.set("specversion", "1.0");
    event.set("id", found.id);
    event.set("source", source);
    event.set("type", model::event_type(found.type));
    event.set("time", model::to_rfc3339(now));
    if (!found.media_type.empty()) event.set("datacontenttype", found.media_type);
    if (!found.withheld.empty()) event.set("withheld", joined(found.withheld));
    const bool is_inline = is_json(found.media_type) && documents::parse_json(found.body);
    if (!is_inline && !found.body.empty()) {
        event.set("data_base64", documents::to_base64(found.body));
    }
    std::string text = documents::to_text(event);
    if (is_inline) {
        text.pop_back();  // the closing brace
        text.append(",\"data\":").append(found.body).append("}");
    }
    return {.status = 200, .content_type = "application/cloudevents+json", .body = std::move(text)};
}

void ask(const ApiWorld& world, const Sender& sender, Attributes attributes, Responder responder) {
    const auto deadline = take_deadline(attributes);
    if (!deadline) {
        world.exchange.note_refusal(sender.speaker, deadline.error());
        return responder(listener::to_response(deadline.error(), sender.language));
    }
    auto visit = visit_in(world, sender, attributes);
    exchange::Arrival question{.speaker = sender.speaker,
                               .attributes = std::move(attributes),
                               .trace_parent = sender.trace_parent,
                               .visit = std::move(visit)};
    world.exchange.ask(
        std::move(question), *deadline,
        [world, language = sender.language,
         responder = std::move(responder)](const exchange::QueryReply& reply) mutable {
            responder(reply ? to_response(*reply, world.answer_source, world.clock.now())
                            : listener::to_response(reply.error(), language));
        });
}

Result<Attributes> read_structured_question(std::string_view text) {
    const auto event = documents::parse_json(text);
    if (!event) return std::unexpected(event.error());
    auto read = read_structured_event(*event, text);
    if (!read) return std::unexpected(std::move(read.error()));
    if (!read->body.empty()) return wrong_attribute(Problem::attribute_invalid, "data");
    return std::move(read->attributes);
}

Begun begin_binary_question(const ApiCall& call) {
    auto attributes = read_binary_attributes(call.head);
    if (!attributes) return turn_away(std::move(attributes.error()));
    return std::make_unique<KeptBody>(
        0, [world = call.world, sender = sender_of(call), attributes = std::move(*attributes)](
               const std::string&, Responder responder) mutable {
            ask(world, sender, std::move(attributes), std::move(responder));
        });
}

}  // namespace

Begun begin_query(const ApiCall& call) {
    const auto mode = content_mode_of(call.head);
    if (!mode) return turn_away(mode.error());
    if (*mode == ContentMode::batch) return turn_away({.problem = Problem::unsupported_media_type});
    if (*mode == ContentMode::binary) return begin_binary_question(call);
    return std::make_unique<KeptBody>(
        limits::kControlBodyBytesMax, [world = call.world, sender = sender_of(call)](
                                          const std::string& text, Responder responder) {
            auto attributes = read_structured_question(text);
            if (!attributes) {
                world.exchange.note_refusal(sender.speaker, attributes.error());
                return responder(listener::to_response(attributes.error(), sender.language));
            }
            ask(world, sender, std::move(*attributes), std::move(responder));
        });
}

}  // namespace sekisho::listener
