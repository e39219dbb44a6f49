// The visits (来所) that are under way: a person showed the card here, and medical information may
// be asked for until the visit is over (F15: 「カードを毎回」). A visit opens nothing else and
// registers nobody.
//
// Known to the TLS client that opened it only, for one person, for `life`; how long a visit lasts
// is said nowhere, so that is configuration. Neither the card's certificate nor its serial is here.
// Kept in memory alone: a restart ends all of them, and the card is shown again.
//
// Bounded for each party and in all: a party that opens too many ends its own oldest. Lives are
// counted on the monotonic clock. Thread-safe. Clock and Random outlive it.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/locks/mutex.h"
#include "gateway/admission/challenge_book.h"

namespace sekisho::admission {

struct Visit {
    std::string id;  // 22 characters of base64url: 128 random bits
    model::Person person;
    model::Instant until;
};

struct VisitLimits {
    std::chrono::seconds life;
    std::size_t per_party = model::limits::kChallengesPerPartyMax;
    std::size_t in_all = model::limits::kChallengesMax;
};

class VisitBook {
  public:
    VisitBook(const platform::Clock& clock, platform::Random& random, const VisitLimits& limits)
        : clock_(clock), random_(random), limits_(limits) {}

    // overloaded: too many of all parties together.
    model::Result<Visit> open(const Presenter& presenter, const model::Person& person);

    // Nothing for a visit that is over, is another's, or never was: who asks learns no more.
    std::optional<Visit> find(std::string_view id, const Presenter& presenter);

    std::size_t size() const;  // with those that are over and not yet looked at

  private:
    struct Entry {
        Visit visit;
        model::Sha256 certificate{};
        platform::Monotonic end;
    };
    using Entries = std::deque<Entry>;  // the oldest first, and so in the order of their ends

    void forget_ended(Entries& entries, platform::Monotonic now) SEKISHO_REQUIRES(mutex_);
    bool has_room(platform::Monotonic now) SEKISHO_REQUIRES(mutex_);
    void drop_oldest(Entries& entries) SEKISHO_REQUIRES(mutex_);

    const platform::Clock& clock_;
    platform::Random& random_;
    const VisitLimits limits_;
    mutable locks::Mutex mutex_;
    std::map<model::PartyId, Entries> entries_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t size_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

}  // namespace sekisho::admission
