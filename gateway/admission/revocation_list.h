// One revocation list (失効リスト, RFC 5280 section 5) of an authority, judged once when it is
// read: a list of a nation is many megabytes, and an admission only looks a serial up in it.
//
// Judged when read: whose key signed it; whether everything that it demands is understood. Of what
// a list may be, a complete one is taken, also one of a partition of the certificates (an issuing
// distribution point with full names); deltas, indirect lists, those of attribute certificates,
// authorities or some reasons only, and any critical extension that is not understood make it
// unfit. Judged when asked: the moment, and whether the certificate is of the list's partition.
//
// Immutable; any number of threads may ask.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/admission/jpki_certificate.h"
#include "gateway/identity/openssl_handles.h"

struct DIST_POINT_NAME_st;
struct ISSUING_DIST_POINT_st;

namespace sekisho::admission {

class RevocationList {
  public:
    // All lists in PEM, or the one in DER. Empty when the bytes are not whole such, and for lists
    // that do not say when they run out.
    static std::vector<RevocationList> read(const std::string& bytes,
                                            const std::vector<CertificateHandle>& authorities);
    ~RevocationList();
    RevocationList(RevocationList&&) noexcept;
    RevocationList& operator=(RevocationList&&) noexcept;

    bool names(const CertificateHandle& authority) const;         // by its name alone
    bool is_signed_by(const CertificateHandle& authority) const;  // found when it was read
    bool is_signed() const { return signer_ != nullptr; }         // by one of those given then
    bool is_fit() const { return fit_; }                          // for some certificates at least
    bool covers(const CertificateHandle& certificate) const;      // false of an unfit list
    bool is_of(model::Instant now) const;
    bool revokes(const CertificateHandle& certificate) const;
    model::Instant begin() const { return begin_; }
    model::Instant end() const { return end_; }
    std::string distribution_point() const;  // by name; empty: of all that its authority issued

  private:
    struct FreeScope {
        void operator()(ISSUING_DIST_POINT_st* scope) const noexcept;
    };

    RevocationList(identity::RevocationListPtr list,
                   const std::vector<CertificateHandle>& authorities);

    identity::RevocationListPtr list_;
    CertificateHandle signer_{};
    std::unique_ptr<ISSUING_DIST_POINT_st, FreeScope> scope_{};  // none: of all certificates
    bool fit_ = false;
    model::Instant begin_{};
    model::Instant end_{};
};

// "URI:http://lists.example/1"; several names in their order. Empty: no point, or none in full.
std::string full_names_of(const DIST_POINT_NAME_st* point);

}  // namespace sekisho::admission
