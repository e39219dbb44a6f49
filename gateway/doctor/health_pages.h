// The running gateway's own pages: /livez, /readyz, /metrics, on its health address.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/http/http_client.h"
#include "gateway/config/config.h"

namespace sekisho::doctor {

// The outgoing client speaks plain http to 127.0.0.1 and ::1 alone.
bool can_be_asked(const config::Address& address);

// What is answered there, whatever its status; none within a few seconds is none.
std::optional<http::Reply> health_page(const config::Address& address, std::string_view path);

}  // namespace sekisho::doctor
