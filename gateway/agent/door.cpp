#include "gateway/agent/door.h"

#include <algorithm>
#include <array>

namespace sekisho::agent {

namespace {

using listener::Header;
using listener::RequestHead;

constexpr auto kNames = std::to_array<std::string_view>({"127.0.0.1", "localhost", "[::1]"});

}  // namespace

const std::string* only_value(const RequestHead& head, std::string_view name) {
    if (std::ranges::count(head.headers, name, &Header::name) != 1) return nullptr;
    return head.find(name);
}

std::expected<const Page*, Code> Door::who_asks(const RequestHead& head) const {
    const std::string* host = only_value(head, "host");
    const std::string port = ":" + std::to_string(port_);
    const bool own = host != nullptr && std::ranges::any_of(kNames, [&](std::string_view name) {
                         return *host == std::string{name} + port;
                     });
    if (!own) return std::unexpected(Code::wrong_host);
    const std::string* origin = only_value(head, "origin");
    if (origin == nullptr) return std::unexpected(Code::wrong_origin);
    const auto page = std::ranges::find(pages_, *origin, &Page::origin);
    if (page == pages_.end()) return std::unexpected(Code::wrong_origin);
    return &*page;
}

std::vector<Header> headers_for(const Page& page) {
    return {{"Access-Control-Allow-Origin", page.origin},
            {"Vary", "Origin"},
            {"X-Content-Type-Options", "nosniff"}};
}

std::vector<Header> preflight_headers(const RequestHead& head) {
    std::vector<Header> headers{{"Access-Control-Allow-Methods", "GET, POST"},
                                {"Access-Control-Allow-Headers", "authorization, content-type"},
                                {"Access-Control-Max-Age", "600"}};
    const std::string* into_private = only_value(head, "access-control-request-private-network");
    if (into_private != nullptr && *into_private == "true") {
        headers.push_back({"Access-Control-Allow-Private-Network", "true"});
    }
    return headers;
}

}  // namespace sekisho::agent
