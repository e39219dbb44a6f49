// How many deliveries each sender, and each zone, still has under way: what their budgets of queued
// deliveries are measured by.
//
// Counted when they are committed and settled, and at start from the store; a figure for fairness,
// not for account. All of a sender's count for one zone: in which it spoke when something of its
// came under way, after a start that of its first certificate. Thread-safe.
#pragma once

#include <algorithm>
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
        Zone& of_zone = zones_[found->second.zone];
        of_zone.deliveries += deliveries;
        if (is_new) ++of_zone.senders;
    }

    void settled(const model::PartyId& source) {
        const locks::Lock lock{mutex_};
        const auto found = under_way_.find(source);
        if (found == under_way_.end()) return;
        Zone& of_zone = zones_[found->second.zone];
        --of_zone.deliveries;
        if (--found->second.deliveries > 0) return;
        --of_zone.senders;
        under_way_.erase(found);
    }

    std::uint64_t of(const model::PartyId& source) const {
        const locks::Lock lock{mutex_};
        const auto found = under_way_.find(source);
        return found == under_way_.end() ? 0 : found->second.deliveries;
    }

    // Would more of this sender's exceed what its zone may have under way? A full zone still takes
    // from who has less than an equal part of it, so that one cannot shut out the others.
    bool is_full(const model::ZoneName& zone, std::uint64_t most,
                 const model::PartyId& source) const {
        const locks::Lock lock{mutex_};
        const auto found = zones_.find(zone);
        if (found == zones_.end() || found->second.deliveries < most) return false;
        const auto sender = under_way_.find(source);
        if (sender == under_way_.end()) return false;
        return sender->second.deliveries >= most / std::max(found->second.senders, 1UL);
    }

  private:
    struct Sender {
        model::ZoneName zone;
        std::uint64_t deliveries = 0;  // never 0 but while it is added to
    };
    struct Zone {
        std::uint64_t deliveries = 0;
        std::uint64_t senders = 0;
    };

    mutable locks::Mutex mutex_;
    std::unordered_map<model::PartyId, Sender> under_way_ SEKISHO_GUARDED_BY(mutex_);
    std::unordered_map<model::ZoneName, Zone> zones_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
