#include "gateway/listener/message_answer.h"

#include <algorithm>
#include <array>

#include "routing/model/event_type.h"

namespace sekisho::listener {

namespace {

using documents::Json;
using store::DeliveryState;

Json to_json(const exchange::AnsweredDelivery& delivery) {
    Json row = Json::object();
    row.set("recipient", model::to_string(delivery.recipient));
    row.set("via", delivery.via.text());
    row.set("state", std::string{store::to_string(delivery.state)});
    return row;
}

Json to_json(const store::HistoryEntry& entry) {
    Json row = Json::object();
    row.set("at", model::to_rfc3339(entry.at));
    row.set("state", std::string{store::to_string(entry.state)});
    if (!entry.detail.empty()) row.set("detail", entry.detail);
    return row;
}

Json to_json(const exchange::DeliveryFate& fate) {
    Json row = to_json(fate.delivery);
    row.set("attempts", Json::number(fate.attempts));
    Json history = Json::array();
    for (const auto& entry : fate.history) history.push(to_json(entry));
    row.set("history", std::move(history));
    return row;
}

}  // namespace

int status_of(const exchange::Accepted& accepted) {
    return accepted.replay ? 200 : 202;
}

Json to_answer(const exchange::Accepted& accepted, Language language) {
    Json answer = Json::object();
    answer.set("id", accepted.message.id.text());
    answer.set("state", "accepted");
    Json deliveries = Json::array();
    for (const auto& delivery : accepted.deliveries) deliveries.push(to_json(delivery));
    answer.set("deliveries", std::move(deliveries));
    answer.set("receipt", accepted.receipt);
    if (accepted.warnings.empty()) return answer;
    Json warnings = Json::array();
    for (const auto& warning : accepted.warnings) warnings.push(to_error(warning, language));
    return answer.set("warnings", std::move(warnings));
}

Response to_response(const exchange::Accepted& accepted, Language language) {
    return {.status = status_of(accepted),
            .content_type = "application/json",
            .body = documents::to_text(to_answer(accepted, language)),
            .headers = {{"Location", "/v1/messages/" + accepted.message.id.text()}}};
}

std::string_view overall_state(const exchange::MessageFate& fate) {
    constexpr std::array kWorstFirst{DeliveryState::dead, DeliveryState::rejected,
                                     DeliveryState::expired, DeliveryState::withdrawn};
    const auto any = [&fate](auto&& holds) {
        return std::ranges::any_of(fate.deliveries, [&holds](const exchange::DeliveryFate& one) {
            return holds(one.delivery.state);
        });
    };
    if (any([](DeliveryState state) { return !store::is_settled(state); })) return "accepted";
    for (const DeliveryState end : kWorstFirst) {
        if (any([end](DeliveryState state) { return state == end; })) return store::to_string(end);
    }
    return fate.deliveries.empty() ? "accepted" : "delivered";
}

Json to_json(const exchange::MessageFate& fate) {
    const store::StoredMessage& message = fate.message;
    Json answer = Json::object();
    answer.set("id", message.key.id.text());
    answer.set("source", model::to_source(message.key.source));
    if (message.author != message.key.source) {
        answer.set("author", model::to_string(message.author));
    }
    answer.set("type", model::event_type(message.type));
    answer.set("state", std::string{overall_state(fate)});
    answer.set("accepted", model::to_rfc3339(message.accepted_at));
    answer.set("size", Json::number(static_cast<std::int64_t>(message.size)));
    answer.set("sha256", model::to_hex(message.sha256));
    Json deliveries = Json::array();
    for (const auto& delivery : fate.deliveries) deliveries.push(to_json(delivery));
    answer.set("deliveries", std::move(deliveries));
    if (fate.awaited) {
        answer.set("certification",
                   Json::object()
                       .set("due_on", model::to_japan_date(fate.awaited->due))
                       .set("days_left", Json::number(fate.awaited->days_left))
                       .set("opinion", std::string{store::to_string(fate.awaited->state)}));
    }
    return answer;
}

}  // namespace sekisho::listener
