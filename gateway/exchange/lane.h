// One lane. See lanes.h for what lanes are; this is how one runs. Internal to the room.
//
// pump() -> a Work leases what is due -> each lease runs on a deliverer -> its outcome is settled
// by another Work -> pump() again. What goes to a reader is released by a Work of its own before
// (release.h). At most one lease Work is under way at a time, at most
// kLaneInFlightMax deliveries are in flight, and of one delivery never two calls at once: should
// its lease run out under a call (the clock jumped), the next attempt waits for the end of that
// lease.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <set>

#include "adapters/locks/mutex.h"
#include "gateway/exchange/backoff.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/release.h"

namespace sekisho::exchange {

class Lane : public std::enable_shared_from_this<Lane> {
  public:
    Lane(const LaneCollaborators& with, model::Via via, adapters::Adapter& adapter, Wake wake)
        : with_(with), via_(std::move(via)), adapter_(adapter), wake_(std::move(wake)) {}

    void pump() SEKISHO_EXCLUDES(mutex_);
    void stop() SEKISHO_EXCLUDES(mutex_);
    const model::Via& via() const { return via_; }
    LaneView view() const SEKISHO_EXCLUDES(mutex_);

  private:
    struct Attempt {
        adapters::Outcome outcome;
        bool withdrawn = false;                       // the reader's right is gone
        bool tried = true;                            // false: the peer was not asked
        std::optional<model::Instant> accepted_at{};  // where its record could be read
    };
    struct Settled {
        store::Settlement settlement;
        std::optional<std::string> leaf{};
        bool kept = false;             // the lease was still its own
        bool may_move = false;         // its way is silent, or may not carry it
        bool moved = false;            // to another
        std::optional<Queue> wakes{};  // another lane: there is something for it now
    };

    std::size_t claim_slots() SEKISHO_EXCLUDES(mutex_);
    void lease(std::size_t slots);
    void take(const std::vector<store::StoredDelivery>& leased);
    void wait_for_next();
    void run(const store::StoredDelivery& delivery);
    std::expected<Release, Attempt> open(const store::StoredDelivery& delivery);
    void release(const store::StoredDelivery& delivery, const std::shared_ptr<Release>& release);
    Attempt call(const store::StoredDelivery& delivery, Release& release);
    void end(const store::StoredDelivery& delivery, const Attempt& attempt);
    void give_up_turn(const store::StoredDelivery& delivery) SEKISHO_EXCLUDES(mutex_);
    Settled conclude(const store::StoredDelivery& delivery, const Attempt& attempt);
    void put_back(const store::StoredDelivery& delivery, const adapters::Outcome& outcome,
                  Settled& settled);
    void settle(const store::StoredDelivery& delivery, Settled settled);
    model::Result<void> write(store::Transaction& transaction,
                              const store::StoredDelivery& delivery, Settled& settled) const;
    model::Result<void> move(store::Transaction& transaction, const store::StoredDelivery& delivery,
                             Settled& settled) const;
    void finished(store::DeliveryId delivery) SEKISHO_EXCLUDES(mutex_);
    void pump_after(std::chrono::milliseconds delay) SEKISHO_EXCLUDES(mutex_);
    void count(const store::StoredDelivery& delivery, store::DeliveryState state);

    const LaneCollaborators& with_;
    const model::Via via_;
    adapters::Adapter& adapter_;
    const Wake wake_;

    mutable locks::Mutex mutex_;
    bool stopped_ SEKISHO_GUARDED_BY(mutex_) = false;
    bool leasing_ SEKISHO_GUARDED_BY(mutex_) = false;
    bool tried_first_ SEKISHO_GUARDED_BY(mutex_) = false;  // the next lease begins with these
    bool woken_ SEKISHO_GUARDED_BY(mutex_) = false;        // woken while leasing: look again
    std::size_t in_flight_ SEKISHO_GUARDED_BY(mutex_) = 0;
    // A call of theirs is under way.
    std::set<store::DeliveryId> called_ SEKISHO_GUARDED_BY(mutex_){};
    std::optional<platform::Timer::Id> timer_ SEKISHO_GUARDED_BY(mutex_){};
    CircuitBreaker breaker_ SEKISHO_GUARDED_BY(mutex_);
    RetryBudget budget_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
