#include "gateway/platform/certificate_text.h"

#include <ctime>
#include <openssl/x509.h>

#include "gateway/platform/openssl_owned.h"

namespace sekisho::platform {

namespace {

std::optional<model::Instant> instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return model::Instant{std::chrono::seconds{
        std::chrono::system_clock::from_time_t(::timegm(&parts)).time_since_epoch() /
        std::chrono::seconds{1}}};
}

}  // namespace

std::optional<std::string> certificate_der(std::string_view pem) {
    const OwnedCertificate certificate(
        PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
    unsigned char* raw = nullptr;
    const int length = certificate == nullptr ? 0 : i2d_X509(certificate.get(), &raw);
    if (length <= 0) {
        ERR_clear_error();
        return std::nullopt;
    }
    std::string der(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
    OPENSSL_free(raw);
    return der;
}

std::optional<CertificateText> certificate_text(std::string_view der) {
    const unsigned char* cursor = octets(der);
    const OwnedCertificate certificate(d2i_X509(nullptr, &cursor, static_cast<long>(der.size())));
    const bool whole = certificate != nullptr && cursor == octets(der) + der.size();
    const auto from = whole ? instant_of(X509_get0_notBefore(certificate.get())) : std::nullopt;
    const auto until = whole ? instant_of(X509_get0_notAfter(certificate.get())) : std::nullopt;
    if (!from || !until) {
        ERR_clear_error();
        return std::nullopt;
    }
    const OwnedBio pem(BIO_new(BIO_s_mem()));
    const OwnedBio issuer(BIO_new(BIO_s_mem()));
    must(pem != nullptr && issuer != nullptr &&
             PEM_write_bio_X509(pem.get(), certificate.get()) == 1,
         "PEM_write_bio_X509");
    X509_NAME_print_ex(issuer.get(), X509_get_issuer_name(certificate.get()), 0,
                       XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    return CertificateText{.pem = written(pem.get()),
                           .issuer = written(issuer.get()),
                           .not_before = *from,
                           .not_after = *until};
}

}  // namespace sekisho::platform
