#include "gateway/wiring/adapters.h"

#include <Poco/Exception.h>
#include <Poco/SharedLibrary.h>

#include "adapters/api/module.h"
#include "adapters/documents/json.h"

namespace sekisho::wiring {

namespace {

using Entry = sekisho_adapter_v1_entry_function;

model::Refusal unusable(const config::AdapterConfig& adapter, const std::string& why) {
    const std::string where = adapter.file + ":" + std::to_string(adapter.line) + ": ";
    return {.problem = model::Problem::internal,
            .detail = {.ja = where + "アダプター " + adapter.name + " を使えません: " + why,
                       .en = where + "the adapter " + adapter.name + " cannot be used: " + why}};
}

// The modules are linked with immediate binding, so that a missing symbol shows here and not at the
// first delivery.
model::Result<Entry> load_entry(Poco::SharedLibrary& library,
                                const config::AdapterConfig& adapter) {
    try {
        library.load(adapter.module_file, Poco::SharedLibrary::SHLIB_LOCAL);
        return reinterpret_cast<Entry>(library.getSymbol(SEKISHO_ADAPTER_V1_ENTRY));
    } catch (const Poco::Exception& exception) {
        return std::unexpected(unusable(adapter, exception.displayText()));
    }
}

}  // namespace

model::Result<std::unique_ptr<adapters::Adapter>> open_adapter(
    const config::AdapterConfig& adapter) {
    Poco::SharedLibrary library;  // does not unload when it goes
    const auto entry = load_entry(library, adapter);
    if (!entry) return std::unexpected(entry.error());
    auto opened = adapters::ModuleAdapter::open((*entry)(), documents::to_text(adapter.settings));
    if (!opened) return std::unexpected(unusable(adapter, opened.error().detail.en));
    return opened;
}

model::Result<void> load_adapters(const std::vector<config::AdapterConfig>& configured,
                                  exchange::Peers& peers) {
    for (const config::AdapterConfig& adapter : configured) {
        auto opened = open_adapter(adapter);
        if (!opened) return std::unexpected(opened.error());
        peers.add(model::Via{adapter.name}, std::move(*opened));
    }
    return {};
}

}  // namespace sekisho::wiring
