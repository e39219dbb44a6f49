// How many deliveries each sender, and each zone, still has under way: what their budgets of queued
// deliveries are measured by.
//
// Counted when they are committed and settled, and at start from the store; a figure for fairness,
// not for account. All of a sender's count for the zone he spoke in first. Thread-safe.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "adapters/locks/mutex.h"
#include "routing/model/party.h"

namespace sekisho::exchange {

class Backlog {
  public:
    void add(const model::PartyId& source, const model::ZoneName& zone, std::uint64_t deliveries) {
        if (deliveries == 0) return;
        const locks::Lock lock{mutex_};
        const auto [found, is_new] = under_way_.try_emplace(source, Sender{.zone = zone});
        found->second.deliveries += deliveries;
        by_zone_[found->second.zone] += deliveries;
    }

    void settled(const model::PartyId& source) {
        const locks::Lock lock{mutex_};
        const auto found = under_way_.find(source);
        if (found == under_way_.end()) return;
        --by_zone_[found->second.zone];
        if (--found->second.deliveries == 0) under_way_.erase(found);
    }

    std::uint64_t of(const model::PartyId& source) const {
        const locks::Lock lock{mutex_};
        const auto found = under_way_.find(source);
        return found == under_way_.end() ? 0 : found->second.deliveries;
    }

    std::uint64_t of_zone(const model::ZoneName& zone) const {
        const locks::Lock lock{mutex_};
        const auto found = by_zone_.find(zone);
        return found == by_zone_.end() ? 0 : found->second;
    }

  private:
    struct Sender {
        model::ZoneName zone;
        std::uint64_t deliveries = 0;  // never 0 but while it is added to
    };

    mutable locks::Mutex mutex_;
    std::unordered_map<model::PartyId, Sender> under_way_ SEKISHO_GUARDED_BY(mutex_);
    std::unordered_map<model::ZoneName, std::uint64_t> by_zone_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
