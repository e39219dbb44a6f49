// A bounded queue of tasks and the loop that runs them.
//
// Thread-safe. Wiring starts as many threads on run() as it wants; run() returns once `stop` is
// requested and the queue is empty (drain). A task that throws ends in the sink given at
// construction; it never takes a thread along. Once the last run() has returned, post() refuses
// until another one begins; without any run() yet, tasks gather.
#pragma once

#include <deque>
#include <functional>
#include <stop_token>
#include <string_view>
#include <utility>

#include "adapters/locks/condition.h"
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
    void perform(Task task) SEKISHO_EXCLUDES(mutex_);

    const std::size_t tasks_max_;
    const FaultSink fault_sink_;
    mutable locks::Mutex mutex_;
    locks::StoppableCondition ready_;
    std::deque<Task> tasks_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t runners_ SEKISHO_GUARDED_BY(mutex_) = 0;
    bool stopped_ SEKISHO_GUARDED_BY(mutex_) = false;
};

}  // namespace sekisho::platform
