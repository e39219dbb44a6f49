#include "gateway/admission/jpki_trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <utility>

#include "gateway/admission/openssl_time.h"
#include "gateway/identity/openssl_handles.h"
#include "routing/model/limits.h"

namespace sekisho::admission {

namespace {

using identity::StoreContextPtr;
using identity::StorePtr;

constexpr int kAuthorityRsaBitsMin = 2048;
constexpr int kAuthLevel = 2;  // 112 bits and no SHA-1
constexpr int kNoIntermediate = 0;

// PEM with nothing else in it, or DER.
CertificateHandle read_authority(const std::string& bytes) {
    if (!bytes.starts_with("-----BEGIN")) return parse_card_certificate(bytes).value_or(nullptr);
    const identity::BioPtr bio{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))};
    CertificateHandle first{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free};
    const CertificateHandle second{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr),
                                   X509_free};
    ERR_clear_error();
    return second ? nullptr : first;
}

// Self-signed, of RSA, made to sign certificates.
bool is_an_authority(X509* certificate) {
    constexpr int kCaByExtension = 1;
    EVP_PKEY* key = X509_get0_pubkey(certificate);
    return key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA &&
           EVP_PKEY_get_bits(key) >= kAuthorityRsaBitsMin &&
           X509_check_ca(certificate) == kCaByExtension &&
           (X509_get_key_usage(certificate) & KU_KEY_CERT_SIGN) != 0 &&
           X509_self_signed(certificate, 1) == 1;
}

std::unexpected<model::Refusal> unfit(const std::string& file) {
    return model::refuse(
        model::Problem::internal,
        {.ja = "公的個人認証の認証局の証明書として使えません: " + file,
         .en = "this is not one self-signed RSA authority of JPKI (PEM or DER): " + file});
}

std::optional<CardFault> fault_of(X509_STORE_CTX* context) {
    const int error = X509_STORE_CTX_get_error(context);
    const bool of_authority = X509_STORE_CTX_get_error_depth(context) > 0;
    const bool by_time =
        error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
    return of_authority && by_time ? CardFault::authority_not_valid : CardFault::unsuitable;
}

// OpenSSL's own verification, with this anchor alone.
std::optional<CardFault> verify_chain(X509_STORE* store, X509* certificate, model::Instant now) {
    const StoreContextPtr context{X509_STORE_CTX_new()};
    if (!context || X509_STORE_CTX_init(context.get(), store, certificate, nullptr) != 1)
        return CardFault::unsuitable;
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_auth_level(rules, kAuthLevel);
    X509_VERIFY_PARAM_set_depth(rules, kNoIntermediate);
    X509_VERIFY_PARAM_set_time(rules, seconds_of(now));
    if (X509_verify_cert(context.get()) == 1) return std::nullopt;
    ERR_clear_error();
    return fault_of(context.get());
}

}  // namespace

struct JpkiTrust::Anchor {
    CertificateHandle certificate;
    StorePtr store;
    CardRules rules;
};

JpkiTrust::JpkiTrust(std::vector<Anchor> anchors) : anchors_(std::move(anchors)) {}
JpkiTrust::~JpkiTrust() = default;

model::Result<std::shared_ptr<const JpkiTrust>> JpkiTrust::load(
    platform::Files& files, const std::vector<JpkiAuthority>& authorities) {
    std::vector<Anchor> anchors;
    for (const JpkiAuthority& authority : authorities) {
        const auto bytes = files.read(authority.file, model::limits::kAuthorityFileBytesMax);
        if (!bytes) return std::unexpected(bytes.error());
        Anchor anchor{.certificate = read_authority(*bytes),
                      .store = StorePtr{X509_STORE_new()},
                      .rules = authority.rules};
        if (!anchor.certificate || !is_an_authority(anchor.certificate.get()) || !anchor.store ||
            X509_STORE_add_cert(anchor.store.get(), anchor.certificate.get()) != 1) {
            ERR_clear_error();
            return unfit(authority.file);
        }
        anchors.push_back(std::move(anchor));
    }
    return std::shared_ptr<const JpkiTrust>{new JpkiTrust{std::move(anchors)}};
}

std::vector<CertificateHandle> JpkiTrust::authorities() const {
    std::vector<CertificateHandle> all;
    all.reserve(anchors_.size());
    for (const Anchor& anchor : anchors_) all.push_back(anchor.certificate);
    return all;
}

std::expected<CertifiedCard, CardFault> JpkiTrust::judge(const CertificateHandle& certificate,
                                                         model::Instant now) const {
    if (is_for_signing(certificate)) return std::unexpected(CardFault::signing_certificate);
    X509* const x509 = certificate.get();
    const Anchor* issuer = nullptr;
    CardFault fault = CardFault::unknown_authority;
    for (const Anchor& anchor : anchors_) {
        if (X509_NAME_cmp(X509_get_issuer_name(x509),
                          X509_get_subject_name(anchor.certificate.get())) != 0) {
            continue;
        }
        if (is_signed_weakly(certificate)) return std::unexpected(CardFault::weak_signature);
        fault = CardFault::forged;
        if (X509_verify(x509, X509_get0_pubkey(anchor.certificate.get())) == 1) issuer = &anchor;
        ERR_clear_error();
    }
    if (issuer == nullptr) return std::unexpected(fault);
    if (const auto unfit = find_unfitness(certificate, issuer->rules))
        return std::unexpected(*unfit);
    if (const auto invalid = find_invalidity(certificate, now)) return std::unexpected(*invalid);
    if (const auto broken = verify_chain(issuer->store.get(), x509, now))
        return std::unexpected(*broken);
    return CertifiedCard{.certificate = certificate,
                         .authority = issuer->certificate,
                         .serial = serial_of(certificate)};
}

}  // namespace sekisho::admission
