// An executor in no promised order: each step runs one of the tasks that wait, as chance has it.
// Refuses now and then, as a full one does. One thread.
#pragma once

#include <vector>

#include "gateway/platform/ports.h"
#include "tests/simulation/options.h"
#include "tests/support/chance.h"

namespace sekisho::tests::simulation {

class ShuffledExecutor final : public platform::Executor {
  public:
    ShuffledExecutor(Chance& chance, const Faults& faults) : chance_(chance), faults_(faults) {}

    bool post(platform::Task task) override {
        if (chance_.of(faults_.gateway.executor_full)) return false;
        tasks_.push_back(std::move(task));
        return true;
    }

    bool step() {
        if (tasks_.empty()) return false;
        const auto which = static_cast<std::ptrdiff_t>(chance_.below(tasks_.size()));
        platform::Task task = std::move(*(tasks_.begin() + which));
        tasks_.erase(tasks_.begin() + which);
        task();
        return true;
    }

  private:
    Chance& chance_;
    const Faults& faults_;
    std::vector<platform::Task> tasks_;
};

}  // namespace sekisho::tests::simulation
