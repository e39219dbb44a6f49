// One question to an OCSP responder (RFC 6960) and the reading of its answer. No network here.
//
// An answer counts only when all of this holds: it is one OCSPResponse in DER with nothing behind
// it, and `successful`; it is signed by the certificate's authority itself, a root or not, or by a
// certificate that this authority issued for OCSP signing (id-kp-OCSPSigning) and that is valid
// now; exactly one of its entries is for this certificate, by the same name of it (CertID) as was
// asked; the nonce, where the responder gives one back, is the one sent; thisUpdate is not ahead,
// nextUpdate not behind, each within the skew, and where there is no nextUpdate thisUpdate is at
// most five minutes old. Then it says good, revoked or unknown; else the status is unknown and
// `why` says which of these failed.
//
// The certificate is named by SHA-1 hashes of its authority's name and key, as RFC 5019 lays down
// and every responder understands; nothing rests on the hash, since the answer is compared with the
// same name and its signature is the authority's.
//
// Built, sent and read by one thread at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/admission/status_checker.h"
#include "routing/model/limits.h"

namespace sekisho::admission {

struct OcspRules {
    std::chrono::seconds skew = model::limits::kCardStatusSkew;
    std::chrono::seconds age_max = model::limits::kCardStatusAgeMax;  // without nextUpdate
};

class OcspQuestion {
  public:
    // `nonce`: 1 to 32 bytes (RFC 8954); empty for an answer that will be handed on, which any
    // asker may have (RFC 5019).
    OcspQuestion(const CertifiedCard& card, std::string_view nonce);
    ~OcspQuestion();
    OcspQuestion(OcspQuestion&&) noexcept;
    OcspQuestion& operator=(OcspQuestion&&) noexcept;

    std::string der() const;
    StatusAnswer read(std::string_view answer, model::Instant now,
                      const OcspRules& rules = {}) const;
    // Until when an answer that was read as good may be handed on: its nextUpdate or the end of its
    // signer's certificate, the earlier of the two, without skew. nullopt: it does not say.
    std::optional<model::Instant> good_until(std::string_view answer) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::admission
