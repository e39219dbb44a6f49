#include "gateway/admission/card_evidence.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <utility>

#include "gateway/identity/openssl_handles.h"

namespace sekisho::admission {

namespace {

using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, identity::FreeBy<EVP_MD_CTX_free>>;

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string_view to_string(Assurance assurance) {
    return assurance == Assurance::card ? "card" : "document";
}

std::string_view to_string(CheckedStatus status) {
    return status == CheckedStatus::good ? "good" : "not-checked";
}

bool is_signed_by(const CertificateHandle& certificate, std::string_view text,
                  std::string_view signature) {
    EVP_PKEY* key = X509_get0_pubkey(certificate.get());
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return false;
    if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key))) return false;
    const DigestContextPtr context{EVP_MD_CTX_new()};
    EVP_PKEY_CTX* rules = nullptr;  // the context's own
    const bool held =
        context && EVP_DigestVerifyInit(context.get(), &rules, EVP_sha256(), nullptr, key) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(rules, RSA_PKCS1_PADDING) == 1 &&
        EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text),
                         text.size()) == 1;
    ERR_clear_error();
    return held;
}

std::expected<CertifiedCard, CardFault> judge_card(const CardEvidence& evidence,
                                                   const Challenge& challenge,
                                                   const JpkiTrust& trust, model::Instant now) {
    const auto certificate = parse_card_certificate(evidence.certificate);
    if (!certificate) return std::unexpected(certificate.error());
    auto card = trust.judge(*certificate, now);
    if (!card) return card;
    if (!is_signed_by(*certificate, text_of(challenge), evidence.signature))
        return std::unexpected(CardFault::wrong_signature);
    return card;
}

std::expected<void, CardRefusal> judge_status(const StatusAnswer& answer) {
    const auto refused = [&answer](CardFault fault) {
        return std::unexpected(CardRefusal{.fault = fault, .why = answer.why});
    };
    switch (answer.status) {
        case CardStatus::good:
            return {};
        case CardStatus::revoked:
            return refused(CardFault::revoked);
        case CardStatus::unknown:
            return refused(CardFault::status_unknown);
        case CardStatus::unreachable:
            break;
    }
    return refused(CardFault::status_unreachable);
}

CardVerifier::CardVerifier(Parts parts)
    : challenges_(parts.challenges),
      timer_(parts.timer),
      clock_(parts.clock),
      means_{.trust = std::move(parts.trust), .status = std::move(parts.status)} {}

CardVerifier::Means CardVerifier::means() const {
    const locks::Lock lock{swapping_};
    return means_;
}

void CardVerifier::replace(std::shared_ptr<const JpkiTrust> trust,
                           std::shared_ptr<StatusChecker> status) {
    Means next{.trust = std::move(trust), .status = std::move(status)};
    const locks::Lock lock{swapping_};
    std::swap(means_, next);
}

void CardVerifier::verify(const CardEvidence& evidence, const Presenter& presenter,
                          platform::Monotonic deadline, Judged judged) const {
    const auto refuse = [&judged](CardFault fault) {
        judged(std::unexpected(CardRefusal{.fault = fault}));
    };
    const Means by = means();
    const auto challenge = challenges_.take(evidence.challenge_id, presenter);
    if (!challenge) return refuse(challenge.error());
    const auto card = judge_card(evidence, *challenge, *by.trust, clock_.now());
    if (!card) return refuse(card.error());
    Verdict verdict{.purpose = challenge->purpose, .serial = card->serial};
    if (by.status == nullptr) return judged(std::move(verdict));
    verdict.status = CheckedStatus::good;
    ask_in_time(by.status, timer_, clock_, *card, deadline,
                [verdict = std::move(verdict),
                 judged = std::move(judged)](const StatusAnswer& answer) mutable {
                    auto standing = judge_status(answer);
                    if (!standing) return judged(std::unexpected(std::move(standing.error())));
                    judged(std::move(verdict));
                });
}

}  // namespace sekisho::admission
