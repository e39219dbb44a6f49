// The port through which a card's certificate is asked about: has its authority revoked it?
//
// Who may ask is laid down by law (公的個人認証法 17条: recognised verifiers, and public bodies),
// so how an installation asks differs: a list of revocations in a file, an OCSP responder, another
// system's answer. A gateway without a checker never says "valid": what it admits is recorded as
// "not checked".
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "gateway/admission/jpki_trust.h"
#include "gateway/platform/ports.h"

namespace sekisho::admission {

enum class CardStatus : std::uint8_t {
    good,
    revoked,
    unknown,      // what was said does not settle it: not known there, outdated, not authentic
    unreachable,  // nothing was said in time
};

struct StatusAnswer {
    CardStatus status = CardStatus::unreachable;
    std::string why{};  // for the record, where it is not good: "list-outdated", "timeout"
    friend bool operator==(const StatusAnswer&, const StatusAnswer&) = default;
};

class StatusChecker {
  public:
    using Answered = std::move_only_function<void(StatusAnswer)>;

    virtual ~StatusChecker() = default;
    // Calls `answered` exactly once, in this thread or another, and tries to before the deadline
    // (ask_in_time holds it to that). Thread-safe.
    virtual void check(const CertifiedCard& card, platform::Monotonic deadline,
                       Answered answered) = 0;
};

// Asks; what has not come by the deadline is answered `unreachable` then. `answered` is called
// exactly once, by whoever is first. The question keeps the checker, also when its answer comes too
// late; the timer, and its executor, outlive it.
void ask_in_time(const std::shared_ptr<StatusChecker>& checker, platform::Timer& timer,
                 const platform::Clock& clock, const CertifiedCard& card,
                 platform::Monotonic deadline, StatusChecker::Answered answered);

}  // namespace sekisho::admission
