#include "gateway/identity/trust.h"

#include <algorithm>
#include <array>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <utility>

#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"

namespace sekisho::identity {

namespace {

using model::Problem;
using model::Result;

constexpr std::size_t kTrustFileBytesMax = std::size_t{64} * 1024 * 1024;  // lists of a nation
constexpr int kDepthMax = 3;
constexpr int kAuthLevel = 2;  // 112 bits and no SHA-1
constexpr unsigned long kRevocationFlags =
    X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL | X509_V_FLAG_EXTENDED_CRL_SUPPORT;

struct ZoneTrust {
    model::ZoneName zone;
    StorePtr store;
    int rsa_bits_min = 0;
};

// What the verification met, in one call of judge(). `broken`: no path to an anchor.
struct Findings {
    bool broken = false;
    std::optional<Problem> problem{};
};

// The lower, the more it says about the certificate: told first.
int rank_of(Problem problem) {
    constexpr std::array kOrder{Problem::certificate_revoked, Problem::certificate_expired,
                                Problem::revocation_unknown, Problem::certificate_too_weak,
                                Problem::certificate_unsuitable};
    return static_cast<int>(std::ranges::find(kOrder, problem) - kOrder.begin());
}

void keep_worse(std::optional<Problem>& kept, Problem problem) {
    if (!kept || rank_of(problem) < rank_of(*kept)) kept = problem;
}

// No signature path from this certificate to an anchor, or one that leads through somebody who may
// not issue.
bool breaks_the_path(int error) {
    switch (error) {
        case X509_V_ERR_UNSPECIFIED:
        case X509_V_ERR_OUT_OF_MEM:
        case X509_V_ERR_INVALID_CALL:
        case X509_V_ERR_STORE_LOOKUP:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
        case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_CHAIN_TOO_LONG:
        case X509_V_ERR_CERT_UNTRUSTED:
        case X509_V_ERR_CERT_REJECTED:
        case X509_V_ERR_INVALID_CA:
        case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        case X509_V_ERR_NO_ISSUER_PUBLIC_KEY:
        case X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH:
        case X509_V_ERR_SUBJECT_ISSUER_MISMATCH:
            return true;
        default:
            return false;
    }
}

Problem problem_of(int error) {
    switch (error) {
        case X509_V_ERR_CERT_REVOKED:
            return Problem::certificate_revoked;
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_CERT_NOT_YET_VALID:
        case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
        case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
            return Problem::certificate_expired;
        case X509_V_ERR_UNABLE_TO_GET_CRL:
        case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
        case X509_V_ERR_CRL_SIGNATURE_FAILURE:
        case X509_V_ERR_CRL_NOT_YET_VALID:
        case X509_V_ERR_CRL_HAS_EXPIRED:
        case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
        case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
        case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
        case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
        case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
        case X509_V_ERR_DIFFERENT_CRL_SCOPE:
        case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
            return Problem::revocation_unknown;
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return Problem::certificate_too_weak;
        default:
            return Problem::certificate_unsuitable;
    }
}

// Called by OpenSSL for each step. Goes on after everything that a 403 can say, so that all of it
// is seen and "stranger" means signatures and anchors alone.
int note_step(int held, X509_STORE_CTX* context) {
    if (held == 1) return 1;
    auto* findings = static_cast<Findings*>(X509_STORE_CTX_get_app_data(context));
    const int error = X509_STORE_CTX_get_error(context);
    if (breaks_the_path(error)) {
        findings->broken = true;
        return 0;
    }
    keep_worse(findings->problem, problem_of(error));
    return 1;
}

enum class Revocation : std::uint8_t { checked, left_out };

Findings verify(const ZoneTrust& trust, X509* certificate, STACK_OF(X509) * chain,
                model::Instant now, Revocation revocation) {
    Findings findings;
    const StoreContextPtr context{X509_STORE_CTX_new()};
    if (!context ||
        X509_STORE_CTX_init(context.get(), trust.store.get(), certificate, chain) != 1) {
        findings.broken = true;
        return findings;
    }
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    if (revocation == Revocation::checked) X509_VERIFY_PARAM_set_flags(rules, kRevocationFlags);
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_auth_level(rules, kAuthLevel);
    X509_VERIFY_PARAM_set_depth(rules, kDepthMax);
    X509_VERIFY_PARAM_set_time(
        rules, std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(now)));
    X509_STORE_CTX_set_app_data(context.get(), &findings);
    X509_STORE_CTX_set_verify_cb(context.get(), note_step);
    if (X509_verify_cert(context.get()) != 1 && !findings.problem) findings.broken = true;
    ERR_clear_error();
    return findings;
}

std::unexpected<model::Refusal> unreadable(const ZoneTrustFiles& zone) {
    return model::refuse(Problem::internal,
                         {.ja = "信頼する認証局の証明書を読めません: " + zone.anchors_file,
                          .en = "the trust anchors of zone " + zone.zone.text() +
                                " cannot be read: " + zone.anchors_file});
}

BioPtr reading(const std::string& text) {
    return BioPtr{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

// Whether the reader stopped because the file was at its end, not because of what it met there.
bool ended_well() {
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

bool add_anchors(X509_STORE* store, const std::string& pem) {
    const BioPtr bio = reading(pem);
    ERR_clear_error();
    int count = 0;
    while (true) {
        const CertificatePtr anchor{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
        if (!anchor) return ended_well() && count > 0;
        if (X509_STORE_add_cert(store, anchor.get()) != 1) return false;
        ++count;
    }
}

// All of them or none: half a file would leave some CA's revocations unknown without a word.
void add_revocation_lists(X509_STORE* store, const std::string& pem) {
    const BioPtr bio = reading(pem);
    ERR_clear_error();
    std::vector<RevocationListPtr> lists;
    while (RevocationListPtr list{PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr)}) {
        lists.push_back(std::move(list));
    }
    if (!ended_well()) return;
    for (const auto& list : lists) X509_STORE_add_crl(store, list.get());
}

Result<ZoneTrust> load_zone(platform::Files& files, const ZoneTrustFiles& zone) {
    ZoneTrust trust{
        .zone = zone.zone, .store = StorePtr{X509_STORE_new()}, .rsa_bits_min = zone.rsa_bits_min};
    const auto anchors = files.read(zone.anchors_file, kTrustFileBytesMax);
    if (!trust.store || !anchors || !add_anchors(trust.store.get(), *anchors)) {
        return unreadable(zone);
    }
    const auto lists = files.read(zone.crl_file, kTrustFileBytesMax);
    if (lists) add_revocation_lists(trust.store.get(), *lists);
    return trust;
}

}  // namespace

struct Trust::State {
    std::vector<ZoneTrust> zones;
};

Trust::Trust(std::unique_ptr<State> state) : state_(std::move(state)) {}
Trust::~Trust() = default;

Result<std::shared_ptr<const Trust>> Trust::load(platform::Files& files,
                                                 const std::vector<ZoneTrustFiles>& zones) {
    auto state = std::make_unique<State>();
    for (const ZoneTrustFiles& zone : zones) {
        auto loaded = load_zone(files, zone);
        if (!loaded) return std::unexpected(std::move(loaded.error()));
        state->zones.push_back(std::move(*loaded));
    }
    return std::shared_ptr<const Trust>{new Trust{std::move(state)}};
}

Standing Trust::judge(X509* certificate, STACK_OF(X509) * chain, const model::ZoneName& zone,
                      model::Instant now) const {
    if (certificate == nullptr) return {};
    const auto own = std::ranges::find(state_->zones, zone, &ZoneTrust::zone);
    if (own != state_->zones.end()) {
        Findings findings = verify(*own, certificate, chain, now, Revocation::checked);
        if (!findings.broken) {
            const auto unfit = find_unfitness(certificate, own->rsa_bits_min);
            if (unfit) keep_worse(findings.problem, *unfit);
            return {.stranger = false, .problem = findings.problem};
        }
    }
    for (const ZoneTrust& other : state_->zones) {
        if (other.zone == zone) continue;
        if (!verify(other, certificate, chain, now, Revocation::left_out).broken) {
            return {.stranger = false, .problem = Problem::wrong_zone};
        }
    }
    return {};
}

}  // namespace sekisho::identity
