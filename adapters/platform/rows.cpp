#include "adapters/platform/rows.h"

namespace sekisho::platform_adapter {

using documents::Json;

namespace {

bool is_about(const Json& row, std::string_view default_insurer, std::string_view insurer,
              std::string_view insured) {
    return row.string_at("insured") == insured &&
           row.string_at("insurer").value_or(default_insurer) == insurer;
}

}  // namespace

Json rows_about(const Json& document, std::string_view insurer, std::string_view insured) {
    auto found = Json::array();
    const std::string_view whole = document.string_at("insurer").value_or("");
    if (is_about(document, whole, insurer, insured)) return found.push(document);
    const auto scan = [&](const Json& list) {
        for (const Json& row : list.items()) {
            if (is_about(row, whole, insurer, insured)) found.push(row);
        }
    };
    if (document.is_array()) scan(document);
    for (const auto& [key, value] : document.members()) {
        if (value.is_array()) scan(value);
    }
    return found;
}

}  // namespace sekisho::platform_adapter
