#include "tests/support/test_pki.h"

#include <fstream>
#include <stdexcept>

#include "gateway/platform/system.h"

namespace sekisho::tests {

namespace {

model::Instant now() {
    return platform::SystemClock{}.now();
}

platform::CertificateAndKey must_issue(const platform::CertificateRequest& request,
                                       const platform::CertificateAndKey* issuer) {
    auto issued = platform::issue(request, issuer);
    if (!issued) throw std::runtime_error(issued.error().detail.en);
    return std::move(*issued);
}

std::string must_list(const platform::RevocationListRequest& request,
                      const platform::CertificateAndKey& issuer) {
    auto list = platform::issue_revocation_list(request, issuer);
    if (!list) throw std::runtime_error(list.error().detail.en);
    return std::move(*list);
}

}  // namespace

TestPki::TestPki(const std::vector<std::string>& zones) {
    server_authority_ = make_authority("server-ca", nullptr);
    write(server_authority_file(), server_authority_.certificate_pem);
    renew_server();
    for (const std::string& name : zones) {
        Zone& zone = zones_[name];
        zone.root = make_authority(name + "-root", nullptr);
        zone.intermediate = make_authority(name + "-issuing", &zone.root);
        write(anchors_file(name), zone.root.certificate_pem);
        write_lists(name);
    }
}

platform::CertificateAndKey TestPki::make_authority(const std::string& name,
                                                    const platform::CertificateAndKey* above) {
    return must_issue({.common_name = name,
                       .not_before = now() - std::chrono::hours{24},
                       .not_after = now() + std::chrono::hours{240},
                       .serial = serial_++,
                       .authority = true},
                      above);
}

void TestPki::renew_server() {
    const auto server = must_issue({.common_name = "localhost",
                                    .not_before = now() - std::chrono::hours{24},
                                    .not_after = now() + std::chrono::hours{24},
                                    .serial = serial_++,
                                    .server_auth = true,
                                    .dns_names = {"localhost"},
                                    .addresses = {"127.0.0.1"}},
                                   &server_authority_);
    write(server_certificate_file(), server.certificate_pem);
    write(server_key_file(), server.key_pem);
}

void TestPki::add(const std::string& name, const std::string& zone, const Wanted& wanted) {
    const platform::CertificateRequest request{
        .common_name = wanted.common_name,
        .key = wanted.key,
        .not_before = now() + wanted.from,
        .not_after = now() + wanted.until,
        .serial = serial_++,
        .version = wanted.version,
        .authority = wanted.authority,
        .client_auth = wanted.client_auth,
        .any_extended_key_usage = wanted.any_extended_key_usage,
        .uris = wanted.uris};
    Holder holder{.zone = zone, .serial = request.serial, .issuer = wanted.issuer};
    const Zone* issuing = wanted.issuer == Issuer::nobody ? nullptr : &zones_.at(zone);
    switch (wanted.issuer) {
        case Issuer::root:
            holder.pair = must_issue(request, &issuing->root);
            break;
        case Issuer::intermediate:
            holder.pair = must_issue(request, &issuing->intermediate);
            holder.pair.certificate_pem += issuing->intermediate.certificate_pem;
            break;
        case Issuer::leaf_of_another: {
            const auto& other = holders_.at(wanted.other_leaf).pair;
            holder.pair = must_issue(request, &other);
            holder.pair.certificate_pem += other.certificate_pem;
            break;
        }
        case Issuer::nobody:
            holder.pair = must_issue(request, nullptr);
            break;
    }
    holders_[name] = std::move(holder);
}

void TestPki::revoke(const std::string& name) {
    const Holder& holder = holders_.at(name);
    Zone& zone = zones_.at(holder.zone);
    (holder.issuer == Issuer::intermediate ? zone.revoked_intermediate : zone.revoked)
        .push_back(holder.serial);
    write_lists(holder.zone);
}

void TestPki::write_lists(const std::string& zone_name, const Lists& lists) {
    const Zone& zone = zones_.at(zone_name);
    platform::RevocationListRequest request{.revoked_serials = zone.revoked,
                                            .this_update = now() + lists.from,
                                            .next_update = now() + lists.until,
                                            .number = list_number_++};
    std::string text = must_list(request, zone.root);
    request.revoked_serials = zone.revoked_intermediate;
    if (lists.of_intermediate) text += must_list(request, zone.intermediate);
    write(crl_file(zone_name), text);
}

const platform::CertificateAndKey& TestPki::of(const std::string& name) const {
    return holders_.at(name).pair;
}

std::vector<identity::ZoneTrustFiles> TestPki::trust_files(int rsa_bits_min) const {
    std::vector<identity::ZoneTrustFiles> files;
    for (const auto& [name, zone] : zones_) {
        files.push_back({.zone = model::ZoneName{name},
                         .anchors_file = anchors_file(name),
                         .crl_file = crl_file(name),
                         .rsa_bits_min = rsa_bits_min});
    }
    return files;
}

// By another name first: a watcher never sees half of it, and always sees a new file.
void TestPki::write(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    std::ofstream{fresh, std::ios::binary} << text;
    std::filesystem::rename(fresh, path);
}

}  // namespace sekisho::tests
