#include "gateway/listener/own_message.h"

#include <algorithm>
#include <array>

#include "gateway/admission/fresh_id.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/platform/crypto.h"
#include "routing/model/event_type.h"

namespace sekisho::listener {

namespace {

using documents::Json;
using model::Problem;
using model::Result;

exchange::Attributes attributes_of(const ApiWorld& world, const Sender& sender,
                                   const OwnMessage& message) {
    return {{"specversion", "1.0"},
            {"id", message.id},
            {"source", model::to_source(sender.speaker.party)},
            {"type", model::event_type(message.type)},
            {"time", model::to_rfc3339(world.clock.now())},
            {"datacontenttype", "application/json"},
            {"dataschema", "urn:sekisho:format:" + std::string{message.format}},
            {"insurer", message.person.insurer.text()},
            {"insured", message.person.insured.text()}};
}

Result<exchange::Arrival> arrival_of(const ApiWorld& world, const Sender& sender,
                                     const OwnMessage& message) {
    auto intake = world.exchange.intake(message.document.size());
    if (auto taken = intake.append(message.document); !taken) return std::unexpected(taken.error());
    auto body = intake.finish();
    if (!body) return std::unexpected(body.error());
    return exchange::Arrival{.speaker = sender.speaker,
                             .attributes = attributes_of(world, sender, message),
                             .body = std::move(*body),
                             .trace_parent = sender.trace_parent,
                             .admission = message.admission};
}

bool is_not_theirs(const model::Refusal& refusal) {
    constexpr std::array kNotTheirs{Problem::not_registered, Problem::author_not_allowed};
    return std::ranges::find(kNotTheirs, refusal.problem) != kNotTheirs.end();
}

}  // namespace

model::Refusal with_words_if_later(model::Refusal refusal, const model::Text& words) {
    const bool is_for_now = status_of(refusal) == 503 || refusal.retry_after;
    if (is_for_now && refusal.detail == model::Text{}) refusal.detail = words;
    return refusal;
}

Response answer_with(const exchange::Accepted& accepted, Json answer) {
    answer.set("message", accepted.message.id.text()).set("receipt", accepted.receipt);
    Response response = json_response(accepted.replay ? 200 : 201, answer);
    response.headers.push_back({"Location", "/v1/messages/" + accepted.message.id.text()});
    return response;
}

void submit(const ApiWorld& world, const Sender& sender, OwnMessage message, Responder responder,
            OnConflict on_conflict) {
    auto arrival = arrival_of(world, sender, message);
    if (!arrival) {
        message.under_way.reset();
        const auto refusal = with_words_if_later(arrival.error(), message.if_later);
        return responder(listener::to_response(refusal, sender.language));
    }
    world.exchange.arrive(
        std::move(*arrival),
        [responder = std::move(responder), language = sender.language,
         answer = std::move(message.answer), under_way = std::move(message.under_way),
         ends = message.ends, if_later = std::move(message.if_later),
         on_conflict = std::move(on_conflict)](const exchange::Reply& reply) mutable {
            under_way.reset();
            if (reply) return responder(answer_with(*reply, std::move(answer)));
            if (on_conflict && reply.error().problem == Problem::message_conflict) {
                return on_conflict(std::move(responder));
            }
            const bool hidden = ends && is_not_theirs(reply.error());
            const auto refusal = hidden ? model::Refusal{.problem = Problem::record_unknown}
                                        : with_words_if_later(reply.error(), if_later);
            responder(listener::to_response(refusal, language));
        });
}

Result<std::string> id_of(const ApiCall& call, std::string_view kind) {
    const std::string prefix = std::string{kind} + ".";
    const std::string* key = call.head.find("idempotency-key");
    if (key == nullptr) return prefix + admission::fresh_id(call.world.random);
    const auto id = model::parse_message_id(prefix + *key);
    if (!id) return wrong_attribute(Problem::attribute_invalid, "idempotency-key");
    return id->text();
}

std::string record_of(const model::PartyId& party, const std::string& message_id) {
    constexpr std::size_t kDigits = 32;
    const std::string text = "record " + model::to_source(party) + " " + message_id;
    return model::to_hex(platform::sha256(text)).substr(0, kDigits);
}

Result<Json> read_object(std::string_view text) {
    auto body = documents::parse_json(text);
    if (body && !body->is_object()) return model::refuse(Problem::json_malformed);
    return body;
}

Result<void> check_members(const Json& body, std::span<const std::string_view> known) {
    for (const auto& [name, value] : body.members()) {
        if (std::ranges::find(known, name) != known.end()) continue;
        return wrong_attribute(Problem::attribute_invalid, name);
    }
    return {};
}

Result<model::Person> person_in(const Json& body) {
    const auto insurer = body.string_at("insurer");
    if (!insurer) return wrong_attribute(Problem::attribute_missing, "insurer");
    const auto insured = body.string_at("insured");
    if (!insured) return wrong_attribute(Problem::attribute_missing, "insured");
    const auto number = model::parse_insured_number(*insured);
    if (!number) return wrong_attribute(Problem::attribute_invalid, "insured");
    return model::Person{.insurer = model::InsurerNumber{std::string{*insurer}},
                         .insured = *number};
}

}  // namespace sekisho::listener
