// The accounts of a zone's parties: what each has used of its budget.
//
// Requests and bytes are token buckets: so much a second, and a burst of one interval's worth may
// be saved up. Bytes are charged as they come and may run into debt; who is in debt waits until it
// is paid. Over the budget is a 429 that tells when to come again; the connection stays, since a
// new handshake would cost more than the answer. Thread-safe.
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
    explicit Accounts(const model::Budget& budget) : budget_(budget) {}

    struct Overdraft {
        std::chrono::milliseconds rest{0};  // until it may be tried again
        bool first = false;                 // of a run without a minute between: worth a record
    };
    // Counts one connection more, unless the party has as many as it may.
    std::optional<Overdraft> connect(const model::PartyId& party, Monotonic now);
    void disconnect(const model::PartyId& party);

    // Takes one request; nothing is taken when there is an overdraft.
    std::optional<Overdraft> request(const model::PartyId& party, Monotonic now);
    void charge(const model::PartyId& party, std::uint64_t bytes);

  private:
    struct Account {
        std::size_t connections = 0;
        double requests = 0;  // tokens
        double bytes = 0;     // tokens; below 0: debt
        Monotonic filled_at{};
        std::optional<Monotonic> overdrawn_at{};
    };

    static Overdraft overdraft(Account& account, std::chrono::milliseconds rest, Monotonic now);
    // Filled up.
    Account& account_of(const model::PartyId& party, Monotonic now) SEKISHO_REQUIRES(mutex_);

    const model::Budget budget_;
    locks::Mutex mutex_;
    std::unordered_map<model::PartyId, Account> accounts_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::listener
