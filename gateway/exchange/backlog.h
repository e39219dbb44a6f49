// How many deliveries each sender still has under way: what its budget of queued deliveries is
// measured by.
//
// Counted when they are committed and settled, and at start from the store; a figure for fairness,
// not for account. Thread-safe.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "adapters/locks/mutex.h"
#include "routing/model/party.h"

namespace sekisho::exchange {

class Backlog {
  public:
    void add(const model::PartyId& source, std::uint64_t deliveries) {
        if (deliveries == 0) return;
        const locks::Lock lock{mutex_};
        under_way_[source] += deliveries;
    }

    void settled(const model::PartyId& source) {
        const locks::Lock lock{mutex_};
        const auto found = under_way_.find(source);
        if (found != under_way_.end() && --found->second == 0) under_way_.erase(found);
    }

    std::uint64_t of(const model::PartyId& source) const {
        const locks::Lock lock{mutex_};
        const auto found = under_way_.find(source);
        return found == under_way_.end() ? 0 : found->second;
    }

  private:
    mutable locks::Mutex mutex_;
    // Never 0.
    std::unordered_map<model::PartyId, std::uint64_t> under_way_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
