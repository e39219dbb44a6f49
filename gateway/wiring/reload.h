// What a new configuration may not change while the gateway runs: it keeps the adapters of its
// start.
#pragma once

#include <optional>

#include "gateway/exchange/peers.h"
#include "routing/plan/plan.h"

namespace sekisho::wiring {

// Why the new one has to wait for a restart: it says other networks of the adapters than those that
// run pass, or serves somebody by one that does not run. nullopt: it has not to.
std::optional<model::Refusal> needs_other_adapters(const plan::Snapshot& next,
                                                   const plan::Snapshot& running,
                                                   const exchange::Peers& peers);

}  // namespace sekisho::wiring
