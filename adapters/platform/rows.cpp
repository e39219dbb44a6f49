#include "adapters/platform/rows.h"

#include <cstdint>

namespace sekisho::platform_adapter {

using documents::Json;

Json newest_row(const std::vector<Json>& documents, std::string_view insurer,
                std::string_view insured) {
    const Json* newest = nullptr;
    std::int64_t newest_history = 0;
    const auto consider = [&](const Json& row) {
        const std::int64_t history = row.integer_at("history").value_or(0);
        if (row.string_at("insured") != insured || history < newest_history) return;
        newest = &row;
        newest_history = history;
    };
    for (const Json& document : documents) {
        const Json* records = document.find("records");
        if (records == nullptr || document.string_at("insurer") != insurer) continue;
        for (const Json& row : records->items()) consider(row);
    }
    auto found = Json::array();
    if (newest != nullptr && !newest->boolean_at("deleted").value_or(false)) found.push(*newest);
    return found;
}

}  // namespace sekisho::platform_adapter
