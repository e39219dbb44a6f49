#include "tests/support/test_jpki.h"

#include <openssl/conf.h>
#include <openssl/pem.h>
#include <stdexcept>
#include <utility>

namespace sekisho::tests {

namespace {

using identity::FreeBy;
using identity::PrivateKeyPtr;

using TimePtr = std::unique_ptr<ASN1_TIME, FreeBy<ASN1_TIME_free>>;
using SettingsPtr = std::unique_ptr<CONF, FreeBy<NCONF_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, FreeBy<X509_EXTENSION_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreeBy<EVP_MD_CTX_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, FreeBy<OCSP_BASICRESP_free>>;
using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, FreeBy<OCSP_RESPONSE_free>>;
using NamePtr = std::unique_ptr<OCSP_CERTID, FreeBy<OCSP_CERTID_free>>;

const std::vector<std::string> kAuthorityName{
    "C=JP", "O=JPKI", "OU=JPKI for user authentication",
    "OU=Japan Agency for Local Authority Information Systems"};

void must(bool held, const char* what) {
    if (!held) throw std::runtime_error(what);
}

platform::CertificateAndKey must_issue(const platform::CertificateRequest& request,
                                       const platform::CertificateAndKey* issuer) {
    auto issued = platform::issue(request, issuer);
    if (!issued) throw std::runtime_error(issued.error().detail.en);
    return std::move(*issued);
}

identity::BioPtr reading(const std::string& text) {
    return identity::BioPtr{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

TimePtr time_of(model::Instant instant) {
    return TimePtr{ASN1_TIME_set(nullptr, std::chrono::system_clock::to_time_t(
                                              std::chrono::floor<std::chrono::seconds>(instant)))};
}

identity::CertificatePtr parsed(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return identity::CertificatePtr{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
}

}  // namespace

TestJpki::TestJpki(model::Instant now, std::chrono::hours authority_until)
    : now_(now),
      authority_(must_issue({.key = platform::KeyKind::rsa_2048,
                             .not_before = now - std::chrono::hours{24 * 365},
                             .not_after = now + authority_until,
                             .authority = true,
                             .subject = kAuthorityName},
                            nullptr)),
      card_(must_issue({.key = platform::KeyKind::rsa_2048,
                        .not_before = now - std::chrono::hours{48},
                        .not_after = now + std::chrono::hours{24 * 1825},
                        .serial = kCardSerial,
                        .subject = {"C=JP", "CN=TEST00000000000000000001A"},
                        .issuer_names = {"C=JP", "O=公的個人認証サービス"},
                        .policies = {"1.2.392.200149.8.5.1.3.30"}},
                       &authority_)),
      authority_key_(key_of(authority_.key_pem)),
      card_key_(key_of(card_.key_pem)) {}

std::string TestJpki::card(const Change& change, const EVP_MD* digest) const {
    const auto made = certificate_of(card_.certificate_pem);
    if (change) change(made.get());
    must(X509_sign(made.get(), authority_key_.get(), digest) > 0, "X509_sign");
    return der_of(made.get());
}

std::string TestJpki::sign(std::string_view text) const {
    const DigestContextPtr context{EVP_MD_CTX_new()};
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(card_key_.get()));
    std::string signature(size, '\0');
    must(
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, card_key_.get()) == 1 &&
            EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1,
        "EVP_DigestSign");
    return signature;
}

std::string TestJpki::authority_der() const {
    return der_of(certificate_of(authority_.certificate_pem).get());
}

std::string TestJpki::revocation_list(const Lists& lists) const {
    auto list = platform::issue_revocation_list({.revoked_serials = lists.revoked,
                                                 .this_update = now_ + lists.from,
                                                 .next_update = now_ + lists.until},
                                                authority_);
    if (!list) throw std::runtime_error(list.error().detail.en);
    return std::move(*list);
}

Change without_extension(int nid) {
    return [nid](X509* certificate) {
        const int at = X509_get_ext_by_NID(certificate, nid, -1);
        if (at >= 0) X509_EXTENSION_free(X509_delete_ext(certificate, at));
    };
}

Change with_extension(int nid, const std::string& value) {
    return [nid, value](X509* certificate) {
        without_extension(nid)(certificate);
        X509V3_CTX context;
        X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
        const SettingsPtr none{NCONF_new(nullptr)};
        X509V3_set_nconf(&context, none.get());
        const ExtensionPtr extension{X509V3_EXT_nconf_nid(nullptr, &context, nid, value.c_str())};
        must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
    };
}

Change with_validity(model::Instant from, model::Instant until) {
    return [from, until](X509* certificate) {
        must(X509_set1_notBefore(certificate, time_of(from).get()) == 1 &&
                 X509_set1_notAfter(certificate, time_of(until).get()) == 1,
             "validity");
    };
}

Change with_serial(std::uint64_t serial) {
    return [serial](X509* certificate) {
        must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1, "serial");
    };
}

Change with_key(EVP_PKEY* key) {
    return [key](X509* certificate) { must(X509_set_pubkey(certificate, key) == 1, "key"); };
}

Change both(Change first, Change second) {
    return [first = std::move(first), second = std::move(second)](X509* certificate) {
        first(certificate);
        second(certificate);
    };
}

std::string der_of(X509* certificate) {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    must(size > 0, "i2d_X509");
    std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

std::string pem_of(const std::string& certificate_der) {
    const identity::BioPtr bio{BIO_new(BIO_s_mem())};
    must(PEM_write_bio_X509(bio.get(), parsed(certificate_der).get()) == 1, "PEM");
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &begin);
    return {begin, static_cast<std::size_t>(size)};
}

identity::CertificatePtr certificate_of(const std::string& pem) {
    return identity::CertificatePtr{
        PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr)};
}

PrivateKeyPtr key_of(const std::string& pem) {
    return PrivateKeyPtr{PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr)};
}

std::string ocsp_answer(const OcspWish& wish) {
    const auto signer = certificate_of(wish.signer.certificate_pem);
    const auto key = key_of(wish.signer.key_pem);
    const auto authority = certificate_of(wish.authority);
    const NamePtr name{
        OCSP_cert_to_id(EVP_sha1(), parsed(wish.certificate).get(), authority.get())};
    const BasicPtr basic{OCSP_BASICRESP_new()};
    const TimePtr from = time_of(wish.this_update);
    const TimePtr until = wish.next_update ? time_of(*wish.next_update) : nullptr;
    for (int i = 0; i < wish.times; ++i) {
        must(OCSP_basic_add1_status(basic.get(), name.get(), wish.status,
                                    OCSP_REVOKED_STATUS_NOSTATUS, from.get(), from.get(),
                                    until.get()) != nullptr,
             "OCSP_basic_add1_status");
    }
    if (!wish.nonce.empty()) {
        std::string nonce = wish.nonce;
        must(OCSP_basic_add1_nonce(basic.get(), reinterpret_cast<unsigned char*>(nonce.data()),
                                   static_cast<int>(nonce.size())) == 1,
             "nonce");
    }
    for (const std::string& one : wish.sent_along) {
        must(OCSP_basic_add1_cert(basic.get(), certificate_of(one).get()) == 1, "OCSP_add1_cert");
    }
    must(OCSP_basic_sign(basic.get(), signer.get(), key.get(), EVP_sha256(), nullptr, 0) == 1,
         "OCSP_basic_sign");
    const ResponsePtr response{OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get())};
    unsigned char* bytes = nullptr;
    const int size = i2d_OCSP_RESPONSE(response.get(), &bytes);
    must(size > 0, "i2d_OCSP_RESPONSE");
    std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

}  // namespace sekisho::tests
