// MemoryStore: the contract without a disk, for tests and simulation. Durable exactly as long as
// the object lives.
#pragma once

#include <memory>

#include "gateway/store/store.h"

namespace sekisho::store {

class MemoryStore final : public Store {
  public:
    MemoryStore();
    ~MemoryStore() override;

    bool submit(Work work, Completion completion) override;
    Result<std::unique_ptr<View>> view() override;
    StoreHealth health() const override;
    std::size_t commit_group() override;
    void run_writer(const std::stop_token& stop) override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::store
