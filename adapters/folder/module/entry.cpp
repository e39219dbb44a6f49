// The folder adapter as a loadable module.
#include "adapters/api/module.h"
#include "adapters/folder/folder_adapter.h"

namespace {

using namespace sekisho;

model::Result<std::unique_ptr<adapters::Adapter>> make(std::string_view text) {
    const auto json = documents::parse_json(text);
    if (!json) return std::unexpected(json.error());
    auto settings = folder_adapter::Settings::parse(*json);
    if (!settings) return std::unexpected(settings.error());
    return folder_adapter::make_adapter(std::move(*settings));
}

}  // namespace

extern "C" SEKISHO_MODULE_EXPORT const sekisho_adapter_v1* sekisho_adapter_v1_entry(void) {
    return adapters::export_adapter<&make>();
}
