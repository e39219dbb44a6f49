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
    status.responder = read_remote(section, resolve);
    constexpr Range kSkew{.least = 0, .most = 600};
    status.skew = std::chrono::seconds{section.number("skew_seconds", status.skew.count(), kSkew)};
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
