#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

void NothingForgotten::see_answered(const Answered& seen) {
    if (seen.verdict != Verdict::accepted) return;
    promises_.emplace(seen.message,
                      Promise{.content = seen.content, .recipients = seen.recipients});
}

void NothingForgotten::see_applied(const Applied& seen) {
    applied_.emplace(seen.message, seen.recipient);
}

void NothingForgotten::see_store(const StoreRead& seen) {
    for (const auto& [message, promise] : promises_) {
        const auto kept = seen.messages.find(message);
        if (kept == seen.messages.end()) {
            complain(to_text(message) + " was acknowledged and is not there");
        } else if (kept->second.content != promise.content) {
            complain(to_text(message) + " was acknowledged with another content");
        } else if (kept->second.deliveries.size() != promise.recipients) {
            complain(to_text(message) + " was acknowledged for another number of recipients");
        }
    }
    for (const auto& [message, kept] : seen.messages) {
        for (const auto& delivery : kept.deliveries) {
            if (delivery.state != store::DeliveryState::delivered) continue;
            if (applied_.contains({message, delivery.recipient})) continue;
            complain(to_text(message) + " counts as delivered to " +
                     model::to_string(delivery.recipient) + ", who never acted on it");
        }
    }
}

}  // namespace sekisho::tests::simulation
