// What one party may take of a zone, and all of its parties together: connections, requests, bytes,
// places, queued deliveries.
//
// Plain values, read from the configuration of a zone; the defaults are those of limits.h. Held to
// by the listener (accounts, gate) and by the exchange (queued deliveries).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "routing/model/limits.h"
#include "routing/model/party.h"

namespace sekisho::model {

struct Budget {
    std::size_t connections_per_party = limits::kConnectionsPerPartyMax;
    std::uint64_t requests_per_second = limits::kRequestsPerSecondMax;  // of a party
    std::uint64_t bytes_per_second = limits::kBytesPerSecondMax;        // of a party
    std::size_t in_progress_max = limits::kInProgressPerZoneMax;
    std::size_t in_progress_per_party = limits::kInProgressPerPartyMax;
    std::uint64_t queued_per_party = limits::kQueuedPerPartyMax;  // deliveries not yet settled
    std::size_t waiting_max = limits::kWaitingPerZoneMax;
    // Of all parties together; no bound where there is none.
    std::optional<std::uint64_t> requests_per_second_of_zone{};
    std::optional<std::uint64_t> bytes_per_second_of_zone{};
    std::optional<std::uint64_t> queued_of_zone{};
    // A party that speaks for many: as many times the share of an ordinary one.
    std::unordered_map<PartyId, std::uint32_t> weights{};

    std::uint32_t weight_of(const PartyId& party) const {
        const auto found = weights.find(party);
        return found == weights.end() ? 1 : found->second;
    }
};

}  // namespace sekisho::model
