// The calls that are being answered, each by the key that makes its repeats the same call
// (Idempotency-Key), so that a repeat never begins beside its first.
//
// Kept in memory alone: what a stop of the program interrupts was either committed or never was.
// Thread-safe. A ticket may outlive this.
#pragma once

#include <memory>
#include <set>

#include "adapters/locks/mutex.h"
#include "routing/model/envelope.h"

namespace sekisho::listener {

class CallsUnderWay {
  public:
    class Ticket;  // the call is under way until it is gone

    CallsUnderWay();

    // nullptr: such a call is under way.
    std::shared_ptr<const Ticket> begin(const model::MessageKey& key);

  private:
    struct Keys {
        locks::Mutex mutex;
        std::set<model::MessageKey> held SEKISHO_GUARDED_BY(mutex);
    };
    const std::shared_ptr<Keys> keys_;
};

}  // namespace sekisho::listener
