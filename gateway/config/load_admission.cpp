// The section `admission`: whose cards count, and how their status is asked for.
#include <algorithm>

#include "gateway/config/shapes.h"

namespace sekisho::config {

namespace {

using Method = CardStatusConfig::Method;

constexpr std::string_view kUserAuthenticationPolicy = "1.2.392.200149.8.5.1.3.30";

// Numbers with dots between them, at least two: "1.2.392".
std::optional<std::string> parse_oid(std::string_view text) {
    const bool holds =
        text.contains('.') && !text.starts_with('.') && !text.ends_with('.') &&
        !text.contains("..") &&
        std::ranges::all_of(text, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    return holds ? std::optional<std::string>{text} : std::nullopt;
}

std::optional<Method> parse_method(std::string_view text) {
    if (text == "none") return Method::none;
    if (text == "crl") return Method::crl;
    if (text == "ocsp") return Method::ocsp;
    return std::nullopt;
}

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

// The status of a certificate is nobody else's business: plain http stays on this host.
bool is_responder(std::string_view url) {
    constexpr std::string_view kPlain = "http://";
    constexpr std::string_view kSecure = "https://";
    if (url.starts_with(kPlain)) return is_this_host(authority_in(url, kPlain));
    if (!url.starts_with(kSecure)) return false;
    const std::string_view authority = authority_in(url, kSecure);
    return !authority.empty() && !authority.contains('@');
}

constexpr Shape<std::string> kOid{parse_oid, "オブジェクト識別子(例: 1.2.392.200149.8.5.1.3.30)",
                                  "an object identifier such as 1.2.392.200149.8.5.1.3.30"};
constexpr Shape<Method> kMethod{parse_method, "none, crl, ocsp のどれか",
                                "one of none, crl and ocsp"};

JpkiAuthorityConfig read_authority(Section& section, const Resolve& resolve) {
    JpkiAuthorityConfig authority{.file = resolve(section.text("file"))};
    authority.policies = section.list("policies", kOid);
    if (section.object().find("policies") == nullptr)
        authority.policies.emplace_back(kUserAuthenticationPolicy);
    if (authority.policies.empty())
        section.complain("policies", {.ja = "証明書ポリシーが一つは必要です",
                                      .en = "at least one policy is needed"});
    authority.rsa_bits_min =
        static_cast<int>(section.number("rsa_bits_min", 2048, {.least = 2048, .most = 4096}));
    return authority;
}

void read_lists(Section& section, const Resolve& resolve, CardStatusConfig& status) {
    for (const std::string& file : section.texts("files"))
        status.crl_files.push_back(resolve(file));
    if (status.crl_files.empty())
        section.complain("files", {.ja = "失効リストのファイルが一つは必要です",
                                   .en = "at least one file of revocations is needed"});
}

void read_responder(Section& section, const Resolve& resolve, CardStatusConfig& status) {
    status.url = section.text("url");
    status.trust_file = resolve(section.text("trust", Need::optional));
    status.certificate_file = resolve(section.text("certificate", Need::optional));
    status.key_file = resolve(section.text("key", Need::optional));
    constexpr Range kSkew{.least = 0, .most = 600};
    status.skew = std::chrono::seconds{section.number("skew_seconds", status.skew.count(), kSkew)};
    if (!status.url.empty() && !is_responder(status.url))
        section.complain("url",
                         {.ja = "https:// か、この機械の http://127.0.0.1:ポート にしてください",
                          .en = "this must be https://, or http://127.0.0.1:PORT for a relay "
                                "on this host"});
    if (status.url.starts_with("https://") && status.trust_file.empty())
        section.complain("url", {.ja = "https には trust(信頼する認証局のファイル)が必要です",
                                 .en = "https needs \"trust\": the file of whom to trust"});
    if (status.certificate_file.empty() != status.key_file.empty())
        section.complain("certificate", {.ja = "certificate と key は両方を書いてください",
                                         .en = "\"certificate\" and \"key\" go together"});
}

}  // namespace

std::optional<AdmissionConfig> read_admission(Section& root, const Resolve& resolve) {
    std::optional<AdmissionConfig> read;
    root.object("admission", Need::optional, [&](Section& section) {
        AdmissionConfig& admission = read.emplace();
        section.each("authorities", Need::required, [&](Section& authority) {
            admission.authorities.push_back(read_authority(authority, resolve));
        });
        if (section.object().find("authorities") != nullptr && admission.authorities.empty())
            section.complain("authorities", {.ja = "認証局が一つは必要です",
                                             .en = "at least one authority is needed"});
        constexpr Range kVisitMinutes{.least = 1, .most = 480};
        admission.visit = std::chrono::minutes{
            section.number("visit_minutes", admission.visit.count(), kVisitMinutes)};
        section.object("status", Need::required, [&](Section& status) {
            admission.status.method = status.required("method", kMethod);
            if (admission.status.method == Method::crl) {
                read_lists(status, resolve, admission.status);
            } else if (admission.status.method == Method::ocsp) {
                read_responder(status, resolve, admission.status);
            }
        });
    });
    return read;
}

}  // namespace sekisho::config
