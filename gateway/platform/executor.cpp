#include "gateway/platform/executor.h"

#include <exception>

namespace sekisho::platform {

bool QueueExecutor::post(Task task) {
    {
        const locks::Lock lock(mutex_);
        if (stopped_ || tasks_.size() >= tasks_max_) return false;
        tasks_.push_back(std::move(task));
    }
    ready_.notify_one();
    return true;
}

void QueueExecutor::run(const std::stop_token& stop) {
    const locks::Lock lock(mutex_);
    ++runners_;
    stopped_ = false;
    for (;;) {
        ready_.wait(mutex_, stop, [this]() SEKISHO_REQUIRES(mutex_) { return !tasks_.empty(); });
        if (tasks_.empty()) break;  // stop was requested, and nothing is left
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        const locks::Unlock unlocked(mutex_);
        perform(std::move(task));
    }
    // A task of another runner may still post: that runner takes it. Behind the last one nobody
    // would.
    if (--runners_ == 0) stopped_ = true;
}

std::size_t QueueExecutor::run_pending() {
    std::deque<Task> pending;
    {
        const locks::Lock lock(mutex_);
        pending.swap(tasks_);
    }
    for (Task& task : pending) perform(std::move(task));
    return pending.size();
}

std::size_t QueueExecutor::queued() const {
    const locks::Lock lock(mutex_);
    return tasks_.size();
}

void QueueExecutor::perform(Task task) {
    try {
        task();
    } catch (const std::exception& fault) {
        if (fault_sink_) fault_sink_(fault.what());
    } catch (...) {
        if (fault_sink_) fault_sink_("a task threw something that is no exception");
    }
}

}  // namespace sekisho::platform
