// What admission by card (本人確認) is made of, as the configuration says: the authorities, the way
// a certificate's status is asked for, the challenges that are out.
//
// Built before the doors open; the parts handed in outlive it. Thread-safe.
#pragma once

#include <memory>

#include "gateway/admission/card_evidence.h"
#include "gateway/admission/crl_checker.h"
#include "gateway/admission/ocsp_checker.h"
#include "gateway/config/config.h"

namespace sekisho::wiring {

class CardDesk {
  public:
    struct Parts {
        platform::Files& files;
        const platform::Clock& clock;
        platform::Random& random;
        platform::Timer& timer;
        platform::Executor& askers;  // may block on a responder
    };

    // The refusal names the file that is not an authority's.
    static model::Result<std::unique_ptr<CardDesk>> build(const config::AdmissionConfig& config,
                                                          const std::string& instance,
                                                          const Parts& parts);

    admission::ChallengeBook& challenges() { return challenges_; }
    const admission::CardVerifier& cards() const { return *cards_; }
    bool refresh();  // true when a revocation list had changed

  private:
    CardDesk(const std::string& instance, const Parts& parts)
        : challenges_(instance, parts.clock, parts.random) {}
    void set_up_status(const config::CardStatusConfig& config, const Parts& parts);

    admission::ChallengeBook challenges_;
    std::unique_ptr<admission::CrlChecker> lists_;
    std::unique_ptr<admission::OcspOverHttp> transport_;
    std::unique_ptr<admission::OcspChecker> responder_;
    std::unique_ptr<admission::CardVerifier> cards_;
};

}  // namespace sekisho::wiring
