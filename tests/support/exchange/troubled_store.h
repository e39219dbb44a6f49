// A MemoryStore whose commits fail on command.
#pragma once

#include "gateway/store/memory_store.h"

namespace sekisho::tests {

class TroubledStore final : public store::Store {
  public:
    enum class Trouble : std::uint8_t {
        none,
        undone,    // a group fails and is rolled back, as on a full disk
        in_doubt,  // a group fails though all of it is there, and the store stops
    };
    Trouble trouble = Trouble::none;

    bool submit(store::Work work, store::Completion completion) override {
        return inner_.submit(
            [this, work = std::move(work)](
                store::Transaction& transaction) mutable -> store::Result<void> {
                return trouble == Trouble::undone ? failed() : work(transaction);
            },
            [this, completion = std::move(completion)](store::Result<void> result) mutable {
                completion(trouble == Trouble::none ? std::move(result) : failed());
            });
    }
    store::Result<std::unique_ptr<store::View>> view() override { return inner_.view(); }
    store::StoreHealth health() const override {
        store::StoreHealth health = inner_.health();
        health.accepting = trouble != Trouble::in_doubt;
        return health;
    }
    std::size_t commit_group() override { return inner_.commit_group(); }
    void run_writer(const std::stop_token& stop) override { inner_.run_writer(stop); }

  private:
    static store::Result<void> failed() { return model::refuse(model::Problem::store_unavailable); }

    store::MemoryStore inner_;
};

}  // namespace sekisho::tests
