// Circuit breakers of questions, one for each peer that answers: while a peer is away the next
// question is told so at once, and does not wait out its deadline beside the others.
//
// Thread-safe. Open, one question passes after each rest, and its outcome decides.
#pragma once

#include <map>

#include "adapters/locks/mutex.h"
#include "gateway/exchange/backoff.h"
#include "routing/model/identifiers.h"

namespace sekisho::exchange {

class AskBreakers {
  public:
    // May `via` be asked now? A yes while its breaker is open takes the one question there is.
    bool lets_pass(const model::Via& via, platform::Monotonic now) {
        const locks::Lock lock{mutex_};
        CircuitBreaker& breaker = breakers_[via];
        if (!breaker.allows(now)) return false;
        if (breaker.is_open()) breaker.on_failure(now);  // the others rest until this one is back
        return true;
    }

    void on_answer(const model::Via& via) {
        const locks::Lock lock{mutex_};
        breakers_[via].on_success();
    }

    // It was not asked, or had too little time to be called silent.
    void on_nothing(const model::Via& via, platform::Monotonic now) {
        const locks::Lock lock{mutex_};
        breakers_[via].on_nothing(now);
    }

    void on_silence(const model::Via& via, platform::Monotonic now) {
        const locks::Lock lock{mutex_};
        breakers_[via].on_failure(now);
    }

  private:
    locks::Mutex mutex_;
    std::map<model::Via, CircuitBreaker> breakers_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
