// The accounts of a zone's parties: what each has used of its budget.
//
// Requests and bytes are token buckets: so much a second, and a burst of one interval's worth may
// be saved up. Bytes are charged as they come and may run into debt; who is in debt waits until it
// is paid. Over the budget is a 429 that tells when to come again; the connection stays, since a
// new handshake would cost more than the answer. Where the zone has a budget of its own, all draw
// on that too. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "adapters/locks/mutex.h"
#include "gateway/platform/ports.h"
#include "routing/model/budget.h"

namespace sekisho::listener {

using platform::Monotonic;

// An account without connections and unused for a minute is forgotten when the next one is opened.
class Accounts {
  public:
    explicit Accounts(const model::Budget& budget);

    struct Overdraft {
        std::chrono::milliseconds rest{0};  // until it may be tried again
        bool first = false;                 // of a run without a minute between: worth a record
        bool of_zone = false;               // the party has not used up its own
    };
    // Counts one connection more, unless the party has as many as it may.
    std::optional<Overdraft> connect(const model::PartyId& party, Monotonic now);
    void disconnect(const model::PartyId& party);

    // Takes one request; nothing is taken when there is an overdraft.
    std::optional<Overdraft> request(const model::PartyId& party, Monotonic now);
    void charge(const model::PartyId& party, std::uint64_t bytes);

  private:
    // What comes in a second, and as much is saved at most.
    struct Rates {
        double requests = 0;
        double bytes = 0;
    };
    struct Account {
        std::size_t connections = 0;
        double requests = 0;  // tokens
        double bytes = 0;     // tokens; below 0: debt
        std::optional<Monotonic> filled_at{};
        std::optional<Monotonic> overdrawn_at{};

        void fill(const Rates& rates, Monotonic now);
        bool has_some() const { return requests >= 1 && bytes > 0; }
        std::chrono::milliseconds rest(const Rates& rates) const;  // until it has some
    };

    static Overdraft overdraft(Account& account, std::chrono::milliseconds rest, Monotonic now);
    Rates rates_of(const model::PartyId& party) const;
    // Filled up.
    Account& account_of(const model::PartyId& party, Monotonic now) SEKISHO_REQUIRES(mutex_);

    const model::Budget budget_;
    const Rates zone_rates_;
    locks::Mutex mutex_;
    Account zone_ SEKISHO_GUARDED_BY(mutex_);
    std::unordered_map<model::PartyId, Account> accounts_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::listener
