// What an adapter's settings say of its peer, read beside the adapter: the settings are each
// module's own, but peers of one kind call these members alike (adapters/peer/settings.h).
//
// A member that is not there, or is of another kind, is empty. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "adapters/http/http_client.h"
#include "gateway/config/config.h"

namespace sekisho::doctor {

std::string url_of(const config::AdapterConfig& adapter);
http::ClientOptions client_of(const config::AdapterConfig& adapter);

// Files that hold a password or the like: members whose names end in "_file".
std::vector<std::string> secret_files_of(const config::AdapterConfig& adapter);

}  // namespace sekisho::doctor
