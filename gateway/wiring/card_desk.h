// What admission by card (本人確認) is made of, as the configuration says: the authorities, the way
// a certificate's status is asked for, the challenges that are out, the visits under way.
//
// Built before the doors open; the parts handed in outlive it. A reload reads authorities and the
// way of asking anew and replaces them as a whole; the challenges that are out stay. Thread-safe.
#pragma once

#include <memory>

#include "adapters/locks/mutex.h"
#include "gateway/admission/card_evidence.h"
#include "gateway/admission/crl_checker.h"
#include "gateway/admission/ocsp_checker.h"
#include "gateway/admission/visit_book.h"
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

    // Authorities and the way of asking, read and ready to be taken.
    struct Means {
        std::shared_ptr<const admission::JpkiTrust> trust;
        std::shared_ptr<admission::CrlChecker> lists{};      // where lists are asked
        std::shared_ptr<admission::StatusChecker> status{};  // null: nobody is asked
    };

    // The refusal names the file that is not an authority's, or holds no list that one signed.
    static model::Result<std::unique_ptr<CardDesk>> build(const config::AdmissionConfig& config,
                                                          const std::string& instance,
                                                          const Parts& parts);

    admission::ChallengeBook& challenges() { return challenges_; }
    const admission::CardVerifier& cards() const { return *cards_; }
    admission::VisitBook& visits() { return visits_; }
    // Looks whether a file of revocation lists changed, and then reads them all.
    struct Refreshed {
        bool changed = false;
        std::vector<std::string> silent_files{};  // CrlChecker::silent_files
    };
    Refreshed refresh() SEKISHO_EXCLUDES(swapping_);

    // What a configuration says by now, and its files with it; refused as build() refuses. Nothing
    // is changed before it is taken.
    model::Result<Means> read(const config::AdmissionConfig& config) const;
    void take(Means means) SEKISHO_EXCLUDES(swapping_);

  private:
    CardDesk(const config::AdmissionConfig& config, const std::string& instance, const Parts& parts)
        : parts_(parts),
          challenges_(instance, parts.clock, parts.random),
          visits_(parts.clock, parts.random, {.life = config.visit}) {}

    const Parts parts_;
    admission::ChallengeBook challenges_;
    admission::VisitBook visits_;
    std::unique_ptr<admission::CardVerifier> cards_;
    locks::Mutex swapping_;
    std::shared_ptr<admission::CrlChecker> lists_ SEKISHO_GUARDED_BY(swapping_);
};

}  // namespace sekisho::wiring
