#include "gateway/admission/crl_checker.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <utility>

#include "gateway/admission/openssl_time.h"
#include "gateway/identity/openssl_handles.h"
#include "routing/model/limits.h"

namespace sekisho::admission {

namespace {

using identity::FreeBy;
using identity::RevocationListPtr;

void free_lists(STACK_OF(X509_CRL) * lists) {
    sk_X509_CRL_pop_free(lists, X509_CRL_free);
}
void free_stack_alone(STACK_OF(X509) * certificates) {
    sk_X509_free(certificates);
}
using ListsPtr = std::unique_ptr<STACK_OF(X509_CRL), FreeBy<free_lists>>;
using AnchorsPtr = std::unique_ptr<STACK_OF(X509), FreeBy<free_stack_alone>>;

std::vector<RevocationListPtr> read_der(const std::string& bytes) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto* const end = at + bytes.size();
    std::vector<RevocationListPtr> lists;
    RevocationListPtr list{d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size()))};
    if (list && at == end) lists.push_back(std::move(list));
    return lists;
}

std::vector<RevocationListPtr> read_pem(const std::string& bytes) {
    const identity::BioPtr bio{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))};
    std::vector<RevocationListPtr> lists;
    while (RevocationListPtr list{PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr)}) {
        lists.push_back(std::move(list));
    }
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!at_end) lists.clear();
    return lists;
}

StatusAnswer answer_of(int error) {
    switch (error) {
        case X509_V_ERR_CERT_REVOKED:
            return {.status = CardStatus::revoked};
        case X509_V_ERR_UNABLE_TO_GET_CRL:
            return {.status = CardStatus::unknown, .why = "list-missing"};
        case X509_V_ERR_CRL_SIGNATURE_FAILURE:
        case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
            return {.status = CardStatus::unknown, .why = "list-forged"};
        case X509_V_ERR_CRL_HAS_EXPIRED:
        case X509_V_ERR_CRL_NOT_YET_VALID:
            return {.status = CardStatus::unknown, .why = "list-outdated"};
        default:
            return {.status = CardStatus::unknown, .why = "list-unfit"};
    }
}

}  // namespace

struct CrlChecker::Lists {
    ListsPtr stack{sk_X509_CRL_new_null()};
};

CrlChecker::CrlChecker(platform::Files& files, const platform::Clock& clock,
                       std::vector<std::string> list_files)
    : files_(files), clock_(clock), list_files_(std::move(list_files)), marks_(marks()) {
    lists_ = read();
}

std::vector<std::uint64_t> CrlChecker::marks() const {
    std::vector<std::uint64_t> marks;
    marks.reserve(list_files_.size());
    for (const std::string& file : list_files_) marks.push_back(files_.change_mark(file));
    return marks;
}

std::shared_ptr<const CrlChecker::Lists> CrlChecker::read() const {
    auto lists = std::make_shared<Lists>();
    for (const std::string& file : list_files_) {
        const auto bytes = files_.read(file, model::limits::kRevocationListBytesMax);
        if (!bytes) continue;
        ERR_clear_error();
        for (auto& list : bytes->starts_with("-----BEGIN") ? read_pem(*bytes) : read_der(*bytes)) {
            if (X509_CRL_get0_nextUpdate(list.get()) == nullptr) continue;
            if (sk_X509_CRL_push(lists->stack.get(), list.get()) > 0) (void)list.release();
        }
        ERR_clear_error();
    }
    return lists;
}

// The marks are read before the files: one that changes in between is read again next time.
bool CrlChecker::refresh() {
    const locks::Lock one_at_a_time{refreshing_};
    std::vector<std::uint64_t> seen = marks();
    if (seen == marks_) return false;
    auto fresh = read();
    marks_ = std::move(seen);
    const locks::Lock lock{swapping_};
    lists_ = std::move(fresh);
    return true;
}

void CrlChecker::check(const CertifiedCard& card, platform::Monotonic, Answered answered) {
    answered(judge(card));
}

// OpenSSL's verification once more, with the authority as the only anchor and these lists alone: it
// knows scopes, distribution points and critical extensions of lists.
StatusAnswer CrlChecker::judge(const CertifiedCard& card) const {
    std::shared_ptr<const Lists> lists;
    {
        const locks::Lock lock{swapping_};
        lists = lists_;
    }
    const identity::StorePtr nothing{X509_STORE_new()};
    const AnchorsPtr anchors{sk_X509_new_null()};
    const identity::StoreContextPtr context{X509_STORE_CTX_new()};
    if (!nothing || !anchors || !context || !lists->stack ||
        sk_X509_push(anchors.get(), card.authority.get()) <= 0 ||
        X509_STORE_CTX_init(context.get(), nothing.get(), card.certificate.get(), nullptr) != 1) {
        return {.status = CardStatus::unknown, .why = "list-unfit"};
    }
    X509_STORE_CTX_set0_trusted_stack(context.get(), anchors.get());
    X509_STORE_CTX_set0_crls(context.get(), lists->stack.get());
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK);
    X509_VERIFY_PARAM_set_time(rules, seconds_of(clock_.now()));
    if (X509_verify_cert(context.get()) == 1) return {.status = CardStatus::good};
    ERR_clear_error();
    return answer_of(X509_STORE_CTX_get_error(context.get()));
}

}  // namespace sekisho::admission
