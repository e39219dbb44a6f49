#include "gateway/agent/agent_settings.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "gateway/admission/challenge.h"

namespace sekisho::agent {

namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::uint16_t kHttpsPort = 443;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// 1 to 65535, as a browser writes it: without a leading zero.
std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [stopped, trouble] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool whole = stopped == text.data() + text.size();
    if (trouble != std::errc{} || !whole || text.starts_with('0')) return std::nullopt;
    return port;
}

bool is_host(std::string_view text) {
    if (text == "[::1]") return true;
    return !text.empty() && text.front() != '.' && std::ranges::all_of(text, [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
    });
}

bool is_origin(std::string_view text) {
    if (!text.starts_with(kScheme)) return false;
    text.remove_prefix(kScheme.size());
    const std::size_t colon = text.find(':', text.starts_with('[') ? text.find(']') : 0);
    if (colon == std::string_view::npos) return is_host(text);
    const auto port = parse_port(text.substr(colon + 1));
    return port && *port != kHttpsPort && is_host(text.substr(0, colon));
}

std::unexpected<model::Text> bad_page(std::string_view text) {
    const std::string shown{text};
    return std::unexpected(model::Text{
        .ja = "--pages の「" + shown +
              "」を読めません。ゲートウェイの名前=オリジン の形で書いてください "
              "(例: demo.sekisho.example=https://localhost:8443)。オリジンは https://"
              "ホスト[:ポート] で、小文字、パスなし、443 番は書きません",
        .en = "\"" + shown +
              "\" of --pages cannot be read; write the gateway's name=the page's origin, such as "
              "demo.sekisho.example=https://localhost:8443. An origin is https://host[:port] in "
              "lower case, without a path, and without the port 443"});
}

}  // namespace

Parsed<LoopbackAddress> LoopbackAddress::parse(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    const std::string_view host = text.substr(0, colon);
    const auto port =
        colon == std::string_view::npos ? std::nullopt : parse_port(text.substr(colon + 1));
    if (!port || *port == kHttpsPort || (host != "127.0.0.1" && host != "[::1]")) {
        return std::unexpected(model::Text{
            .ja = "--listen に書けるのは 127.0.0.1:ポート か [::1]:ポート だけで、443 "
                  "番は使えません。この端末の外からは接続させません",
            .en = "--listen takes 127.0.0.1:PORT or [::1]:PORT only, and not the port 443; "
                  "nobody outside of this machine may connect"});
    }
    return LoopbackAddress{host == "[::1]" ? "::1" : "127.0.0.1", *port};
}

std::string LoopbackAddress::origin() const {
    const std::string host = host_ == "::1" ? "[::1]" : host_;
    return std::string{kScheme} + host + ":" + std::to_string(port_);
}

Parsed<std::vector<Page>> parse_pages(std::string_view text) {
    std::vector<Page> pages;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string_view each = text.substr(begin, end - begin);
        begin = end + 1;
        const std::size_t equals = each.find('=');
        if (equals == std::string_view::npos) return bad_page(each);
        const std::string_view gateway = each.substr(0, equals);
        const std::string_view origin = each.substr(equals + 1);
        if (!admission::is_instance(gateway) || !is_origin(origin)) return bad_page(each);
        if (std::ranges::find(pages, origin, &Page::origin) != pages.end()) return bad_page(each);
        pages.push_back({.origin = std::string{origin}, .gateway = std::string{gateway}});
    }
    return pages;
}

}  // namespace sekisho::agent
