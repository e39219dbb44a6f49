#include "gateway/platform/timer_queue.h"

#include <memory>
#include <vector>

namespace sekisho::platform {

namespace {

constexpr std::chrono::milliseconds kRefusedAgainAfter{50};

}  // namespace

TimerQueue::Id TimerQueue::after(std::chrono::milliseconds delay, Task task) {
    Id id = 0;
    bool is_first = false;  // else its thread sleeps until one that comes before
    {
        const locks::Lock lock(mutex_);
        id = next_++;
        const Monotonic when = clock_.monotonic() + delay;
        const auto placed = due_.emplace(Key{when, id}, std::move(task)).first;
        is_first = placed == due_.begin();
        when_.emplace(id, when);
    }
    if (is_first) changed_.notify_one();
    return id;
}

void TimerQueue::cancel(Id id) {
    Task cancelled;  // goes outside the lock: what it holds may call back
    const locks::Lock lock(mutex_);
    const auto when = when_.find(id);
    if (when == when_.end()) return;
    const auto due = due_.find(Key{when->second, id});
    cancelled = std::move(due->second);
    due_.erase(due);
    when_.erase(when);
}

void TimerQueue::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        fire_due();
        const locks::Lock lock(mutex_);
        if (due_.empty()) {
            changed_.wait(mutex_, stop,
                          [this]() SEKISHO_REQUIRES(mutex_) { return !due_.empty(); });
            continue;
        }
        const Monotonic first = due_.begin()->first.first;
        changed_.wait_for(mutex_, stop, first - clock_.monotonic(),
                          [this, first]() SEKISHO_REQUIRES(mutex_) {
                              return due_.empty() || due_.begin()->first.first != first;
                          });
    }
}

void TimerQueue::fire_due() {
    std::vector<std::pair<Id, Task>> fired;
    {
        const locks::Lock lock(mutex_);
        const Monotonic now = clock_.monotonic();
        while (!due_.empty() && due_.begin()->first.first <= now) {
            const auto first = due_.begin();
            when_.erase(first->first.second);
            fired.emplace_back(first->first.second, std::move(first->second));
            due_.erase(first);
        }
    }
    for (auto& [id, task] : fired) {
        // post() takes its task along even when it refuses, so the task itself is held here.
        const auto held = std::make_shared<Task>(std::move(task));
        if (executor_.post([held] { (*held)(); })) continue;
        const locks::Lock lock(mutex_);
        const Monotonic again = clock_.monotonic() + kRefusedAgainAfter;
        due_.emplace(Key{again, id}, [held] { (*held)(); });
        when_.emplace(id, again);
    }
}

}  // namespace sekisho::platform
