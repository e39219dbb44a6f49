// Detours: what waits at a leg that is silent goes by another, where the rule of its type lets it.
//
// Only what is queued moves; a call that is under way ends first. The peer at the other end is the
// same, so a message that did arrive by the first leg is known there by its source and id. Of one
// order key only the first leaves, by whichever way it waits at; when it is gone the lane or
// mailbox where the next waits is woken. Internal to the room.
#pragma once

#include <memory>
#include <optional>
#include <set>

#include "gateway/exchange/lanes.h"

namespace sekisho::exchange {

// Moves one that is queued, if there is another way for it; where it waits from now on.
model::Result<std::optional<Queue>> take_other_way(store::Transaction& transaction,
                                                   const LaneCollaborators& with,
                                                   const store::WaitingDelivery& waiting);

// Where the next of its order key waits, once `gone` holds it back no more.
model::Result<std::optional<Queue>> queue_of_next(store::View& view,
                                                  const store::StoredDelivery& gone);

// Takes what waits at one way to others, some hundred in one transaction. begin() starts a round,
// or another one behind that which is under way; a store that does not take it is asked again.
// `wake` is called for each queue that got something. Thread-safe.
class Relief : public std::enable_shared_from_this<Relief> {
  public:
    Relief(const LaneCollaborators& with, model::Via via, Wake wake)
        : with_(with), via_(std::move(via)), wake_(std::move(wake)) {}

    void begin() SEKISHO_EXCLUDES(mutex_);
    void stop() SEKISHO_EXCLUDES(mutex_);

  private:
    struct Piece {
        std::vector<store::StoredDelivery> moved{};
        std::set<Queue> queues{};
        store::WaitingAfter after{};
        bool is_last = false;
    };

    void go_on() SEKISHO_EXCLUDES(mutex_);
    void go_on_later() SEKISHO_EXCLUDES(mutex_);
    model::Result<void> take(store::Transaction& transaction, Piece& piece) const;
    void took(const Piece& piece) SEKISHO_EXCLUDES(mutex_);

    const LaneCollaborators& with_;
    const model::Via via_;
    const Wake wake_;
    mutable locks::Mutex mutex_;
    bool under_way_ SEKISHO_GUARDED_BY(mutex_) = false;
    bool again_ SEKISHO_GUARDED_BY(mutex_) = false;
    bool stopped_ SEKISHO_GUARDED_BY(mutex_) = false;
    store::WaitingAfter after_ SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::exchange
