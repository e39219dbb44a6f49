// The rows of a JSON profile that are about one person.
//
// A profile is an object about one person, or holds an array of such objects; a row without its own
// `insurer` has the document's. Gives an array, empty where the person does not occur.
#pragma once

#include <string_view>

#include "adapters/documents/json.h"

namespace sekisho::platform_adapter {

documents::Json rows_about(const documents::Json& document, std::string_view insurer,
                           std::string_view insured);

}  // namespace sekisho::platform_adapter
