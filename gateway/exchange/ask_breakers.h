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
    enum class Pass : std::uint8_t {
        none,
        free,
        only,  // the one question while the breaker is open
    };

    Pass lets_pass(const model::Via& via, platform::Monotonic now) {
        const locks::Lock lock{mutex_};
        CircuitBreaker& breaker = breakers_[via];
        if (!breaker.allows(now)) return Pass::none;
        if (!breaker.is_open()) return Pass::free;
        breaker.on_failure(now);  // the others rest until this one is back
        return Pass::only;
    }

    void on_answer(const model::Via& via) {
        const locks::Lock lock{mutex_};
        breakers_[via].on_success();
    }

    // It was not asked, or had too little time to be called silent. What passed freely tells
    // nothing then; of the only one it says that the next may pass.
    void on_nothing(const model::Via& via, Pass pass, platform::Monotonic now) {
        if (pass != Pass::only) return;
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
