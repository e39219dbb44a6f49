// std::condition_variable and, where a stop token ends the wait, std::condition_variable_any, for a
// locks::Mutex that is held; each call is handed on.
//
// Every wait is for a condition, looked at under the mutex; it says so by SEKISHO_REQUIRES. What
// comes back is whether it holds. The mutex is held again then.
#pragma once

#include <condition_variable>
#include <stop_token>
#include <utility>

#include "adapters/locks/mutex.h"

namespace sekisho::locks {

// A held Mutex as the standard's waits want it; it stays held, even when a condition throws.
class Lent {
  public:
    explicit Lent(Mutex& mutex) : lock_(mutex.mutex_, std::adopt_lock) {}
    ~Lent() { lock_.release(); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;

    std::unique_lock<std::mutex>& lock() { return lock_; }

  private:
    std::unique_lock<std::mutex> lock_;
};

class Condition {
  public:
    template <class Duration, class Holds>
    bool wait_for(Mutex& mutex, const Duration& longest, Holds holds) SEKISHO_REQUIRES(mutex) {
        return changed_.wait_for(Lent{mutex}.lock(), longest, std::move(holds));
    }
    template <class Time, class Holds>
    bool wait_until(Mutex& mutex, const Time& end, Holds holds) SEKISHO_REQUIRES(mutex) {
        return changed_.wait_until(Lent{mutex}.lock(), end, std::move(holds));
    }
    void notify_one() { changed_.notify_one(); }
    void notify_all() { changed_.notify_all(); }

  private:
    std::condition_variable changed_;
};

// Whose waits a requested stop ends too: then what comes back may be false.
class StoppableCondition {
  public:
    template <class Holds>
    bool wait(Mutex& mutex, const std::stop_token& stop, Holds holds) SEKISHO_REQUIRES(mutex) {
        return changed_.wait(Lent{mutex}.lock(), stop, std::move(holds));
    }
    template <class Duration, class Holds>
    bool wait_for(Mutex& mutex, const std::stop_token& stop, const Duration& longest, Holds holds)
        SEKISHO_REQUIRES(mutex) {
        return changed_.wait_for(Lent{mutex}.lock(), stop, longest, std::move(holds));
    }
    void notify_one() { changed_.notify_one(); }

  private:
    std::condition_variable_any changed_;
};

}  // namespace sekisho::locks
