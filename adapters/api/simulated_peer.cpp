#include "adapters/api/simulated_peer.h"

#include <algorithm>

namespace sekisho::adapters {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<std::string_view> find_header(const std::vector<HttpHeader>& headers,
                                            std::string_view name) {
    const auto found = std::ranges::find_if(headers, [&](const HttpHeader& header) {
        return std::ranges::equal(header.name, name, {}, lower, lower);
    });
    if (found == headers.end()) return std::nullopt;
    return found->value;
}

}  // namespace sekisho::adapters
