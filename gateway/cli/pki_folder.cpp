#include "gateway/cli/pki_folder.h"

#include <algorithm>
#include <map>

#include "gateway/platform/crypto.h"

namespace sekisho::cli {

namespace {

using model::Result;
using platform::CertificateAndKey;

constexpr unsigned kForAll = 0644;
constexpr unsigned kForOwner = 0600;
constexpr std::size_t kPemBytesMax = 64 * model::limits::kKibibyte;
constexpr std::chrono::hours kBackdated{1};  // for clocks that run behind

// Stable for a name, so that a list made later still knows whom it revokes.
std::uint64_t serial_of(const std::string& name) {
    const model::Sha256 hash = platform::sha256("sekisho development certificate " + name);
    std::uint64_t serial = 0;
    for (std::size_t i = 0; i < 8; ++i) serial = serial << 8U | hash[i];
    return (serial >> 1U) | 1U;
}

// The profile of JPKI as printed of real authorities and cards.
std::vector<std::string> jpki_auth_name() {
    return {"C=JP", "O=JPKI", "OU=JPKI for user authentication",
            "OU=Japan Agency for Local Authority Information Systems"};
}

void make_card(platform::CertificateRequest& request) {
    request.subject = {"C=JP", "CN=" + request.common_name};
    request.common_name.clear();
    request.key = platform::KeyKind::rsa_2048;
    request.client_auth = false;
    request.issuer_names = {"C=JP", "O=公的個人認証サービス"};
    request.policies = {"1.2.392.200149.8.5.1.3.30"};
}

class Filling {
  public:
    Filling(const PkiFolder& folder, const PkiProfile& profile)
        : folder_(folder), profile_(profile) {}

    Result<PkiWritten> run() {
        if (auto made = folder_.files.make_directories(folder_.path + "/authority"); !made)
            return std::unexpected(made.error());
        for (const PkiAuthority& authority : profile_.authorities) {
            if (auto done = add_authority(authority); !done) return std::unexpected(done.error());
        }
        for (const PkiSubject& subject : profile_.subjects) {
            if (auto done = add_subject(subject); !done) return std::unexpected(done.error());
        }
        for (const PkiAuthority& authority : profile_.authorities) {
            if (authority.list_file.empty()) continue;
            if (auto done = add_list(authority); !done) return std::unexpected(done.error());
        }
        return written_;
    }

  private:
    std::string in(const std::string& name) const { return folder_.path + "/" + name; }
    model::Instant after(int days) const { return folder_.now + std::chrono::days{days}; }

    Result<void> add_authority(const PkiAuthority& authority) {
        const std::string certificate = in(authority.certificate_file);
        const std::string key = in("authority/" + authority.name + ".key");
        if (folder_.files.exists(certificate) && folder_.files.exists(key)) {
            auto read = read_pair(certificate, key);
            if (!read) return std::unexpected(read.error());
            authorities_[authority.name] = std::move(*read);
            ++written_.kept;
            return {};
        }
        platform::CertificateRequest request{.common_name = authority.common_name,
                                             .key = platform::KeyKind::ec_p384,
                                             .not_before = folder_.now - kBackdated,
                                             .not_after = after(profile_.authority_validity_days),
                                             .serial = serial_of("authority " + authority.name),
                                             .authority = true};
        if (authority.kind == PkiKind::jpki_auth) {
            request.key = platform::KeyKind::rsa_2048;
            request.subject = jpki_auth_name();
        }
        auto made = platform::issue(request, nullptr);
        if (!made) return std::unexpected(made.error());
        if (auto done = write_pair(certificate, key, made->certificate_pem, made->key_pem); !done)
            return done;
        authorities_[authority.name] = std::move(*made);
        return {};
    }

    Result<void> add_subject(const PkiSubject& subject) {
        const std::string certificate = in(subject.file + ".pem");
        const std::string key = in(subject.file + ".key");
        if (folder_.files.exists(certificate) && folder_.files.exists(key)) {
            ++written_.kept;
            return {};
        }
        const CertificateAndKey& issuer = authorities_.at(subject.authority);
        platform::CertificateRequest request{.common_name = subject.common_name,
                                             .key = platform::KeyKind::ec_p256,
                                             .not_before = folder_.now - kBackdated,
                                             .not_after = after(profile_.validity_days),
                                             .serial = serial_of(subject.file),
                                             .client_auth = subject.client,
                                             .server_auth = subject.server,
                                             .uris = subject.uris,
                                             .dns_names = subject.dns_names,
                                             .addresses = subject.addresses};
        if (is_card(subject)) make_card(request);
        const auto made = platform::issue(request, &issuer);
        if (!made) return std::unexpected(made.error());
        return write_pair(certificate, key, made->certificate_pem + issuer.certificate_pem,
                          made->key_pem);
    }

    bool is_card(const PkiSubject& subject) const {
        return std::ranges::any_of(profile_.authorities, [&](const PkiAuthority& authority) {
            return authority.name == subject.authority && authority.kind == PkiKind::jpki_auth;
        });
    }

    Result<void> add_list(const PkiAuthority& authority) {
        platform::RevocationListRequest request{
            .this_update = folder_.now - kBackdated,
            .next_update = after(profile_.list_validity_days),
            .number = static_cast<std::uint64_t>(folder_.now.time_since_epoch().count())};
        for (const PkiSubject& subject : profile_.subjects) {
            if (subject.revoked && subject.authority == authority.name)
                request.revoked_serials.push_back(serial_of(subject.file));
        }
        const auto list = platform::issue_revocation_list(request, authorities_.at(authority.name));
        if (!list) return std::unexpected(list.error());
        ++written_.lists;
        return folder_.files.write_whole(in(authority.list_file), *list, kForAll);
    }

    Result<CertificateAndKey> read_pair(const std::string& certificate, const std::string& key) {
        auto certificate_pem = folder_.files.read(certificate, kPemBytesMax);
        if (!certificate_pem) return std::unexpected(certificate_pem.error());
        auto key_pem = folder_.files.read(key, kPemBytesMax);
        if (!key_pem) return std::unexpected(key_pem.error());
        return CertificateAndKey{.certificate_pem = std::move(*certificate_pem),
                                 .key_pem = std::move(*key_pem)};
    }

    // The key first: a certificate that is there has its key.
    Result<void> write_pair(const std::string& certificate, const std::string& key,
                            const std::string& certificate_pem, const std::string& key_pem) {
        if (auto done = folder_.files.write_whole(key, key_pem, kForOwner); !done) return done;
        ++written_.certificates;
        return folder_.files.write_whole(certificate, certificate_pem, kForAll);
    }

    const PkiFolder& folder_;
    const PkiProfile& profile_;
    std::map<std::string, CertificateAndKey> authorities_;
    PkiWritten written_;
};

}  // namespace

Result<PkiWritten> fill(const PkiFolder& folder, const PkiProfile& profile) {
    return Filling{folder, profile}.run();
}

}  // namespace sekisho::cli
