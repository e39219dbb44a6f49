// One epoll shared by a few workers, with the deadlines of everything in it.
//
// A Pollable is armed for one event at a time (one-shot): it is called by one worker, does what it
// can without waiting, and arms itself again. So no thread is held by a connection that waits.
// Deadlines lie in one ordered set behind one timer descriptor; moving a deadline later costs
// nothing until the old one comes.
//
// Ownership: the Poller shares each Pollable from add() to remove(), a worker shares it while it
// calls it. Ids are never used twice, so an event that comes late finds nothing. The Poller calls
// nobody while it holds its own mutex; Pollables may call it while they hold theirs.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/platform/ports.h"
#include "routing/model/problem.h"

namespace sekisho::listener {

using platform::Monotonic;

class Pollable {
  public:
    virtual ~Pollable() = default;
    virtual void on_ready() = 0;     // what it was armed for has come; may come in vain
    virtual void on_deadline() = 0;  // a deadline it set has passed; may come in vain
    virtual void on_drain() = 0;     // no new work; close what is idle
    virtual void on_close() = 0;     // close now
};

enum class Interest : std::uint8_t { read, write };

class Poller {
  public:
    using Id = std::uint64_t;

    static model::Result<std::shared_ptr<Poller>> open(const platform::Clock& clock);
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    Id next_id();
    // Known but not armed. False: the kernel refused.
    [[nodiscard]] bool add(Id id, int descriptor, std::shared_ptr<Pollable> what);
    void arm(Id id, int descriptor, Interest interest);
    void set_deadline(Id id, Monotonic deadline);  // Monotonic::max(): none
    void remove(Id id, int descriptor);            // before the descriptor is closed

    // A worker: until `stop`. Any number at once; blocks SIGPIPE in its thread.
    void run(const std::stop_token& stop);

    void drain();      // tells everybody
    void close_all();  // closes everybody

  private:
    struct Slot {
        std::shared_ptr<Pollable> what;
        Monotonic wanted = Monotonic::max();
        Monotonic queued = Monotonic::max();  // its entry in queue_, never later than wanted
    };
    using Entry = std::pair<Monotonic, Id>;

    Poller(const platform::Clock& clock, int epoll, int timer, int wake);

    std::shared_ptr<Pollable> find(Id id);
    std::vector<std::shared_ptr<Pollable>> everybody();
    void fire_deadlines() SEKISHO_EXCLUDES(mutex_);
    void set_timer(Monotonic now) SEKISHO_REQUIRES(mutex_);
    void queue(Id id, Slot& slot) SEKISHO_REQUIRES(mutex_);

    const platform::Clock& clock_;
    const int epoll_;
    const int timer_;
    const int wake_;
    locks::Mutex mutex_;
    Id last_id_ SEKISHO_GUARDED_BY(mutex_) = 15;  // the ids below are the Poller's own
    std::unordered_map<Id, Slot> slots_ SEKISHO_GUARDED_BY(mutex_);
    std::set<Entry> queue_ SEKISHO_GUARDED_BY(mutex_);
    Monotonic timer_set_ SEKISHO_GUARDED_BY(mutex_) = Monotonic::max();
};

}  // namespace sekisho::listener
