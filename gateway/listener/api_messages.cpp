// POST /v1/messages: one CloudEvent, in binary or structured mode.
#include "gateway/listener/api_batch.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/event_text.h"
#include "gateway/listener/message_answer.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using model::Result;

void answer(Responder& responder, const exchange::Reply& reply, Language language) {
    responder(reply ? to_response(*reply, language) : to_response(reply.error(), language));
}

// Binary mode: the body is hashed and sealed as it comes.
class BinaryMessage final : public Receiving {
  public:
    BinaryMessage(const ApiCall& call, exchange::Attributes attributes, std::uint64_t bytes_max)
        : exchange_(call.world.exchange),
          language_(language_of(call.head)),
          bytes_max_(bytes_max),
          intake_(exchange_.intake(bytes_max)),
          arrival_{.speaker = call.speaker,
                   .attributes = std::move(attributes),
                   .trace_parent = trace_parent_of(call.head)} {}

    std::uint64_t body_bytes_max() const override { return bytes_max_; }
    bool takes_a_turn() const override { return true; }
    Result<void> append(std::string_view piece) override { return intake_.append(piece); }

    void serve(Responder responder) override {
        auto body = intake_.finish();
        if (!body) return responder(to_response(body.error(), language_));
        arrival_.body = std::move(*body);
        exchange_.arrive(
            std::move(arrival_),
            [responder = std::move(responder), language = language_](
                const exchange::Reply& reply) mutable { answer(responder, reply, language); });
    }

  private:
    exchange::Exchange& exchange_;
    const Language language_;
    const std::uint64_t bytes_max_;
    exchange::BodyIntake intake_;
    exchange::Arrival arrival_;
};

Begun begin_binary(const ApiCall& call) {
    auto attributes = read_binary_attributes(call.head);
    if (!attributes) return turn_away(std::move(attributes.error()));
    const std::string* type = find_attribute(*attributes, "type");
    const auto bytes_max = call.world.exchange.body_bytes_max(type == nullptr ? "" : *type);
    return std::make_unique<BinaryMessage>(call, std::move(*attributes), bytes_max);
}

Result<exchange::Arrival> read_arrival(exchange::Exchange& exchange, const Sender& sender,
                                       const Result<EventText>& event) {
    if (!event) return std::unexpected(event.error());
    return to_arrival(exchange, sender, event->tree, event->text);
}

Begun begin_structured(const ApiCall& call) {
    return std::make_unique<EventTextBody>(
        call.world.memory, limits::kStructuredBodyBytesMax,
        [&exchange = call.world.exchange, sender = sender_of(call)](const Result<EventText>& event,
                                                                    Responder responder) {
            auto arrival = read_arrival(exchange, sender, event);
            if (!arrival) {
                exchange.note_refusal(sender.speaker, arrival.error());
                return responder(to_response(arrival.error(), sender.language));
            }
            exchange.arrive(
                std::move(*arrival),
                [responder = std::move(responder), language = sender.language](
                    const exchange::Reply& reply) mutable { answer(responder, reply, language); });
        });
}

}  // namespace

Begun begin_message(const ApiCall& call) {
    const auto mode = content_mode_of(call.head);
    if (!mode) return turn_away(mode.error());
    switch (*mode) {
        case ContentMode::binary:
            return begin_binary(call);
        case ContentMode::structured:
            return begin_structured(call);
        case ContentMode::batch:
            break;
    }
    return begin_batch(call);
}

}  // namespace sekisho::listener
