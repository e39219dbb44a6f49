#include "gateway/doctor/health_pages.h"

#include <chrono>

#include "gateway/doctor/bounds.h"

namespace sekisho::doctor {

namespace {

constexpr std::uint64_t kPageBytesMax = 4 * model::limits::kMebibyte;

}  // namespace

bool can_be_asked(const config::Address& address) {
    return address.host == "127.0.0.1" || address.host == "::1" || address.host == "localhost";
}

std::optional<http::Reply> health_page(const config::Address& address, std::string_view path) {
    const std::string host = address.host == "::1" ? "[::1]" : "127.0.0.1";
    http::HttpClient client{{.connections_max = 1, .plain_http = http::PlainHttp::loopback}};
    auto reply = client.send(
        {.url = "http://" + host + ":" + std::to_string(address.port) + std::string{path},
         .answer_bytes_max = kPageBytesMax},
        std::chrono::steady_clock::now() + kKnock);
    if (!reply) return std::nullopt;
    return std::move(*reply);
}

}  // namespace sekisho::doctor
