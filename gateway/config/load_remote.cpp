// Where a service outside is asked, as several sections say it alike.
#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

// What stands between the scheme and the path (RFC 3986 section 3.2).
std::string_view authority_in(std::string_view url, std::string_view scheme) {
    url.remove_prefix(scheme.size());
    return url.substr(0, url.find_first_of("/?#"));
}

// One of this host's own addresses and a port: no name that would be looked up, and nothing before
// it that makes another host of what follows (http://127.0.0.1:x@elsewhere/).
bool is_this_host(std::string_view authority) {
    if (!authority.starts_with("127.0.0.1:") && !authority.starts_with("[::1]:")) return false;
    const auto address = parse_address(authority);
    return address && address->port != 0;
}

// What is asked there is nobody else's business: plain http stays on this host.
bool is_remote(std::string_view url) {
    constexpr std::string_view kPlain = "http://";
    constexpr std::string_view kSecure = "https://";
    if (url.starts_with(kPlain)) return is_this_host(authority_in(url, kPlain));
    if (!url.starts_with(kSecure)) return false;
    const std::string_view authority = authority_in(url, kSecure);
    return !authority.empty() && !authority.contains('@');
}

}  // namespace

Remote read_remote(Section& section, const Resolve& resolve) {
    Remote remote{.url = section.text("url"),
                  .trust_file = resolve(section.text("trust", Need::optional)),
                  .certificate_file = resolve(section.text("certificate", Need::optional)),
                  .key_file = resolve(section.text("key", Need::optional))};
    if (!remote.url.empty() && !is_remote(remote.url))
        section.complain("url",
                         {.ja = "https:// か、この機械の http://127.0.0.1:ポート にしてください",
                          .en = "this must be https://, or http://127.0.0.1:PORT for a relay "
                                "on this host"});
    if (remote.url.starts_with("https://") && remote.trust_file.empty())
        section.complain("url", {.ja = "https には trust(信頼する認証局のファイル)が必要です",
                                 .en = "https needs \"trust\": the file of whom to trust"});
    if (remote.certificate_file.empty() != remote.key_file.empty())
        section.complain("certificate", {.ja = "certificate と key は両方を書いてください",
                                         .en = "\"certificate\" and \"key\" go together"});
    return remote;
}

}  // namespace sekisho::config
