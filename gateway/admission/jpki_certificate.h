// The user-authentication certificate (利用者証明用電子証明書) of a My Number card: its bytes, its
// name, and what is demanded of it besides its chain.
//
// Read strictly: exactly one certificate in DER, nothing behind it, at most 8 KiB; what lies
// outside the part that the authority signed has one encoding only, so that two texts never hold
// the same certificate. Demanded: X.509 v3, no authority, key usage critical and digitalSignature
// alone, clientAuth where there is an extended key usage at all, one of the policies configured
// for its authority, an RSA key of at least the configured size and at most 4096 bits, with a
// public exponent from 65537 on.
//
// A signing certificate (署名用電子証明書: nonRepudiation) is refused before anything else is
// looked at: it holds the person's name, address, sex and day of birth, which nobody here asked
// for.
//
// Functions are thread-safe and pure. Handles are shared and never changed.
// Sources: RFC 5280; the profile of JPKI as printed of real cards (issuer, key usage, policy arc
// 1.2.392.200149.8.5.1).
#pragma once

#include <compare>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/admission/card_fault.h"
#include "routing/model/instant.h"

struct x509_st;

namespace sekisho::admission {

using CertificateHandle = std::shared_ptr<x509_st>;

inline constexpr std::string_view kUserAuthenticationPolicy = "1.2.392.200149.8.5.1.3.30";

// Which certificate it is: not who the person is. It changes with each renewal, and who it belongs
// to is asked of the eligibility system and kept no longer than the admission. It has no stream
// operator and no text form, so that it cannot slip into a log.
class CardSerial {
  public:
    CardSerial(std::string issuer, std::string serial)
        : issuer_(std::move(issuer)), serial_(std::move(serial)) {}

    const std::string& issuer() const { return issuer_; }  // RFC 2253
    const std::string& serial() const { return serial_; }  // hexadecimal, upper case
    friend auto operator<=>(const CardSerial&, const CardSerial&) = default;

  private:
    std::string issuer_;
    std::string serial_;
};

// What one authority's certificates must meet.
struct CardRules {
    std::vector<std::string> policies{std::string{kUserAuthenticationPolicy}};  // any of them
    int rsa_bits_min = 2048;
};

std::expected<CertificateHandle, CardFault> parse_card_certificate(std::string_view der);

bool is_for_signing(const CertificateHandle& certificate);

// Of the authority's signature over it, by the algorithm it names: SHA-256 or better.
bool is_signed_weakly(const CertificateHandle& certificate);

// unsuitable, wrong_purpose, wrong_policy or weak_key; nullopt when it meets them.
std::optional<CardFault> find_unfitness(const CertificateHandle& certificate,
                                        const CardRules& rules);

// not_yet_valid or expired. The second of notAfter itself is over, as OpenSSL counts it.
std::optional<CardFault> find_invalidity(const CertificateHandle& certificate, model::Instant now);

CardSerial serial_of(const CertificateHandle& certificate);

}  // namespace sekisho::admission
