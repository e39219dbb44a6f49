#include "gateway/platform/pki.h"

#include <algorithm>
#include <array>
#include <openssl/x509.h>
#include <utility>

#include "gateway/platform/openssl_owned.h"

namespace sekisho::platform {

namespace {

using model::Problem;
using model::Result;

std::unexpected<model::Refusal> failed(const std::string& what) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
    ERR_clear_error();
    return model::refuse(Problem::internal,
                         {.ja = "証明書の作成に失敗しました (" + what + "): " + reason.data(),
                          .en = "making a certificate failed (" + what + "): " + reason.data()});
}

OwnedKey make_key(KeyKind kind) {
    switch (kind) {
        case KeyKind::ec_p256:
            return OwnedKey(EVP_EC_gen("P-256"));
        case KeyKind::ec_p384:
            return OwnedKey(EVP_EC_gen("P-384"));
        case KeyKind::rsa_1024:
            return OwnedKey(EVP_RSA_gen(1024U));
        case KeyKind::rsa_2048:
            return OwnedKey(EVP_RSA_gen(2048U));
        case KeyKind::rsa_3072:
            return OwnedKey(EVP_RSA_gen(3072U));
    }
    return nullptr;
}

OwnedTime time_of(model::Instant instant) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
    OwnedTime time(ASN1_TIME_set(nullptr, std::chrono::system_clock::to_time_t(seconds)));
    must(time != nullptr, "ASN1_TIME_set");
    return time;
}

OwnedInteger integer_of(std::uint64_t value) {
    OwnedInteger integer(ASN1_INTEGER_new());
    must(integer != nullptr && ASN1_INTEGER_set_uint64(integer.get(), value) == 1,
         "ASN1_INTEGER_set_uint64");
    return integer;
}

std::string pem_of_key(EVP_PKEY* key) {
    const OwnedBio bio(BIO_new(BIO_s_mem()));
    must(bio != nullptr && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0,
                                                         nullptr, nullptr) == 1,
         "PEM_write_bio_PKCS8PrivateKey");
    return written(bio.get());
}

// The issuer's side of a signature: its certificate and key as objects.
struct Signer {
    OwnedCertificate certificate;
    OwnedKey key;
};

Result<Signer> read_signer(const CertificateAndKey& issuer) {
    Signer signer{.certificate = OwnedCertificate(PEM_read_bio_X509(
                      reading(issuer.certificate_pem).get(), nullptr, nullptr, nullptr)),
                  .key = OwnedKey(PEM_read_bio_PrivateKey(reading(issuer.key_pem).get(), nullptr,
                                                          nullptr, nullptr))};
    if (signer.certificate == nullptr || signer.key == nullptr) return failed("issuer");
    return signer;
}

const EVP_MD* digest_for(EVP_PKEY* key) {
    return EVP_PKEY_get_bits(key) == 384 ? EVP_sha384() : EVP_sha256();
}

bool add_extension(X509* certificate, X509V3_CTX& context, int nid, const std::string& value) {
    const OwnedExtension extension(X509V3_EXT_nconf_nid(nullptr, &context, nid, value.c_str()));
    return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

OwnedGeneralName text_name(int type, const std::string& text) {
    OwnedGeneralName name(GENERAL_NAME_new());
    ASN1_IA5STRING* value = ASN1_IA5STRING_new();
    must(name != nullptr && value != nullptr &&
             ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())) == 1,
         "GENERAL_NAME_new");
    GENERAL_NAME_set0_value(name.get(), type, value);
    return name;
}

OwnedGeneralName address_name(const std::string& text) {
    ASN1_OCTET_STRING* value = a2i_IPADDRESS(text.c_str());
    if (value == nullptr) return nullptr;
    OwnedGeneralName name(GENERAL_NAME_new());
    must(name != nullptr, "GENERAL_NAME_new");
    GENERAL_NAME_set0_value(name.get(), GEN_IPADD, value);
    return name;
}

bool add_alternative_names(X509* certificate, const CertificateRequest& request) {
    std::vector<OwnedGeneralName> made;
    made.reserve(request.uris.size() + request.dns_names.size() + request.addresses.size());
    for (const auto& uri : request.uris) made.push_back(text_name(GEN_URI, uri));
    for (const auto& dns : request.dns_names) made.push_back(text_name(GEN_DNS, dns));
    for (const auto& address : request.addresses) made.push_back(address_name(address));
    if (made.empty()) return true;
    const OwnedGeneralNames names(GENERAL_NAMES_new());
    must(names != nullptr, "GENERAL_NAMES_new");
    for (auto& name : made) {
        if (name == nullptr) return false;
        must(sk_GENERAL_NAME_push(names.get(), name.release()) > 0, "sk_GENERAL_NAME_push");
    }
    // RFC 5280 4.2.1.6: critical where the subject is empty.
    const int critical = request.common_name.empty() && request.subject.empty() ? 1 : 0;
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), critical, 0) == 1;
}

// "OU=JPKI for user authentication": the first `=` divides.
bool add_attribute(X509_NAME* name, const std::string& attribute) {
    const std::size_t at = attribute.find('=');
    if (at == std::string::npos) return false;
    const std::string value = attribute.substr(at + 1);
    return X509_NAME_add_entry_by_txt(name, attribute.substr(0, at).c_str(), MBSTRING_UTF8,
                                      octets(value), static_cast<int>(value.size()), -1, 0) == 1;
}

bool add_issuer_names(X509* certificate, const CertificateRequest& request) {
    if (request.issuer_names.empty()) return true;
    X509_NAME* name = X509_NAME_new();
    OwnedGeneralName directory(GENERAL_NAME_new());
    const OwnedGeneralNames names(GENERAL_NAMES_new());
    must(name != nullptr && directory != nullptr && names != nullptr, "GENERAL_NAMES_new");
    GENERAL_NAME_set0_value(directory.get(), GEN_DIRNAME, name);
    for (const std::string& attribute : request.issuer_names) {
        if (!add_attribute(name, attribute)) return false;
    }
    must(sk_GENERAL_NAME_push(names.get(), directory.release()) > 0, "sk_GENERAL_NAME_push");
    return X509_add1_ext_i2d(certificate, NID_issuer_alt_name, names.get(), 0, 0) == 1;
}

bool add_policies(X509* certificate, const CertificateRequest& request) {
    if (request.policies.empty()) return true;
    const OwnedPolicies policies(sk_POLICYINFO_new_null());
    must(policies != nullptr, "sk_POLICYINFO_new_null");
    for (const std::string& text : request.policies) {
        POLICYINFO* policy = POLICYINFO_new();
        must(policy != nullptr && sk_POLICYINFO_push(policies.get(), policy) > 0, "POLICYINFO_new");
        constexpr int kDigitsOnly = 1;
        policy->policyid = OBJ_txt2obj(text.c_str(), kDigitsOnly);
        if (policy->policyid == nullptr) return false;
    }
    return X509_add1_ext_i2d(certificate, NID_certificate_policies, policies.get(), 0, 0) == 1;
}

std::string key_usage(const CertificateRequest& request) {
    if (!request.authority) return "critical,digitalSignature";
    const bool speaks = request.client_auth || request.server_auth;
    return speaks ? "critical,digitalSignature,keyCertSign,cRLSign"
                  : "critical,keyCertSign,cRLSign";
}

std::string extended_key_usage(const CertificateRequest& request) {
    std::string usages;
    const auto add = [&usages](bool wanted, std::string_view name) {
        if (!wanted) return;
        if (!usages.empty()) usages += ",";
        usages += name;
    };
    add(request.client_auth, "clientAuth");
    add(request.server_auth, "serverAuth");
    add(request.any_extended_key_usage, "anyExtendedKeyUsage");
    return usages;
}

// RFC 5280 4.2: what a certificate of version 3 carries. `issuer` may be the certificate itself.
bool add_extensions(X509* certificate, X509* issuer, const CertificateRequest& request) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    if (!add_extension(certificate, context, NID_basic_constraints,
                       request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE") ||
        !add_extension(certificate, context, NID_key_usage, key_usage(request)) ||
        !add_extension(certificate, context, NID_subject_key_identifier, "hash")) {
        return false;
    }
    // An issuer of version 1 has no key identifier to point at.
    if (X509_get_ext_by_NID(issuer, NID_subject_key_identifier, -1) >= 0 &&
        !add_extension(certificate, context, NID_authority_key_identifier, "keyid:always")) {
        return false;
    }
    const std::string usages = extended_key_usage(request);
    if (!usages.empty() && !add_extension(certificate, context, NID_ext_key_usage, usages)) {
        return false;
    }
    return add_alternative_names(certificate, request) && add_issuer_names(certificate, request) &&
           add_policies(certificate, request);
}

bool fill_head(X509* certificate, EVP_PKEY* key, const CertificateRequest& request) {
    const OwnedInteger serial = integer_of(request.serial);
    if (X509_set_version(certificate, request.version - 1) != 1 ||
        X509_set_serialNumber(certificate, serial.get()) != 1 ||
        X509_set1_notBefore(certificate, time_of(request.not_before).get()) != 1 ||
        X509_set1_notAfter(certificate, time_of(request.not_after).get()) != 1 ||
        X509_set_pubkey(certificate, key) != 1) {
        return false;
    }
    X509_NAME* subject = X509_get_subject_name(certificate);
    if (!request.common_name.empty()) return add_attribute(subject, "CN=" + request.common_name);
    return std::ranges::all_of(request.subject, [subject](const std::string& attribute) {
        return add_attribute(subject, attribute);
    });
}

bool add_revoked(X509_CRL* list, std::uint64_t serial, const ASN1_TIME* since) {
    OwnedRevoked revoked(X509_REVOKED_new());
    must(revoked != nullptr, "X509_REVOKED_new");
    if (X509_REVOKED_set_serialNumber(revoked.get(), integer_of(serial).get()) != 1 ||
        X509_REVOKED_set_revocationDate(revoked.get(), const_cast<ASN1_TIME*>(since)) != 1 ||
        X509_CRL_add0_revoked(list, revoked.get()) != 1) {
        return false;
    }
    (void)revoked.release();  // the list's now
    return true;
}

// RFC 5280 5.2: the authority's key identifier and the list's number.
bool add_list_extensions(X509_CRL* list, X509* issuer, std::uint64_t number) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, nullptr, nullptr, list, 0);
    const OwnedExtension identifier(
        X509V3_EXT_nconf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
    return identifier != nullptr && X509_CRL_add_ext(list, identifier.get(), -1) == 1 &&
           X509_CRL_add1_ext_i2d(list, NID_crl_number, integer_of(number).get(), 0, 0) == 1;
}

}  // namespace

Result<CertificateAndKey> issue(const CertificateRequest& request,
                                const CertificateAndKey* issuer) {
    const OwnedKey key = make_key(request.key);
    const OwnedCertificate certificate(X509_new());
    if (key == nullptr || certificate == nullptr) return failed("key");
    if (!fill_head(certificate.get(), key.get(), request)) return failed("head");
    Signer signer;
    if (issuer != nullptr) {
        auto read = read_signer(*issuer);
        if (!read) return std::unexpected(read.error());
        signer = std::move(*read);
    }
    X509* above = issuer != nullptr ? signer.certificate.get() : certificate.get();
    EVP_PKEY* signing = issuer != nullptr ? signer.key.get() : key.get();
    if (X509_set_issuer_name(certificate.get(), X509_get_subject_name(above)) != 1) {
        return failed("issuer name");
    }
    if (request.version >= 3 && !add_extensions(certificate.get(), above, request)) {
        return failed("extensions");
    }
    if (X509_sign(certificate.get(), signing, digest_for(signing)) <= 0) {
        return failed("signature");
    }
    const OwnedBio bio(BIO_new(BIO_s_mem()));
    if (bio == nullptr || PEM_write_bio_X509(bio.get(), certificate.get()) != 1) {
        return failed("PEM");
    }
    return CertificateAndKey{.certificate_pem = written(bio.get()),
                             .key_pem = pem_of_key(key.get())};
}

Result<std::string> issue_revocation_list(const RevocationListRequest& request,
                                          const CertificateAndKey& issuer) {
    const auto signer = read_signer(issuer);
    if (!signer) return std::unexpected(signer.error());
    const OwnedRevocationList list(X509_CRL_new());
    must(list != nullptr, "X509_CRL_new");
    const OwnedTime this_update = time_of(request.this_update);
    if (X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) != 1 ||
        X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(signer->certificate.get())) !=
            1 ||
        X509_CRL_set1_lastUpdate(list.get(), this_update.get()) != 1 ||
        X509_CRL_set1_nextUpdate(list.get(), time_of(request.next_update).get()) != 1) {
        return failed("head of the revocation list");
    }
    for (const std::uint64_t serial : request.revoked_serials) {
        if (!add_revoked(list.get(), serial, this_update.get())) return failed("revoked serial");
    }
    X509_CRL_sort(list.get());
    if (!add_list_extensions(list.get(), signer->certificate.get(), request.number)) {
        return failed("extensions of the revocation list");
    }
    if (X509_CRL_sign(list.get(), signer->key.get(), digest_for(signer->key.get())) <= 0) {
        return failed("signature of the revocation list");
    }
    const OwnedBio bio(BIO_new(BIO_s_mem()));
    if (bio == nullptr || PEM_write_bio_X509_CRL(bio.get(), list.get()) != 1) return failed("PEM");
    return written(bio.get());
}

}  // namespace sekisho::platform
