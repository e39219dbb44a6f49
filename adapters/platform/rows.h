// The newest row about one person in the documents of one JSON profile.
//
// A profile names one insurer and holds `records`, each about one insured person. A greater
// 履歴番号 (`history`) replaces the smaller ones; of equals the later arrival counts. A record
// marked `deleted` takes the history back.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/documents/json.h"

namespace sekisho::platform_adapter {

// An array of one row, or of none. `documents` oldest first.
documents::Json newest_row(const std::vector<documents::Json>& documents, std::string_view insurer,
                           std::string_view insured);

}  // namespace sekisho::platform_adapter
