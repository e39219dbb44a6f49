// A bounded queue of tasks and the loop that runs them.
//
// Thread-safe. Wiring starts as many threads on run() as it wants; run() returns once `stop` is
// requested and the queue is empty (drain). A task that throws ends in the sink given at
// construction; it never takes a thread along. Once the last run() has returned, post() refuses
// until another one begins; without any run() yet, tasks gather.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <utility>

#include "gateway/platform/ports.h"

namespace sekisho::platform {

class QueueExecutor final : public Executor {
  public:
    // Told what a task threw, in the thread that ran it. Must not throw.
    using FaultSink = std::function<void(std::string_view what)>;

    explicit QueueExecutor(std::size_t tasks_max, FaultSink fault_sink = {})
        : tasks_max_(tasks_max), fault_sink_(std::move(fault_sink)) {}

    bool post(Task task) override;
    void run(const std::stop_token& stop);
    std::size_t
    run_pending();  // runs what is queued now in the calling thread; for tests and drains
    std::size_t queued() const;

  private:
    void perform(Task task);

    const std::size_t tasks_max_;
    const FaultSink fault_sink_;
    mutable std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<Task> tasks_;   // guarded by mutex_
    std::size_t runners_ = 0;  // guarded by mutex_
    bool stopped_ = false;     // guarded by mutex_
};

}  // namespace sekisho::platform
