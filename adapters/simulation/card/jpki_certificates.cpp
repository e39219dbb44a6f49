#include "adapters/simulation/card/jpki_certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <vector>

namespace sekisho::simulation {

namespace {

template <class T, auto Free>
struct Freed {
    void operator()(T* object) const { Free(object); }
};
using OwnedBio = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;
using OwnedX509 = std::unique_ptr<X509, Freed<X509, X509_free>>;
using OwnedName = std::unique_ptr<X509_NAME, Freed<X509_NAME, X509_NAME_free>>;
using OwnedExtension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION, X509_EXTENSION_free>>;
using OwnedContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using OwnedConf = std::unique_ptr<CONF, Freed<CONF, NCONF_free>>;
using OwnedGeneralNames = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES, GENERAL_NAMES_free>>;

void need(bool held, const char* what) {
    if (!held) throw std::runtime_error(std::string{"OpenSSL failed: "} + what);
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) {
    need(key != nullptr, "key");
    return {key, EVP_PKEY_free};
}

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

OwnedBio reading(std::string_view text) {
    return OwnedBio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::string content_of(BIO* bio) {
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio, &begin);
    return {begin, static_cast<std::size_t>(size)};
}

std::string der_of(X509* certificate) {
    std::string der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)), '\0');
    auto* cursor = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate, &cursor);
    return der;
}

OwnedX509 parsed(const std::string& der) {
    const unsigned char* cursor = octets(der);
    OwnedX509 certificate{d2i_X509(nullptr, &cursor, static_cast<long>(der.size()))};
    need(certificate != nullptr, "certificate");
    return certificate;
}

using Part = std::pair<const char*, std::string>;

OwnedName name_of(const std::vector<Part>& parts) {
    OwnedName name{X509_NAME_new()};
    for (const auto& [field, value] : parts) {
        need(X509_NAME_add_entry_by_txt(name.get(), field, MBSTRING_UTF8, octets(value),
                                        static_cast<int>(value.size()), -1, 0) == 1,
             "name");
    }
    return name;
}

OwnedName authority_name(JpkiUse use) {
    return name_of({{"C", "JP"},
                    {"O", "JPKI"},
                    {"OU", use == JpkiUse::authentication ? "JPKI for user authentication"
                                                          : "JPKI for digital signature"},
                    {"OU", "Japan Agency for Local Authority Information Systems"}});
}

// By hand, since OpenSSL's own sections take text for Latin-1.
void add_name(X509* certificate, int extension, GENERAL_NAME* name) {
    const OwnedGeneralNames names{sk_GENERAL_NAME_new_null()};
    need(sk_GENERAL_NAME_push(names.get(), name) == 1 &&
             X509_add1_ext_i2d(certificate, extension, names.get(), 0, 0) == 1,
         "alternative name");
}

// C=JP, O=公的個人認証サービス
void add_issuer_name(X509* certificate) {
    GENERAL_NAME* name = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(name, GEN_DIRNAME,
                            name_of({{"C", "JP"}, {"O", "公的個人認証サービス"}}).release());
    add_name(certificate, NID_issuer_alt_name, name);
}

// The first of the four attributes (氏名); nobody's.
void add_holder_name(X509* certificate) {
    const std::string holder = "見本 花子";
    ASN1_STRING* text = ASN1_UTF8STRING_new();
    ASN1_TYPE* value = ASN1_TYPE_new();
    GENERAL_NAME* name = GENERAL_NAME_new();
    need(ASN1_STRING_set(text, holder.data(), static_cast<int>(holder.size())) == 1, "name");
    ASN1_TYPE_set(value, V_ASN1_UTF8STRING, text);
    GENERAL_NAME_set0_othername(name, OBJ_txt2obj("1.2.392.200149.8.5.5.1", 1), value);
    add_name(certificate, NID_subject_alt_name, name);
}

void add(X509* certificate, X509* issuer, const std::vector<Part>& extensions) {
    const OwnedConf none{NCONF_new(nullptr)};  // some extensions refuse to be made without any
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509V3_set_nconf(&context, none.get());
    for (const auto& [name, value] : extensions) {
        const OwnedExtension extension{X509V3_EXT_nconf(none.get(), &context, name, value.c_str())};
        need(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, name);
    }
}

OwnedX509 blank(const JpkiWanted& wanted, EVP_PKEY* key) {
    OwnedX509 certificate{X509_new()};
    need(
        X509_set_version(certificate.get(), 2) == 1 &&
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), wanted.serial) == 1 &&
            ASN1_TIME_set(X509_getm_notBefore(certificate.get()),
                          std::chrono::system_clock::to_time_t(wanted.not_before)) != nullptr &&
            ASN1_TIME_set(X509_getm_notAfter(certificate.get()),
                          std::chrono::system_clock::to_time_t(wanted.not_after)) != nullptr &&
            X509_set_pubkey(certificate.get(), key) == 1,
        "certificate");
    return certificate;
}

KeyAndCertificate signed_by(OwnedX509 certificate, std::shared_ptr<EVP_PKEY> own,
                            EVP_PKEY* signing) {
    need(X509_sign(certificate.get(), signing, EVP_sha256()) > 0, "signature");
    return {.key = std::move(own), .certificate = der_of(certificate.get())};
}

}  // namespace

KeyAndCertificate make_jpki_authority(const JpkiWanted& wanted) {
    auto key = owned(EVP_RSA_gen(2048U));
    OwnedX509 certificate = blank(wanted, key.get());
    const OwnedName name = authority_name(wanted.use);
    need(X509_set_subject_name(certificate.get(), name.get()) == 1 &&
             X509_set_issuer_name(certificate.get(), name.get()) == 1,
         "names");
    add(certificate.get(), certificate.get(),
        {{"basicConstraints", "critical,CA:TRUE"},
         {"keyUsage", "critical,keyCertSign,cRLSign"},
         {"subjectKeyIdentifier", "hash"}});
    EVP_PKEY* own = key.get();
    return signed_by(std::move(certificate), std::move(key), own);
}

KeyAndCertificate issue_jpki(const JpkiWanted& wanted, const KeyAndCertificate& authority) {
    auto key = owned(EVP_RSA_gen(2048U));
    OwnedX509 certificate = blank(wanted, key.get());
    const OwnedX509 issuer = parsed(authority.certificate);
    const bool authenticates = wanted.use == JpkiUse::authentication;
    // Real subjects are such codes; this one names nobody.
    const OwnedName subject = name_of({{"C", "JP"}, {"CN", "0000000000000SEKISHO000000000001A"}});
    need(X509_set_subject_name(certificate.get(), subject.get()) == 1 &&
             X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get())) == 1,
         "names");
    const std::vector<Part> extensions{
        {"keyUsage",
         authenticates ? "critical,digitalSignature" : "critical,digitalSignature,nonRepudiation"},
        {"certificatePolicies",
         std::string{"critical,1.2.392.200149.8.5.1."} + (authenticates ? "3.30" : "1.20")},
        {"authorityKeyIdentifier", "keyid:always"},
        {"subjectKeyIdentifier", "hash"}};
    add(certificate.get(), issuer.get(), extensions);
    add_issuer_name(certificate.get());
    if (!authenticates) add_holder_name(certificate.get());
    return signed_by(std::move(certificate), std::move(key), authority.key.get());
}

std::string pem_of_certificate(const std::string& der) {
    const OwnedBio bio{BIO_new(BIO_s_mem())};
    need(PEM_write_bio_X509(bio.get(), parsed(der).get()) == 1, "PEM");
    return content_of(bio.get());
}

std::string pem_of_key(const KeyAndCertificate& pair) {
    const OwnedBio bio{BIO_new(BIO_s_mem())};
    need(PEM_write_bio_PKCS8PrivateKey(bio.get(), pair.key.get(), nullptr, nullptr, 0, nullptr,
                                       nullptr) == 1,
         "PEM");
    return content_of(bio.get());
}

std::string der_of_certificate(const std::string& pem) {
    const OwnedX509 certificate{PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr)};
    need(certificate != nullptr, "certificate");
    return der_of(certificate.get());
}

KeyAndCertificate read_pair(const std::string& certificate_pem, const std::string& key_pem) {
    return {
        .key = owned(PEM_read_bio_PrivateKey(reading(key_pem).get(), nullptr, nullptr, nullptr)),
        .certificate = der_of_certificate(certificate_pem)};
}

std::string sign_raw(const KeyAndCertificate& pair, std::string_view digest_info) {
    const OwnedContext context{EVP_PKEY_CTX_new(pair.key.get(), nullptr)};
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(pair.key.get())), '\0');
    std::size_t size = signature.size();
    need(EVP_PKEY_sign_init(context.get()) == 1 &&
             EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
             EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           octets(digest_info), digest_info.size()) == 1,
         "signature");
    signature.resize(size);
    return signature;
}

}  // namespace sekisho::simulation
