#include "gateway/admission/jpki_certificate.h"

#include <algorithm>
#include <array>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"
#include "routing/model/limits.h"

namespace sekisho::admission {

namespace {

using identity::FreeBy;

using BitsPtr = std::unique_ptr<ASN1_BIT_STRING, FreeBy<ASN1_BIT_STRING_free>>;
using UsagesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, FreeBy<EXTENDED_KEY_USAGE_free>>;
using PoliciesPtr = std::unique_ptr<CERTIFICATEPOLICIES, FreeBy<CERTIFICATEPOLICIES_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, FreeBy<BN_free>>;

// RFC 5280 section 4.2.1.3
constexpr int kDigitalSignature = 0;
constexpr int kNonRepudiation = 1;
constexpr int kUsageBits = 9;

std::string encoded(X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    if (size <= 0) return {};
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate, &at);
    return der;
}

struct KeyUsage {
    BitsPtr bits;
    int critical = 0;  // -1: absent, -2: more than one

    bool has(int bit) const { return bits && ASN1_BIT_STRING_get_bit(bits.get(), bit) == 1; }
};

KeyUsage key_usage_of(X509* certificate) {
    KeyUsage usage;
    usage.bits.reset(static_cast<ASN1_BIT_STRING*>(
        X509_get_ext_d2i(certificate, NID_key_usage, &usage.critical, nullptr)));
    return usage;
}

bool is_for_authentication_alone(X509* certificate) {
    const KeyUsage usage = key_usage_of(certificate);
    if (usage.critical != 1 || !usage.has(kDigitalSignature)) return false;
    for (int bit = kDigitalSignature + 1; bit < kUsageBits; ++bit) {
        if (usage.has(bit)) return false;
    }
    return true;
}

// True where there is none: the key usage says enough then.
bool may_be_a_client(X509* certificate) {
    int critical = 0;
    const UsagesPtr usages{static_cast<EXTENDED_KEY_USAGE*>(
        X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr))};
    if (!usages) return critical == -1;
    for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
        if (OBJ_obj2nid(sk_ASN1_OBJECT_value(usages.get(), i)) == NID_client_auth) return true;
    }
    return false;
}

std::string digits_of(const ASN1_OBJECT* object) {
    constexpr int kInDigits = 1;
    std::array<char, 128> text{};
    const int size = OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, kInDigits);
    if (size <= 0 || static_cast<std::size_t>(size) >= text.size()) return {};
    return text.data();
}

bool has_policy(X509* certificate, const std::vector<std::string>& wanted) {
    const PoliciesPtr policies{static_cast<CERTIFICATEPOLICIES*>(
        X509_get_ext_d2i(certificate, NID_certificate_policies, nullptr, nullptr))};
    for (int i = 0; i < sk_POLICYINFO_num(policies.get()); ++i) {
        const POLICYINFO* policy = sk_POLICYINFO_value(policies.get(), i);
        if (std::ranges::find(wanted, digits_of(policy->policyid)) != wanted.end()) return true;
    }
    return false;
}

// A card holds an RSA key (formats: RSA-2048). From 65537 on: FIPS 186-5 appendix A.1.1.
bool is_strong(X509* certificate, int rsa_bits_min) {
    constexpr BN_ULONG kExponentMin = 65537;
    constexpr int kExponentBitsMax = 64;
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return false;
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < rsa_bits_min || bits > model::limits::kCardRsaBitsMax) return false;
    BIGNUM* taken = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &taken) != 1) return false;
    const NumberPtr exponent{taken};
    const NumberPtr least{BN_new()};
    return least && BN_set_word(least.get(), kExponentMin) == 1 &&
           BN_cmp(exponent.get(), least.get()) >= 0 && BN_is_odd(exponent.get()) == 1 &&
           BN_num_bits(exponent.get()) <= kExponentBitsMax;
}

}  // namespace

std::expected<CertificateHandle, CardFault> parse_card_certificate(std::string_view der) {
    if (der.empty() || der.size() > model::limits::kCardCertificateBytesMax)
        return std::unexpected(CardFault::malformed);
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const auto* const end = at + der.size();
    CertificateHandle certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free};
    ERR_clear_error();
    if (!certificate || at != end || encoded(certificate.get()) != der)
        return std::unexpected(CardFault::malformed);
    return certificate;
}

bool is_for_signing(const CertificateHandle& certificate) {
    return key_usage_of(certificate.get()).has(kNonRepudiation);
}

bool is_signed_weakly(const CertificateHandle& certificate) {
    int digest = NID_undef;
    if (X509_get_signature_info(certificate.get(), &digest, nullptr, nullptr, nullptr) != 1) {
        ERR_clear_error();
        return true;
    }
    constexpr std::array kStrong{NID_sha256, NID_sha384, NID_sha512};
    return std::ranges::find(kStrong, digest) == kStrong.end();
}

std::optional<CardFault> find_unfitness(const CertificateHandle& certificate,
                                        const CardRules& rules) {
    constexpr long kVersion3 = 2;
    X509* const x509 = certificate.get();
    if (X509_get_version(x509) != kVersion3) return CardFault::unsuitable;
    // X509_check_ca alone says no where an authority's key usage is not one's.
    const bool names_itself_authority = (X509_get_extension_flags(x509) & EXFLAG_CA) != 0;
    if (names_itself_authority || X509_check_ca(x509) != 0) return CardFault::unsuitable;
    if (!is_for_authentication_alone(x509) || !may_be_a_client(x509))
        return CardFault::wrong_purpose;
    if (!has_policy(x509, rules.policies)) return CardFault::wrong_policy;
    if (!is_strong(x509, rules.rsa_bits_min)) return CardFault::weak_key;
    return std::nullopt;
}

std::optional<CardFault> find_invalidity(const CertificateHandle& certificate, model::Instant now) {
    if (now < identity::instant_of(X509_get0_notBefore(certificate.get())))
        return CardFault::not_yet_valid;
    const model::Instant end = identity::instant_of(X509_get0_notAfter(certificate.get()));
    if (now >= end) return CardFault::expired;
    return std::nullopt;
}

CardSerial serial_of(const CertificateHandle& certificate) {
    identity::CertificateValues values = identity::read_certificate(certificate.get());
    return {std::move(values.issuer), std::move(values.serial)};
}

}  // namespace sekisho::admission
