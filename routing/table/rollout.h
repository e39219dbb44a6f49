// Rollout: since when each insurer sends its data, and since when it shares.
//
// Two dates for each insurer (002, and the published start dates): `loading` from the start of its
// transmission, when its own filings (F1) are taken and everything else that is gated is refused;
// `sharing` from the completion. An insurer with no row is unknown. Only types the catalogue calls
// gated ask.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"

namespace sekisho::table {

enum class RolloutState : std::uint8_t { unknown, not_connected, loading, sharing };

std::string_view to_string(RolloutState state);

struct InsurerRollout {
    model::InsurerNumber insurer;
    std::optional<model::Instant> loading_from{};
    std::optional<model::Instant> sharing_from{};
};

class Rollout {
  public:
    Rollout() = default;
    explicit Rollout(const std::vector<InsurerRollout>& rows);

    RolloutState state(const model::InsurerNumber& insurer, model::Instant at) const;
    const InsurerRollout* find(const model::InsurerNumber& insurer) const;

  private:
    std::unordered_map<model::InsurerNumber, InsurerRollout> rows_;
};

}  // namespace sekisho::table
