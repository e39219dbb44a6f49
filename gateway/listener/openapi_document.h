// The OpenAPI 3.1 description of /v1, as served at /v1/openapi.json.
#pragma once

#include <string_view>

namespace sekisho::listener {

std::string_view openapi_document();

}  // namespace sekisho::listener
