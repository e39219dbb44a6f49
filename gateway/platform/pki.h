// Making certificates and revocation lists, by OpenSSL: for the development PKI of `sekisho pki
// init` and for tests. Never for production: an operator's certificates come from the federation's
// authority.
//
// The options can also ask for what must be refused (an expired one, a v1, a CA as a leaf, no
// extended key usage, a weak key), so that tests meet real certificates of each kind. Values are
// PEM texts.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "routing/model/instant.h"
#include "routing/model/problem.h"

namespace sekisho::platform {

struct CertificateAndKey {
    std::string certificate_pem;
    std::string key_pem;
};

enum class KeyKind : std::uint8_t { ec_p256, ec_p384, rsa_1024, rsa_2048, rsa_3072 };

struct CertificateRequest {
    std::string common_name;
    KeyKind key = KeyKind::ec_p256;
    model::Instant not_before{};
    model::Instant not_after{};
    std::uint64_t serial = 1;
    int version = 3;
    bool authority = false;    // CA:TRUE, keyCertSign, cRLSign
    bool client_auth = false;  // extended key usages
    bool server_auth = false;
    bool any_extended_key_usage = false;
    std::vector<std::string> uris{};       // SAN URI
    std::vector<std::string> dns_names{};  // SAN DNS
    std::vector<std::string> addresses{};  // SAN IP
    // For authorities and cards as JPKI has them (公的個人認証):
    std::vector<std::string> subject{};       // "C=JP", "O=JPKI": in place of the common name
    std::vector<std::string> issuer_names{};  // issuerAltName, one directory name of these
    std::vector<std::string> policies{};      // OIDs
};

// Self-signed when `issuer` is null. The certificate alone; chains are concatenated by the caller.
model::Result<CertificateAndKey> issue(const CertificateRequest& request,
                                       const CertificateAndKey* issuer);

struct RevocationListRequest {
    std::vector<std::uint64_t> revoked_serials{};
    model::Instant this_update{};
    model::Instant next_update{};
    std::uint64_t number = 1;
};

model::Result<std::string> issue_revocation_list(const RevocationListRequest& request,
                                                 const CertificateAndKey& issuer);  // PEM

}  // namespace sekisho::platform
