// How a page shows that it is opened by who sits at this machine: it repeats six digits that stand
// on the agent's terminal, and gets a token for what follows.
//
// A code is good for one guess: right or wrong, the next one is another. Guesses in a row that were
// wrong make the next one wait, 30 s after the third and twice as long after each further one, up
// to a quarter of an hour: at most some hundred guesses a day at one in a million.
// A token is 256 random bits, belongs to the page (origin) that paired, and ends with this object;
// only its digest is kept. Comparisons take the same time wherever they differ. The oldest token
// goes when there are too many: a page that is loaded again needs a new one.
// Thread-safe.
#pragma once

#include <chrono>
#include <deque>
#include <expected>
#include <string>
#include <string_view>

#include "adapters/locks/mutex.h"
#include "gateway/agent/refusal.h"
#include "gateway/platform/ports.h"
#include "routing/model/identifiers.h"

namespace sekisho::agent {

class Pairing {
  public:
    static constexpr std::size_t kTokensMax = 64;
    static constexpr std::uint32_t kWrongBeforeWaiting = 3;
    static constexpr std::chrono::seconds kFirstWait{30};
    static constexpr std::chrono::seconds kLongestWait{15 * 60};

    explicit Pairing(platform::Random& random);

    std::string code() const;  // what the terminal shows: "123456"

    // The token, or wrong_code (code() is another one then), or too_many_codes (it is not).
    std::expected<std::string, AgentRefusal> pair(std::string_view origin, std::string_view code,
                                                  platform::Monotonic now);
    bool knows(std::string_view origin, std::string_view token) const;

  private:
    struct Known {
        std::string origin;
        model::Sha256 token;
    };

    std::string next_code();

    platform::Random& random_;
    mutable locks::Mutex mutex_;
    std::string code_ SEKISHO_GUARDED_BY(mutex_);
    std::uint32_t wrong_ SEKISHO_GUARDED_BY(mutex_) = 0;  // in a row
    platform::Monotonic wait_until_ SEKISHO_GUARDED_BY(mutex_){};
    std::deque<Known> known_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::agent
