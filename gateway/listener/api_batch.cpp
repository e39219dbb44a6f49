#include "gateway/listener/api_batch.h"

#include <algorithm>
#include <atomic>

#include "gateway/listener/cloud_events.h"
#include "gateway/listener/event_text.h"
#include "gateway/listener/message_answer.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using documents::Json;
using model::Problem;
using model::Result;

// One batch on its way; shared by whoever has the next step.
struct Batch {
    const ApiWorld world;
    const Sender sender;
    const EventText events;
    Responder responder;
    Json answers = Json::array();
    std::size_t next = 0;
    std::atomic<int> steps_left{0};  // of the present item: its answer, and the way back from it
};
using BatchPtr = std::shared_ptr<Batch>;

void go_on(const BatchPtr& batch);

void note(Batch& batch, const exchange::Reply& reply) {
    Json row = Json::object();
    row.set("status", Json::number(reply ? status_of(*reply) : status_of(reply.error())));
    const Json answer = reply ? to_answer(*reply, batch.sender.language)
                              : to_problem(reply.error(), batch.sender.language);
    for (const auto& [name, value] : answer.members()) {
        if (name != "status") row.set(name, value);
    }
    batch.answers.push(std::move(row));
}

// In a worker; in this thread only when their queue is full.
void go_on_elsewhere(const BatchPtr& batch) {
    if (!batch->world.workers.post([batch] { go_on(batch); })) go_on(batch);
}

// True: answered already.
bool begin_item(const BatchPtr& batch, const Json& event) {
    exchange::Exchange& exchange = batch->world.exchange;
    auto arrival = to_arrival(exchange, batch->sender, event, batch->events.text);
    if (!arrival) {
        exchange.note_refusal(batch->sender.speaker, arrival.error());
        note(*batch, std::unexpected(std::move(arrival.error())));
        return true;
    }
    batch->steps_left.store(2);
    exchange.arrive(std::move(*arrival), [batch](const exchange::Reply& reply) {
        note(*batch, reply);
        if (batch->steps_left.fetch_sub(1) == 1) go_on_elsewhere(batch);
    });
    return batch->steps_left.fetch_sub(1) == 1;
}

void go_on(const BatchPtr& batch) {
    const auto& items = batch->events.tree.items();
    while (batch->next < items.size()) {
        if (!begin_item(batch, items[batch->next++])) return;
    }
    batch->responder(json_response(200, batch->answers));
}

Result<void> check_is_batch(const Json& events) {
    if (!events.is_array()) {
        model::Refusal refusal{.problem = Problem::json_malformed};
        refusal.errors.push_back(
            {.line = events.line(), .column = events.column(), .code = Problem::json_malformed});
        return std::unexpected(std::move(refusal));
    }
    if (events.items().size() > limits::kBatchItemsMax) {
        return model::refuse(Problem::body_too_large, {.ja = "一度に送れるのは100件までです",
                                                       .en = "a batch holds at most 100 items"});
    }
    return {};
}

}  // namespace

Sender sender_of(const ApiCall& call) {
    return {.speaker = call.speaker,
            .language = language_of(call.head),
            .trace_parent = trace_parent_of(call.head)};
}

Result<exchange::Arrival> to_arrival(exchange::Exchange& exchange, const Sender& sender,
                                     const Json& event, std::string_view text) {
    auto read = read_structured_event(event, text);
    if (!read) return std::unexpected(std::move(read.error()));
    const std::string* type = find_attribute(read->attributes, "type");
    auto intake = exchange.intake(exchange.body_bytes_max(type == nullptr ? "" : *type));
    if (auto taken = intake.append(read->body); !taken) {
        return std::unexpected(std::move(taken.error()));
    }
    auto body = intake.finish();
    if (!body) return std::unexpected(std::move(body.error()));
    return exchange::Arrival{.speaker = sender.speaker,
                             .attributes = std::move(read->attributes),
                             .body = std::move(*body),
                             .trace_parent = sender.trace_parent};
}

Begun begin_batch(const ApiCall& call) {
    return std::make_unique<EventTextBody>(
        call.world.memory, limits::kBatchBodyBytesMax,
        [world = call.world, sender = sender_of(call)](Result<EventText> events,
                                                       Responder responder) {
            const auto is_batch =
                events ? check_is_batch(events->tree) : std::unexpected(events.error());
            if (!is_batch) {
                world.exchange.note_refusal(sender.speaker, is_batch.error());
                return responder(to_response(is_batch.error(), sender.language));
            }
            go_on(std::make_shared<Batch>(world, sender, std::move(*events), std::move(responder)));
        });
}

}  // namespace sekisho::listener
