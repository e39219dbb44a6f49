// The challenges that are out: given to one TLS client, taken back once, within five minutes.
//
// Whoever presents one is compared before anything about it is said: a challenge of another party,
// or of another certificate of the same party, is `challenge_foreign`, which is answered like one
// that never was. One that was used, or is late, is remembered as that for a while, for those it
// belongs to only.
//
// Bounded for each party and in all. A party that has too many open is refused (over_budget, with
// the time until its oldest ends); what others hold is never given up for it. Spent ones (used or
// late) make room first. Nothing here needs a thread or a timer: what has ended falls out at the
// next call. Lives are counted on the monotonic clock, so that setting the wall clock prolongs
// none; the wall clock only dates the text. A restart forgets all of them: the card is asked again.
//
// Thread-safe. Clock and Random outlive it.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/locks/mutex.h"
#include "gateway/admission/card_fault.h"
#include "gateway/admission/challenge.h"
#include "gateway/platform/ports.h"
#include "routing/model/limits.h"

namespace sekisho::admission {

// Who stands at the other end of the TLS connection.
struct Presenter {
    model::PartyId party;
    model::Sha256 certificate{};  // x5t#S256
};

// What the asker gets.
struct ChallengeOffer {
    std::string id;         // 22 characters of base64url: 128 random bits
    std::string challenge;  // base64url of the text
    model::Instant expires;
};

struct ChallengeLimits {
    std::chrono::seconds life = model::limits::kChallengeLife;
    std::chrono::seconds memory = model::limits::kChallengeMemory;  // of spent ones, after the end
    std::size_t per_party = model::limits::kChallengesPerPartyMax;
    std::size_t in_all = model::limits::kChallengesMax;
};

class ChallengeBook {
  public:
    ChallengeBook(std::string instance, const platform::Clock& clock, platform::Random& random,
                  ChallengeLimits limits = {});

    // attribute_invalid (the purpose is no word), over_budget, overloaded.
    model::Result<ChallengeOffer> issue(const Presenter& presenter, const model::Purpose& purpose);

    // Once: whatever comes of it, the challenge is used then. A foreign presenter uses nothing up.
    std::expected<Challenge, CardFault> take(std::string_view id, const Presenter& presenter);

    std::size_t size() const;  // with the spent ones that are still remembered

  private:
    using Number = std::uint64_t;  // in the order of issue, and so of their ends
    struct Entry {
        std::string id;
        Challenge challenge;
        platform::Monotonic end;
        bool used = false;
    };
    using Entries = std::map<Number, Entry>;

    void forget_ended(platform::Monotonic now) SEKISHO_REQUIRES(mutex_);
    bool make_room_of(const model::PartyId& party, platform::Monotonic now)
        SEKISHO_REQUIRES(mutex_);
    bool make_room_in_all(platform::Monotonic now) SEKISHO_REQUIRES(mutex_);
    void erase(Entries::iterator entry) SEKISHO_REQUIRES(mutex_);
    std::chrono::seconds until_first_end(const model::PartyId& party, platform::Monotonic now)
        SEKISHO_REQUIRES(mutex_);

    const std::string instance_;
    const platform::Clock& clock_;
    platform::Random& random_;
    const ChallengeLimits limits_;
    mutable locks::Mutex mutex_;
    Number next_ SEKISHO_GUARDED_BY(mutex_) = 1;
    Entries entries_ SEKISHO_GUARDED_BY(mutex_);
    std::unordered_map<std::string, Number> by_id_ SEKISHO_GUARDED_BY(mutex_);
    std::set<Number> used_ SEKISHO_GUARDED_BY(mutex_);
    std::unordered_map<model::PartyId, std::set<Number>> by_party_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::admission
