#include "gateway/admission/revocation_list.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <utility>

#include "gateway/identity/certificate.h"

namespace sekisho::admission {

namespace {

using identity::RevocationListPtr;
using PointsPtr = std::unique_ptr<CRL_DIST_POINTS, identity::FreeBy<CRL_DIST_POINTS_free>>;

constexpr int kFromTheFirst = -1;
constexpr int kCritical = 1;
constexpr int kFullName = 0;

std::vector<RevocationListPtr> parse_der(const std::string& bytes) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto* const end = at + bytes.size();
    std::vector<RevocationListPtr> lists;
    RevocationListPtr list{d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size()))};
    if (list && at == end) lists.push_back(std::move(list));
    return lists;
}

std::vector<RevocationListPtr> parse_pem(const std::string& bytes) {
    const identity::BioPtr bio{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))};
    std::vector<RevocationListPtr> lists;
    while (RevocationListPtr list{PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr)}) {
        lists.push_back(std::move(list));
    }
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!at_end) lists.clear();
    return lists;
}

// Of a certificate that may sign lists.
bool has_signed(X509* authority, X509_CRL* list) {
    const bool held = (X509_get_key_usage(authority) & KU_CRL_SIGN) != 0 &&
                      X509_CRL_verify(list, X509_get0_pubkey(authority)) == 1;
    ERR_clear_error();
    return held;
}

// A delta list says so by a critical extension, and so is among those that are not understood.
bool demands_of_list_are_understood(const X509_CRL* list) {
    for (int at = X509_CRL_get_ext_by_critical(list, kCritical, kFromTheFirst); at >= 0;
         at = X509_CRL_get_ext_by_critical(list, kCritical, at)) {
        const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(X509_CRL_get_ext(list, at)));
        if (nid != NID_issuing_distribution_point && nid != NID_authority_key_identifier &&
            nid != NID_crl_number) {
            return false;
        }
    }
    return true;
}

// An entry of another authority's certificate, in an indirect list, is marked as critical.
bool demands_of_entries_are_understood(X509_CRL* list) {
    const STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(list);
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
        const X509_REVOKED* entry = sk_X509_REVOKED_value(entries, i);
        if (X509_REVOKED_get_ext_by_critical(entry, kCritical, kFromTheFirst) >= 0) return false;
    }
    return true;
}

// A point that is named relative to the issuer is nobody's: share_a_name().
bool is_of_people(const ISSUING_DIST_POINT& scope) {
    const DIST_POINT_NAME* point = scope.distpoint;
    const bool named = point == nullptr ||
                       (point->type == kFullName && sk_GENERAL_NAME_num(point->name.fullname) > 0);
    return named && scope.onlyCA <= 0 && scope.onlyattr <= 0 && scope.indirectCRL <= 0 &&
           scope.onlysomereasons == nullptr;
}

// One of the names is the same. Names relative to the issuer's are not compared.
bool share_a_name(const DIST_POINT_NAME* one, const DIST_POINT_NAME* other) {
    if (one == nullptr || other == nullptr || one->type != kFullName || other->type != kFullName)
        return false;
    for (int i = 0; i < sk_GENERAL_NAME_num(one->name.fullname); ++i) {
        for (int j = 0; j < sk_GENERAL_NAME_num(other->name.fullname); ++j) {
            if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(one->name.fullname, i),
                                 sk_GENERAL_NAME_value(other->name.fullname, j)) == 0) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

void RevocationList::FreeScope::operator()(ISSUING_DIST_POINT_st* scope) const noexcept {
    ISSUING_DIST_POINT_free(scope);
}

RevocationList::RevocationList(RevocationListPtr list,
                               const std::vector<CertificateHandle>& authorities)
    : list_(std::move(list)),
      begin_(identity::instant_of(X509_CRL_get0_lastUpdate(list_.get()))),
      end_(identity::instant_of(X509_CRL_get0_nextUpdate(list_.get()))) {
    constexpr int kAbsent = -1;
    const auto signer = std::ranges::find_if(authorities, [this](const CertificateHandle& each) {
        return names(each) && has_signed(each.get(), list_.get());
    });
    if (signer != authorities.end()) signer_ = *signer;
    int found = kAbsent;
    scope_.reset(static_cast<ISSUING_DIST_POINT*>(
        X509_CRL_get_ext_d2i(list_.get(), NID_issuing_distribution_point, &found, nullptr)));
    const bool scope_read = scope_ != nullptr ? is_of_people(*scope_) : found == kAbsent;
    fit_ = scope_read && X509_CRL_get_ext_by_NID(list_.get(), NID_delta_crl, kFromTheFirst) < 0 &&
           demands_of_list_are_understood(list_.get()) &&
           demands_of_entries_are_understood(list_.get());
    ERR_clear_error();
}

RevocationList::~RevocationList() = default;
RevocationList::RevocationList(RevocationList&&) noexcept = default;
RevocationList& RevocationList::operator=(RevocationList&&) noexcept = default;

std::vector<RevocationList> RevocationList::read(
    const std::string& bytes, const std::vector<CertificateHandle>& authorities) {
    ERR_clear_error();
    std::vector<RevocationList> lists;
    for (auto& list : bytes.starts_with("-----BEGIN") ? parse_pem(bytes) : parse_der(bytes)) {
        if (X509_CRL_get0_nextUpdate(list.get()) == nullptr) continue;
        lists.push_back(RevocationList{std::move(list), authorities});
    }
    ERR_clear_error();
    return lists;
}

bool RevocationList::names(const CertificateHandle& authority) const {
    return X509_NAME_cmp(X509_CRL_get_issuer(list_.get()),
                         X509_get_subject_name(authority.get())) == 0;
}

bool RevocationList::is_signed_by(const CertificateHandle& authority) const {
    return signer_ != nullptr && X509_cmp(signer_.get(), authority.get()) == 0;
}

// A list without a distribution point is of all that its authority issued.
bool RevocationList::covers(const CertificateHandle& certificate) const {
    if (!fit_) return false;
    if (scope_ == nullptr || scope_->distpoint == nullptr) return true;
    const PointsPtr points{static_cast<CRL_DIST_POINTS*>(
        X509_get_ext_d2i(certificate.get(), NID_crl_distribution_points, nullptr, nullptr))};
    ERR_clear_error();
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
        const bool whole = point->CRLissuer == nullptr && point->reasons == nullptr;
        if (whole && share_a_name(point->distpoint, scope_->distpoint)) return true;
    }
    return false;
}

std::string RevocationList::distribution_point() const {
    return full_names_of(scope_ ? scope_->distpoint : nullptr);
}

bool RevocationList::is_of(model::Instant now) const {
    return begin_ <= now && now < end_;
}

bool RevocationList::revokes(const CertificateHandle& certificate) const {
    X509_REVOKED* entry = nullptr;
    return X509_CRL_get0_by_serial(list_.get(), &entry,
                                   X509_get0_serialNumber(certificate.get())) != 0;
}

std::string full_names_of(const DIST_POINT_NAME_st* point) {
    const identity::BioPtr names{BIO_new(BIO_s_mem())};
    if (point == nullptr || point->type != kFullName || !names) return {};
    for (int i = 0; i < sk_GENERAL_NAME_num(point->name.fullname); ++i) {
        if (i > 0) BIO_puts(names.get(), ", ");
        GENERAL_NAME_print(names.get(), sk_GENERAL_NAME_value(point->name.fullname, i));
    }
    char* begin = nullptr;
    const long size = BIO_get_mem_data(names.get(), &begin);
    return size > 0 ? std::string(begin, static_cast<std::size_t>(size)) : std::string{};
}

}  // namespace sekisho::admission
