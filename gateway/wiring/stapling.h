// The status of a zone's own certificate, asked of its authority's responder again and again, for
// the listener to hand on.
//
// Each question is about the certificate as it stands in its file at that moment, with the one
// above it in the same file as its authority. The next follows after half of the time for which the
// answer may be handed on, or a minute after what is no good answer. What was good before stays
// until its own end; what says that the certificate is revoked ends it at once, since no client is
// to be told otherwise.
//
// ask() begins this, and begins it anew when the certificate was renewed: what was to come by the
// question before is dropped, so that there is one next question, of the newest. It blocks nobody:
// the asker does, at most kStaplePatience. Thread-safe. The parts handed in outlive it, and run
// nothing of it any more when it goes.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/locks/mutex.h"
#include "gateway/admission/ocsp_checker.h"
#include "gateway/config/config.h"
#include "gateway/listener/staple.h"
#include "gateway/platform/log.h"
#include "gateway/platform/ports.h"

namespace sekisho::wiring {

inline constexpr std::chrono::seconds kStaplePatience{5};
inline constexpr std::chrono::hours kStapleEveryMost{12};

class Stapling {
  public:
    struct Parts {
        platform::Files& files;
        const platform::Clock& clock;
        platform::Log& log;
        platform::Timer& timer;
        platform::Executor& askers;  // whose tasks may wait for an authority
    };

    Stapling(const config::ZoneConfig& zone, const Parts& parts,
             std::unique_ptr<admission::OcspTransport> responder);

    void ask() SEKISHO_EXCLUDES(timing_);
    const listener::Staple& staple() const { return staple_; }

  private:
    std::chrono::milliseconds run() SEKISHO_EXCLUDES(one_at_a_time_);  // how long until the next
    std::chrono::milliseconds give_up(std::string_view why);
    void ask_again_after(std::chrono::milliseconds wait, std::uint64_t question)
        SEKISHO_EXCLUDES(timing_);

    const std::string zone_;
    const std::string certificate_file_;
    const Parts parts_;
    const std::unique_ptr<admission::OcspTransport> responder_;
    listener::Staple staple_;
    locks::Mutex one_at_a_time_;
    locks::Mutex timing_;
    std::uint64_t newest_question_ SEKISHO_GUARDED_BY(timing_) = 0;
    platform::Timer::Id next_ SEKISHO_GUARDED_BY(timing_) = 0;
};

// The one that the zone's configuration names.
std::unique_ptr<admission::OcspTransport> responder_of(const config::ZoneConfig& zone);

}  // namespace sekisho::wiring
