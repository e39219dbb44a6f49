// Turns at what one thread does at a time and the others wait for, each no longer than its
// deadline: getting the token that all of them need.
//
// What belongs to whoever has the turn needs no mutex of its own. Threads: any number.
#pragma once

#include "adapters/api/adapter.h"
#include "adapters/locks/condition.h"

namespace sekisho::peer {

class Turns {
  public:
    bool take(adapters::Deadline deadline) SEKISHO_EXCLUDES(mutex_);  // false: not in time
    void give_back() SEKISHO_EXCLUDES(mutex_);

  private:
    locks::Mutex mutex_;
    locks::Condition given_back_;
    bool taken_ SEKISHO_GUARDED_BY(mutex_) = false;
};

// One turn, to the end of the scope.
class Turn {
  public:
    Turn(Turns& turns, adapters::Deadline deadline) : turns_(turns), taken_(turns.take(deadline)) {}
    ~Turn() {
        if (taken_) turns_.give_back();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    bool is_taken() const { return taken_; }

  private:
    Turns& turns_;
    const bool taken_;
};

}  // namespace sekisho::peer
