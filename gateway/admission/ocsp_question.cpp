#include "gateway/admission/ocsp_question.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509_vfy.h>

#include "gateway/admission/openssl_time.h"
#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"

namespace sekisho::admission {

namespace {

using identity::FreeBy;

using RequestPtr = std::unique_ptr<OCSP_REQUEST, FreeBy<OCSP_REQUEST_free>>;
using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, FreeBy<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, FreeBy<OCSP_BASICRESP_free>>;
using NamePtr = std::unique_ptr<OCSP_CERTID, FreeBy<OCSP_CERTID_free>>;

StatusAnswer doubted(std::string_view why) {
    return {.status = CardStatus::unknown, .why = std::string{why}};
}

ResponsePtr parse(std::string_view answer) {
    const auto* at = reinterpret_cast<const unsigned char*>(answer.data());
    const auto* const end = at + answer.size();
    ResponsePtr response{d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(answer.size()))};
    if (at != end) response.reset();
    return response;
}

// Where the authority itself signs it may leave its certificate out.
identity::ChainPtr known_signers(const CertifiedCard& card) {
    identity::ChainPtr known{sk_X509_new_null()};
    if (!known || X509_up_ref(card.authority.get()) != 1) return nullptr;
    if (sk_X509_push(known.get(), card.authority.get()) > 0) return known;
    X509_free(card.authority.get());
    return nullptr;
}

// The responder's own chain is judged at the same moment, by the same anchor, and by no mark of
// trust that an anchor may carry. The chain may end below a root: the one anchor is the authority
// that issued the certificate, which RFC 6960 section 4.2.2.2 gives the last word on it, whoever
// stands above. So a partial chain lets nobody in whom that authority did not name: of a card's,
// which is a root, it changes nothing.
bool is_authentic(OCSP_BASICRESP* basic, const CertifiedCard& card, model::Instant now) {
    constexpr unsigned long kByTheAnchorAlone = OCSP_NOEXPLICIT | OCSP_PARTIAL_CHAIN;
    const identity::StorePtr store{X509_STORE_new()};
    if (!store || X509_STORE_add_cert(store.get(), card.authority.get()) != 1) return false;
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), seconds_of(now));
    const identity::ChainPtr known = known_signers(card);
    return known && OCSP_basic_verify(basic, known.get(), store.get(), kByTheAnchorAlone) == 1;
}

// What the one entry for the certificate says; nothing where there is none, or more than one.
struct Entry {
    int status = V_OCSP_CERTSTATUS_UNKNOWN;
    const ASN1_GENERALIZEDTIME* this_update = nullptr;
    const ASN1_GENERALIZEDTIME* next_update = nullptr;
};

std::optional<Entry> entry_of(OCSP_BASICRESP* basic, OCSP_CERTID* name) {
    constexpr int kFromTheFirst = -1;
    const int at = OCSP_resp_find(basic, name, kFromTheFirst);
    if (at < 0 || OCSP_resp_find(basic, name, at) >= 0) return std::nullopt;
    Entry entry;
    ASN1_GENERALIZEDTIME* from = nullptr;
    ASN1_GENERALIZEDTIME* until = nullptr;
    entry.status =
        OCSP_single_get0_status(OCSP_resp_get0(basic, at), nullptr, nullptr, &from, &until);
    entry.this_update = from;
    entry.next_update = until;
    return entry;
}

bool is_fresh(const Entry& entry, model::Instant now, const OcspRules& rules) {
    if (entry.this_update == nullptr) return false;
    const model::Instant from = identity::instant_of(entry.this_update);
    if (from > now + rules.skew) return false;
    if (entry.next_update == nullptr) return now - from <= rules.age_max + rules.skew;
    return identity::instant_of(entry.next_update) + rules.skew >= now;
}

StatusAnswer answer_of(int status) {
    switch (status) {
        case V_OCSP_CERTSTATUS_GOOD:
            return {.status = CardStatus::good};
        case V_OCSP_CERTSTATUS_REVOKED:
            return {.status = CardStatus::revoked};
        default:
            return doubted("not-known-there");
    }
}

}  // namespace

struct OcspQuestion::State {
    CertifiedCard card;
    NamePtr name;
    RequestPtr request;
};

OcspQuestion::OcspQuestion(const CertifiedCard& card, std::string_view nonce)
    : state_(std::make_unique<State>(
          card, NamePtr{OCSP_cert_to_id(EVP_sha1(), card.certificate.get(), card.authority.get())},
          RequestPtr{OCSP_REQUEST_new()})) {
    // The request takes a copy of the name for its own.
    NamePtr copy{state_->name ? OCSP_CERTID_dup(state_->name.get()) : nullptr};
    const bool named = state_->request && copy &&
                       OCSP_request_add0_id(state_->request.get(), copy.get()) != nullptr;
    if (named) (void)copy.release();
    std::string bytes{nonce};
    const bool made = named && (bytes.empty() || OCSP_request_add1_nonce(
                                                     state_->request.get(),
                                                     reinterpret_cast<unsigned char*>(bytes.data()),
                                                     static_cast<int>(bytes.size())) == 1);
    if (!made) state_->request.reset();
    ERR_clear_error();
}

OcspQuestion::~OcspQuestion() = default;
OcspQuestion::OcspQuestion(OcspQuestion&&) noexcept = default;
OcspQuestion& OcspQuestion::operator=(OcspQuestion&&) noexcept = default;

std::string OcspQuestion::der() const {
    const int size = state_->request ? i2d_OCSP_REQUEST(state_->request.get(), nullptr) : 0;
    if (size <= 0) return {};
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    i2d_OCSP_REQUEST(state_->request.get(), &at);
    return der;
}

StatusAnswer OcspQuestion::read(std::string_view answer, model::Instant now,
                                const OcspRules& rules) const {
    if (!state_->request) return doubted("not-asked");
    const ResponsePtr response = parse(answer);
    ERR_clear_error();
    if (!response) return doubted("garbage");
    if (OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return doubted("refused-there");
    const BasicPtr basic{OCSP_response_get1_basic(response.get())};
    ERR_clear_error();
    if (!basic) return doubted("garbage");
    const bool authentic = is_authentic(basic.get(), state_->card, now);
    ERR_clear_error();
    if (!authentic) return doubted("stranger");
    constexpr int kNonceOnlySent = -1;
    constexpr int kNoNonce = 2;
    const int nonce = OCSP_check_nonce(state_->request.get(), basic.get());
    const bool answers_this = nonce == 1 || nonce == kNonceOnlySent || nonce == kNoNonce;
    if (!answers_this) return doubted("other-nonce");
    const auto entry = entry_of(basic.get(), state_->name.get());
    if (!entry) return doubted("other-certificate");
    if (!is_fresh(*entry, now, rules)) return doubted("stale");
    return answer_of(entry->status);
}

std::optional<model::Instant> OcspQuestion::good_until(std::string_view answer) const {
    const ResponsePtr response = parse(answer);
    const BasicPtr basic{response ? OCSP_response_get1_basic(response.get()) : nullptr};
    ERR_clear_error();
    const auto entry = basic ? entry_of(basic.get(), state_->name.get()) : std::nullopt;
    if (!entry || entry->next_update == nullptr) return std::nullopt;
    const identity::ChainPtr known = known_signers(state_->card);
    X509* signer = nullptr;
    const bool found = known && OCSP_resp_get0_signer(basic.get(), &signer, known.get()) == 1;
    ERR_clear_error();
    if (!found) return std::nullopt;
    return std::min(identity::instant_of(entry->next_update),
                    identity::instant_of(X509_get0_notAfter(signer)));
}

}  // namespace sekisho::admission
