#include "gateway/agent/own_certificate.h"

#include <limits>

#include "gateway/platform/certificate_text.h"
#include "gateway/platform/crypto.h"
#include "gateway/platform/pki.h"
#include "routing/model/limits.h"

namespace sekisho::agent {

namespace {

using model::Result;

constexpr std::size_t kFileBytesMax = 64 * model::limits::kKibibyte;
constexpr unsigned kForOwner = 0600;
constexpr unsigned kForAll = 0644;
constexpr std::chrono::hours kLife{24 * 730};
constexpr std::chrono::hours kRenewBefore{24 * 30};
constexpr std::chrono::hours kClockSkew{24};

struct Found {
    std::string fingerprint;
    model::Instant not_after;
};

std::string fingerprint_of(std::string_view der) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t byte : platform::sha256(der)) {
        if (!text.empty()) text += ':';
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

Result<Found> look_at(platform::Files& files, const std::string& path) {
    const auto pem = files.read(path, kFileBytesMax);
    if (!pem) return std::unexpected(pem.error());
    const auto der = platform::certificate_der(*pem);
    const auto text = der ? platform::certificate_text(*der) : std::nullopt;
    if (!text) {
        return model::refuse(model::Problem::internal,
                             {.ja = path + ": 証明書ではありません。消すと作り直します",
                              .en = path + ": not a certificate; once deleted it is made anew"});
    }
    return Found{.fingerprint = fingerprint_of(*der), .not_after = text->not_after};
}

// The key first: a certificate without its key would look like one that can be used.
Result<void> make(platform::Files& files, const platform::Clock& clock, platform::Random& random,
                  const listener::ServerCredentials& paths) {
    const auto made =
        platform::issue({.common_name = "Sekisho card agent",
                         .not_before = clock.now() - kClockSkew,
                         .not_after = clock.now() + kLife,
                         .serial = 1 + random.below(std::numeric_limits<std::uint32_t>::max()),
                         .server_auth = true,
                         .dns_names = {"localhost"},
                         .addresses = {"127.0.0.1", "::1"}},
                        nullptr);
    if (!made) return std::unexpected(made.error());
    if (auto gone = files.remove(paths.certificate_file); !gone) return gone;
    if (auto kept = files.write_whole(paths.key_file, made->key_pem, kForOwner); !kept) return kept;
    return files.write_whole(paths.certificate_file, made->certificate_pem, kForAll);
}

}  // namespace

Result<OwnCertificate> own_certificate(platform::Files& files, const platform::Clock& clock,
                                       platform::Random& random, const std::string& folder) {
    const listener::ServerCredentials paths{.certificate_file = folder + "/card-agent.pem",
                                            .key_file = folder + "/card-agent.key",
                                            .clients = listener::Clients::anonymous};
    if (auto there = files.make_directories(folder); !there) {
        return std::unexpected(there.error());
    }
    if (files.exists(paths.certificate_file) && files.exists(paths.key_file)) {
        const auto found = look_at(files, paths.certificate_file);
        if (!found) return std::unexpected(found.error());
        if (found->not_after - clock.now() > kRenewBefore) {
            return OwnCertificate{.files = paths, .fingerprint = found->fingerprint};
        }
    }
    if (auto made = make(files, clock, random, paths); !made) return std::unexpected(made.error());
    const auto found = look_at(files, paths.certificate_file);
    if (!found) return std::unexpected(found.error());
    return OwnCertificate{.files = paths, .fingerprint = found->fingerprint, .made_now = true};
}

}  // namespace sekisho::agent
