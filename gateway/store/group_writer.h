// The writer's queue, the same for every store: items gather, one thread commits them by groups.
//
// Bounded by limits::kWriterQueueMax items waiting and kWriterGroupMax in a group. submit() may be
// called from any thread; groups are committed one at a time; completions are called after the
// commit, outside every lock, in the order of their items.
#pragma once

#include <deque>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/locks/condition.h"
#include "gateway/store/store.h"

namespace sekisho::store {

struct WriterItem {
    Work work;
    Completion completion;
};

// What became of a group: one result for each item, in order. `committed` is false when the
// transaction failed whole. `stop` says why nothing may be accepted any more.
struct GroupOutcome {
    std::vector<Result<void>> results{};
    bool committed = false;
    std::optional<std::string> stop{};
};

// One transaction around a group. Called by one thread at a time.
class GroupCommitter {
  public:
    virtual ~GroupCommitter() = default;
    virtual GroupOutcome commit(std::span<WriterItem> group) = 0;
    // Upkeep after the completions of a group, such as a checkpoint; a reason to stop accepting, or
    // nothing.
    virtual std::optional<std::string> tidy() { return std::nullopt; }
};

class GroupWriter {
  public:
    explicit GroupWriter(GroupCommitter& committer) : committer_(committer) {}

    bool submit(Work work, Completion completion);
    std::size_t commit_group() SEKISHO_EXCLUDES(committing_, mutex_);
    void run(const std::stop_token& stop);
    StoreHealth health() const SEKISHO_EXCLUDES(mutex_);
    // For good; the first reason stays.
    void stop_accepting(const std::string& reason) SEKISHO_EXCLUDES(mutex_);

  private:
    std::vector<WriterItem> take_group() SEKISHO_EXCLUDES(mutex_);

    locks::Mutex committing_ SEKISHO_ACQUIRED_BEFORE(mutex_);  // held while a group is committed
    GroupCommitter& committer_ SEKISHO_GUARDED_BY(committing_);
    mutable locks::Mutex mutex_;
    locks::StoppableCondition gathered_;
    std::deque<WriterItem> waiting_ SEKISHO_GUARDED_BY(mutex_);
    StoreHealth health_ SEKISHO_GUARDED_BY(mutex_);  // `waiting` is filled in by health()
};

// Runs a Work. One that throws is refused like one that refuses: it must not take the writer along.
Result<void> perform(Work& work, Transaction& transaction);

// store_unavailable, with when to try again.
model::Refusal unavailable(std::string ja, std::string en);

}  // namespace sekisho::store
