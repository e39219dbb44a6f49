// Zones with authorities, parties with certificates, revocation lists: made when the test runs, in
// a folder that goes with the object.
//
//     TestPki pki{{"internet", "public"}};
//     pki.add("clinic", "internet", {.uris = {"urn:sekisho:party:medical:1319900021"}});
//     pki.revoke("clinic");
//
// Each zone has a root and under it, for certificates asked for with `intermediate`, an issuing
// authority; its CRL file holds a list of each. A request that says nothing gets a fit client
// certificate: EC P-256, valid for a day around now, clientAuth. One server certificate (localhost)
// of an authority of its own serves all.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/identity/trust.h"
#include "gateway/platform/pki.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

class TestPki {
  public:
    enum class Issuer { root, intermediate, leaf_of_another, nobody };

    struct Wanted {
        std::vector<std::string> uris{};
        std::string common_name = "client";
        platform::KeyKind key = platform::KeyKind::ec_p256;
        std::chrono::hours from{-24};  // around now
        std::chrono::hours until{24};
        int version = 3;
        bool authority = false;
        bool client_auth = true;
        bool any_extended_key_usage = false;
        Issuer issuer = Issuer::root;
        std::string other_leaf{};  // for leaf_of_another: who signs without the right to
    };

    explicit TestPki(const std::vector<std::string>& zones);

    void add(const std::string& name, const std::string& zone, const Wanted& wanted);
    void revoke(const std::string& name);  // and writes its zone's lists anew

    // The zone's lists as asked for; revoked serials stay revoked.
    struct Lists {
        std::chrono::hours from{-24};
        std::chrono::hours until{24};
        bool of_intermediate = true;
    };
    void write_lists(const std::string& zone, const Lists& lists);
    void write_lists(const std::string& zone) { write_lists(zone, Lists{}); }

    // PEM; the chain below the root for those issued by an intermediate.
    const platform::CertificateAndKey& of(const std::string& name) const;

    std::vector<identity::ZoneTrustFiles> trust_files(int rsa_bits_min = 2048) const;
    std::string anchors_file(const std::string& zone) const { return folder_ / (zone + "-ca.pem"); }
    std::string crl_file(const std::string& zone) const { return folder_ / (zone + ".crl"); }
    std::string server_certificate_file() const { return folder_ / "server.pem"; }
    std::string server_key_file() const { return folder_ / "server.key"; }
    std::string server_authority_file() const { return folder_ / "server-ca.pem"; }
    void renew_server();  // another certificate and key in the same files

    static void write(const std::string& path, std::string_view text);

  private:
    struct Zone {
        platform::CertificateAndKey root;
        platform::CertificateAndKey intermediate;
        std::vector<std::uint64_t> revoked{};               // by the root
        std::vector<std::uint64_t> revoked_intermediate{};  // by the intermediate
    };
    struct Holder {
        std::string zone;
        std::uint64_t serial = 0;
        Issuer issuer = Issuer::root;
        platform::CertificateAndKey pair;
    };

    platform::CertificateAndKey make_authority(const std::string& name,
                                               const platform::CertificateAndKey* above);

    TemporaryFolder folder_;
    platform::CertificateAndKey server_authority_;
    std::map<std::string, Zone> zones_;
    std::map<std::string, Holder> holders_;
    std::uint64_t serial_ = 1;
    std::uint64_t list_number_ = 1;
};

}  // namespace sekisho::tests
