// A client's certificate as values: what identity reads of it, and what it demands of it.
//
// Our own post-verification beside OpenSSL's chain check: X.509 v3, not a CA, extended key usage
// clientAuth and not "any", and a key of at least the strength its trust anchor demands (EC P-256
// or better; RSA by the anchor's number, since office certificates and JPKI are RSA-2048 while our
// own PKI has 3072).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"
#include "routing/model/problem.h"

struct asn1_string_st;
struct x509_st;

namespace sekisho::identity {

struct CertificateValues {
    std::string subject;              // RFC 2253
    std::string issuer;               // RFC 2253
    std::string serial;               // hexadecimal
    std::vector<std::string> uris{};  // SAN URI
    model::Sha256 fingerprint{};      // SHA-256 of the DER
    model::Instant not_before{};
    model::Instant not_after{};
};

CertificateValues read_certificate(x509_st* certificate);

// Of an ASN1_TIME of either kind. The epoch where it is none, which is long over.
model::Instant instant_of(const asn1_string_st* time);

// nullopt when fit; certificate_unsuitable or certificate_too_weak otherwise.
std::optional<model::Problem> find_unfitness(x509_st* certificate, int rsa_bits_min);

}  // namespace sekisho::identity
