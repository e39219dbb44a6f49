// fate: where a message is, for those who may know.
#include <algorithm>

#include "gateway/exchange/exchange_state.h"

namespace sekisho::exchange {

namespace {

using model::Problem;

bool may_know(const model::Speaker& speaker, const store::StoredMessage& message,
              const std::vector<store::StoredDelivery>& deliveries) {
    if (speaker.party.kind == model::PartyKind::operator_) return true;
    if (speaker.party == message.key.source || speaker.party == message.author) return true;
    return std::ranges::any_of(deliveries, [&](const store::StoredDelivery& delivery) {
        return delivery.recipient == speaker.party;
    });
}

// Days are Japan's: from midnight to midnight there.
std::int64_t days_until(model::Instant day, model::Instant now) {
    const auto day_of = [](model::Instant at) {
        return std::chrono::floor<std::chrono::days>(at + model::kJapanOffset);
    };
    return (day_of(day) - day_of(now)).count();
}

struct Asking {
    store::View& view;
    const model::Speaker& speaker;
    model::Instant now;
};

model::Result<MessageFate> assemble(const Asking& asking, const model::MessageKey& key) {
    auto& [view, speaker, now] = asking;
    auto message = view.message(key);
    if (!message) return std::unexpected(message.error());
    if (!*message) return model::refuse(Problem::message_unknown);
    const auto deliveries = view.deliveries(key);
    if (!deliveries) return std::unexpected(deliveries.error());
    if (!may_know(speaker, **message, *deliveries)) return model::refuse(Problem::message_unknown);
    const auto awaited = view.awaited_by(key);
    if (!awaited) return std::unexpected(awaited.error());
    MessageFate fate{.message = std::move(**message)};
    if (*awaited) {
        fate.awaited = AwaitedFate{.due = (*awaited)->due,
                                   .days_left = days_until((*awaited)->due, now),
                                   .state = (*awaited)->state};
    }
    for (const auto& delivery : *deliveries) {
        auto history = view.history(delivery.id);
        if (!history) return std::unexpected(history.error());
        fate.deliveries.push_back({.delivery = {.recipient = delivery.recipient,
                                                .via = delivery.via,
                                                .state = delivery.state},
                                   .attempts = delivery.attempts,
                                   .history = std::move(*history)});
    }
    return fate;
}

}  // namespace

// Without a source it is the caller's own message: sent by it, or sent for it by a carrier.
model::Result<MessageFate> Exchange::fate(const model::Speaker& speaker, const model::MessageId& id,
                                          const std::optional<model::PartyId>& source) {
    auto view = state_->with.store.view();
    if (!view) return std::unexpected(view.error());
    const Asking asking{.view = **view, .speaker = speaker, .now = state_->with.clock.now()};
    auto own = assemble(asking, {.source = source.value_or(speaker.party), .id = id});
    if (own || source || own.error().problem != Problem::message_unknown) return own;
    const auto keys = (*view)->messages_with_id(id);
    if (!keys) return std::unexpected(keys.error());
    for (const model::MessageKey& key : *keys) {
        auto carried = assemble(asking, key);
        if (carried && carried->message.author == speaker.party) return carried;
    }
    return own;
}

}  // namespace sekisho::exchange
