#include "gateway/store/memory_store.h"

#include "gateway/store/group_writer.h"
#include "gateway/store/memory_transaction.h"

namespace sekisho::store {

namespace {

class MemoryView final : public MemoryReads<View, locks::SharedLock> {
  public:
    using MemoryReads::MemoryReads;
};

// A group changes the tables under the exclusive lock, so that no view sees it half done.
class MemoryCommitter final : public GroupCommitter {
  public:
    GroupOutcome commit(std::span<WriterItem> group) override {
        const locks::Lock lock(shared.mutex);
        MemoryTransaction transaction(shared);
        GroupOutcome outcome{.committed = true};
        for (WriterItem& item : group) {
            const std::size_t savepoint = transaction.savepoint();
            auto result = perform(item.work, transaction);
            if (!result) transaction.roll_back_to(savepoint);
            outcome.results.push_back(std::move(result));
        }
        return outcome;
    }

    SharedTables shared;
};

}  // namespace

struct MemoryStore::State {
    MemoryCommitter committer;
    GroupWriter writer{committer};
};

MemoryStore::MemoryStore() : state_(std::make_unique<State>()) {}
MemoryStore::~MemoryStore() = default;

bool MemoryStore::submit(Work work, Completion completion) {
    return state_->writer.submit(std::move(work), std::move(completion));
}

Result<std::unique_ptr<View>> MemoryStore::view() {
    return std::make_unique<MemoryView>(state_->committer.shared);
}

StoreHealth MemoryStore::health() const {
    return state_->writer.health();
}

std::size_t MemoryStore::commit_group() {
    return state_->writer.commit_group();
}

void MemoryStore::run_writer(const std::stop_token& stop) {
    state_->writer.run(stop);
}

}  // namespace sekisho::store
