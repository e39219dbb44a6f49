// The adapter modules: shared objects behind the C ABI sekisho_adapter_v1, loaded once and never
// unloaded.
//
// Loaded with local symbols, bound at once; a module that lacks the entry point, speaks another
// version or refuses its settings stops the start with a sentence that names the configuration's
// line.
#pragma once

#include <memory>
#include <vector>

#include "gateway/config/config.h"
#include "gateway/exchange/peers.h"

namespace sekisho::wiring {

// One adapter with its settings; its module stays mapped for as long as the process lives.
model::Result<std::unique_ptr<adapters::Adapter>> open_adapter(
    const config::AdapterConfig& adapter);

// All of them, or the first that cannot be used.
model::Result<void> load_adapters(const std::vector<config::AdapterConfig>& configured,
                                  exchange::Peers& peers);

}  // namespace sekisho::wiring
