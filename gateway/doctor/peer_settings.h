// Whom the gateway asks, and as whom: services that the configuration names, and adapters' peers as
// far as their settings say it. These are each module's own and are read beside the adapter, but
// peers of one kind call these members alike (adapters/peer/settings.h).
//
// A member that is not there, or is of another kind, is empty. Pure functions, but for the one that
// asks a token.
#pragma once

#include <string>
#include <vector>

#include "adapters/http/http_client.h"
#include "gateway/config/config.h"
#include "gateway/doctor/token_keys.h"

namespace sekisho::doctor {

std::string url_of(const config::AdapterConfig& adapter);
// By the names that are written; a key in a token is its URI.
http::ClientOptions client_of(const config::AdapterConfig& adapter);
http::ClientOptions client_of(const config::Remote& service);
std::string token_module_of(const config::AdapterConfig& adapter);

// A token's key in it, where the adapter has one.
std::expected<http::ClientOptions, Verdict> client_with_key(const config::AdapterConfig& adapter,
                                                            TokenKeys& keys);

// Files that hold a password or the like: members whose names end in "_file".
std::vector<std::string> secret_files_of(const config::AdapterConfig& adapter);

}  // namespace sekisho::doctor
