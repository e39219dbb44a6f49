// What the doctor may touch of the machine, and what it examines.
//
// The ports are shared, not borrowed: an area that does not come back is left behind with what it
// was given, and may still be using it when the report is out.
#pragma once

#include <functional>
#include <memory>

#include "adapters/api/adapter.h"
#include "gateway/config/config.h"
#include "gateway/doctor/token_keys.h"
#include "gateway/platform/card_reader.h"
#include "gateway/platform/ports.h"

namespace sekisho::doctor {

// Loads an adapter's module as the gateway does. Handed in by who may load code.
using OpenAdapter = std::function<model::Result<std::unique_ptr<adapters::Adapter>>(
    const config::AdapterConfig& adapter)>;

struct Machine {
    std::shared_ptr<platform::Files> files;
    std::shared_ptr<const platform::Clock> clock;
    std::shared_ptr<platform::CardReaders> card_readers{};  // none: readers are not looked at
    OpenAdapter open_adapter{};                             // none: adapters are not asked
};

// One gateway's configuration on this machine. Copied into each area.
struct Premises {
    Machine machine;
    std::shared_ptr<const config::Config> config;
    std::shared_ptr<TokenKeys> token_keys = std::make_shared<TokenKeys>();  // of all areas together
};

}  // namespace sekisho::doctor
