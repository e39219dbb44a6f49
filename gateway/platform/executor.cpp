#include "gateway/platform/executor.h"

#include <exception>

namespace sekisho::platform {

bool QueueExecutor::post(Task task) {
    {
        const std::scoped_lock lock(mutex_);
        if (stopped_ || tasks_.size() >= tasks_max_) return false;
        tasks_.push_back(std::move(task));
    }
    ready_.notify_one();
    return true;
}

void QueueExecutor::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    ++runners_;
    stopped_ = false;
    for (;;) {
        ready_.wait(lock, stop, [this] { return !tasks_.empty(); });
        if (tasks_.empty()) break;  // stop was requested, and nothing is left
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        perform(std::move(task));
        lock.lock();
    }
    // A task of another runner may still post: that runner takes it. Behind the last one nobody
    // would.
    if (--runners_ == 0) stopped_ = true;
}

std::size_t QueueExecutor::run_pending() {
    std::deque<Task> pending;
    {
        const std::scoped_lock lock(mutex_);
        pending.swap(tasks_);
    }
    for (Task& task : pending) perform(std::move(task));
    return pending.size();
}

std::size_t QueueExecutor::queued() const {
    const std::scoped_lock lock(mutex_);
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
