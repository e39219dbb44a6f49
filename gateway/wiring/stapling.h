// The status of a zone's own certificate, asked of its authority's responder again and again, for
// the listener to hand on.
//
// run() asks about the certificate as it stands in its file now, with the one above it in the same
// file as its authority, and says how long to wait until the next: half of the time for which the
// answer may be handed on, a minute after what is no good answer. What was good before stays until
// its own end; what says that the certificate is revoked ends it at once, since no client is to be
// told otherwise. It blocks, at most kStaplePatience: for an executor that may. The parts handed in
// outlive it.
#pragma once

#include <chrono>
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
    };

    Stapling(const config::ZoneConfig& zone, const Parts& parts);

    std::chrono::milliseconds run();
    const listener::Staple& staple() const { return staple_; }

  private:
    std::chrono::milliseconds give_up(std::string_view why);

    const std::string zone_;
    const std::string certificate_file_;
    const Parts parts_;
    locks::Mutex one_at_a_time_;
    admission::OcspOverHttp responder_;
    listener::Staple staple_;
};

}  // namespace sekisho::wiring
