#include "gateway/identity/certificate.h"

#include <array>
#include <ctime>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "gateway/identity/openssl_handles.h"

namespace sekisho::identity {

namespace {

using model::Problem;

// RFC 2253 in UTF-8: characters beyond ASCII stand as they are.
constexpr unsigned long kNameForm =
    XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);

std::string text_of(const X509_NAME* name) {
    const BioPtr bio{BIO_new(BIO_s_mem())};
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, kNameForm) < 0) return {};
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &begin);
    return size > 0 ? std::string(begin, static_cast<std::size_t>(size)) : std::string{};
}

std::string serial_of(X509* certificate) {
    BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
    if (number == nullptr) return {};
    char* digits = BN_bn2hex(number);
    std::string text = digits == nullptr ? "" : digits;
    OPENSSL_free(digits);
    BN_free(number);
    return text;
}

std::vector<std::string> uris_of(X509* certificate) {
    std::vector<std::string> uris;
    auto* names = static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        int kind = 0;
        const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &kind);
        if (kind != GEN_URI) continue;
        const auto* text = static_cast<const ASN1_STRING*>(value);
        uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                          static_cast<std::size_t>(ASN1_STRING_length(text)));
    }
    GENERAL_NAMES_free(names);
    return uris;
}

// Issued for client authentication by name; "any purpose" is not a purpose.
bool issued_for_clients(X509* certificate) {
    int critical = 0;
    auto* usages = static_cast<EXTENDED_KEY_USAGE*>(
        X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr));
    if (usages == nullptr) return false;
    bool client = false;
    bool any = false;
    for (int i = 0; i < sk_ASN1_OBJECT_num(usages); ++i) {
        const int usage = OBJ_obj2nid(sk_ASN1_OBJECT_value(usages, i));
        client = client || usage == NID_client_auth;
        any = any || usage == NID_anyExtendedKeyUsage;
    }
    EXTENDED_KEY_USAGE_free(usages);
    return client && !any;
}

// X509_check_ca says 0 of what calls itself an authority and may sign no certificates; it is no
// client all the same.
bool is_authority(X509* certificate) {
    return X509_check_ca(certificate) != 0 ||
           (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0;
}

// RSA by the anchor's number, RSA-PSS alike; elliptic curves from P-256 (256 bits of order) up;
// nothing else.
bool strong_enough(X509* certificate, int rsa_bits_min) {
    EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr) return false;
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_RSA:
        case EVP_PKEY_RSA_PSS:
            return EVP_PKEY_get_bits(key) >= rsa_bits_min;
        case EVP_PKEY_EC:
            return EVP_PKEY_get_security_bits(key) >= 128;
        default:
            return false;
    }
}

}  // namespace

model::Instant instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    using namespace std::chrono;
    const sys_days day = year{parts.tm_year + 1900} /
                         month{static_cast<unsigned>(parts.tm_mon + 1)} /
                         std::chrono::day{static_cast<unsigned>(parts.tm_mday)};
    return day + hours{parts.tm_hour} + minutes{parts.tm_min} + seconds{parts.tm_sec};
}

CertificateValues read_certificate(X509* certificate) {
    CertificateValues values{.subject = text_of(X509_get_subject_name(certificate)),
                             .issuer = text_of(X509_get_issuer_name(certificate)),
                             .serial = serial_of(certificate),
                             .uris = uris_of(certificate),
                             .not_before = instant_of(X509_get0_notBefore(certificate)),
                             .not_after = instant_of(X509_get0_notAfter(certificate))};
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), values.fingerprint.data(), &size);
    return values;
}

std::optional<Problem> find_unfitness(X509* certificate, int rsa_bits_min) {
    constexpr long kVersion3 = 2;
    if (X509_get_version(certificate) != kVersion3) return Problem::certificate_unsuitable;
    if (is_authority(certificate)) return Problem::certificate_unsuitable;
    if (!issued_for_clients(certificate)) return Problem::certificate_unsuitable;
    if (!strong_enough(certificate, rsa_bits_min)) return Problem::certificate_too_weak;
    return std::nullopt;
}

}  // namespace sekisho::identity
