// Timers in one ordered queue, fired by one thread onto an executor.
//
// Thread-safe. Wiring starts one thread on run(). fire_due() does the same work once, for a fake
// clock. A task the executor refuses is tried again a moment later: a timer is never lost.
#pragma once

#include <map>
#include <stop_token>
#include <utility>

#include "adapters/locks/condition.h"
#include "gateway/platform/ports.h"

namespace sekisho::platform {

class TimerQueue final : public Timer {
  public:
    TimerQueue(const Clock& clock, Executor& executor) : clock_(clock), executor_(executor) {}

    Id after(std::chrono::milliseconds delay, Task task) override;
    void cancel(Id id) override;
    void run(const std::stop_token& stop);
    void fire_due() SEKISHO_EXCLUDES(mutex_);

  private:
    using Key = std::pair<Monotonic, Id>;

    const Clock& clock_;
    Executor& executor_;
    locks::Mutex mutex_;
    locks::StoppableCondition changed_;
    Id next_ SEKISHO_GUARDED_BY(mutex_) = 1;
    std::map<Key, Task> due_ SEKISHO_GUARDED_BY(mutex_);
    std::map<Id, Monotonic> when_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::platform
