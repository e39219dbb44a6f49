#include "gateway/store/records.h"

#include <array>

namespace sekisho::store {

namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 7> kStates{"queued",    "leased",  "delivered", "rejected",
                                                  "withdrawn", "expired", "dead"};

constexpr std::array<std::string_view, 3> kWaitingStates{"waiting", "filed", "withdrawn"};

}  // namespace

std::string_view to_string(WaitingState state) {
    return kWaitingStates[static_cast<std::size_t>(state)];
}

std::string_view to_string(DeliveryState state) {
    return kStates[static_cast<std::size_t>(state)];
}

std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (kStates[i] == text) return static_cast<DeliveryState>(i);
    }
    return std::nullopt;
}

}  // namespace sekisho::store
