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

namespace Poco {
class SharedLibrary;
}

namespace sekisho::wiring {

class AdapterModules {
  public:
    AdapterModules();
    ~AdapterModules();

    model::Result<void> load(const std::vector<config::AdapterConfig>& configured,
                             exchange::Peers& peers);

  private:
    std::vector<std::unique_ptr<Poco::SharedLibrary>> libraries_;
};

}  // namespace sekisho::wiring
