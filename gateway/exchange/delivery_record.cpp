#include "gateway/exchange/delivery_record.h"

#include <array>

#include "adapters/documents/base64.h"
#include "gateway/audit/leaf.h"
#include "gateway/exchange/envelope_record.h"
#include "gateway/store/sealing.h"

namespace sekisho::exchange {

namespace {

constexpr std::size_t kOverdueMax = 64;  // in one transaction; the rest in the next

}  // namespace

model::Result<LoadedDocument> load_document(store::View& view, const platform::Keyring& keyring,
                                            const model::MessageKey& key) {
    auto message = view.message(key);
    if (!message) return std::unexpected(message.error());
    auto body = view.body(key);
    if (!body) return std::unexpected(body.error());
    if (!*message || !*body) return model::refuse(model::Problem::store_unavailable);
    const auto record =
        store::open_envelope(keyring, (*body)->data_key, (*message)->sealed_envelope);
    if (!record) return model::refuse(model::Problem::store_unavailable);
    auto envelope = from_record(*record);
    if (!envelope) return model::refuse(model::Problem::store_unavailable);
    return LoadedDocument{.message = std::move(**message),
                          .envelope = std::move(*envelope),
                          .body = std::move(**body)};
}

plan::PlannedDelivery planned_of(const store::StoredDelivery& delivery) {
    return {.recipient = delivery.recipient,
            .via = delivery.via,
            .route = delivery.route,
            .as_reader = delivery.as_reader};
}

std::string outcome_leaf_of(const store::StoredDelivery& delivery, store::DeliveryState state,
                            model::Instant at, const std::string& peer_code) {
    return audit::outcome_leaf({.at = at,
                                .message = delivery.message,
                                .recipient = delivery.recipient,
                                .via = delivery.via,
                                .state = std::string{store::to_string(state)},
                                .attempts = delivery.attempts,
                                .peer_code = peer_code});
}

model::Result<void> expire_overdue(store::Transaction& transaction, const model::Via& via,
                                   model::Instant now, std::vector<store::StoredDelivery>& expired,
                                   const std::set<store::DeliveryId>& called) {
    auto overdue = transaction.overdue(via, now, kOverdueMax);
    if (!overdue) return std::unexpected(overdue.error());
    std::erase_if(*overdue, [&](const auto& delivery) { return called.contains(delivery.id); });
    for (const auto& delivery : *overdue) {
        if (auto done = transaction.expire(delivery.id, now); !done) return done;
        const auto leaf = transaction.append_leaf(
            outcome_leaf_of(delivery, store::DeliveryState::expired, now, {}));
        if (!leaf) return std::unexpected(leaf.error());
    }
    expired = std::move(*overdue);
    return {};
}

std::vector<std::string> make_handles(platform::Random& random, std::size_t count) {
    std::vector<std::string> handles;
    handles.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::array<std::uint8_t, 16> bytes{};
        random.fill(bytes);
        handles.push_back(
            documents::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    }
    return handles;
}

}  // namespace sekisho::exchange
