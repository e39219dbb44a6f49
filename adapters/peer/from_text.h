// An adapter of the JSON text of its settings: what the entry of its module hands out.
#pragma once

#include <memory>
#include <string_view>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"

namespace sekisho::peer {

// An AdapterFactory (adapters/api/module.h). `Settings::parse` reads them, `Make` makes the
// adapter.
template <class Settings, auto Make>
model::Result<std::unique_ptr<adapters::Adapter>> from_text(std::string_view text) {
    const auto json = documents::parse_json(text);
    if (!json) return std::unexpected(json.error());
    auto settings = Settings::parse(*json);
    if (!settings) return std::unexpected(settings.error());
    return Make(std::move(*settings));
}

}  // namespace sekisho::peer
