#include "gateway/listener/cross_site.h"

#include <algorithm>

namespace sekisho::listener {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

// "https://" and the authority that was asked, port and all.
bool is_own_origin(std::string_view origin, std::string_view host) {
    constexpr std::string_view kScheme = "https://";
    return origin.starts_with(kScheme) && is_same(origin.substr(kScheme.size()), host);
}

}  // namespace

bool is_cross_site(const RequestHead& head) {
    const std::string* site = head.find("sec-fetch-site");
    // `none`: somebody typed the address, or opened a bookmark.
    if (site != nullptr && *site != "same-origin" && *site != "none") return true;
    const std::string* origin = head.find("origin");
    if (origin == nullptr) return false;
    const std::string* host = head.find("host");
    return host == nullptr || !is_own_origin(*origin, *host);
}

}  // namespace sekisho::listener
