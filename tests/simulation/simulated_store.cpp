#include "tests/simulation/simulated_store.h"

#include <algorithm>
#include <stdexcept>

namespace sekisho::tests::simulation {

namespace {

using store::Result;
using store::Transaction;

constexpr std::size_t kLeavesMax = 1'000'000;

std::unexpected<model::Refusal> failed() {
    return std::unexpected(store::unavailable("模擬の障害", "a simulated fault"));
}

}  // namespace

bool SimulatedStore::submit(store::Work work, store::Completion completion) {
    if (chance_.of(options_.faults.store.queue_full) || has_stopped()) return false;
    waiting_.push_back({.work = std::move(work), .completion = std::move(completion)});
    return true;
}

Result<std::unique_ptr<store::View>> SimulatedStore::view() {
    if (chance_.of(options_.faults.store.unreadable)) return failed();
    return medium_.store().view();
}

store::StoreHealth SimulatedStore::health() const {
    store::StoreHealth health = medium_.store().health();
    health.waiting = waiting_.size();
    return health;
}

std::unique_ptr<store::View> SimulatedStore::look() {
    return must(medium_.store().view());
}

void SimulatedStore::forget() {
    waiting_.clear();
}

std::size_t SimulatedStore::commit(Course course) {
    if (waiting_.empty()) return 0;
    const std::size_t size = 1 + chance_.below(waiting_.size());
    std::vector<store::WriterItem> group;
    for (std::size_t i = 0; i < size; ++i) {
        group.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    if (course == Course::crash_before) return size;
    if (chance_.of(options_.faults.store.sync_fails)) medium_.fail_sync();
    const bool fails = chance_.of(options_.faults.store.group_fails);
    auto results = fails ? carry_out_in_vain(group) : carry_out(group);
    if (fails && options_.mutations.store_confirms_failures) {
        std::ranges::fill(results, Result<void>{});
    }
    witness_.note("commit of " + std::to_string(size) + (fails ? " fails" : ""));
    see_new_leaves();
    if (course == Course::crash_after) return size;
    for (std::size_t i = 0; i < size; ++i) group[i].completion(std::move(results[i]));
    return size;
}

std::vector<Result<void>> SimulatedStore::carry_out(std::span<store::WriterItem> group) {
    std::vector<Result<void>> results(group.size(), failed());
    for (std::size_t i = 0; i < group.size(); ++i) {
        const bool taken = medium_.store().submit(
            [&item = group[i]](Transaction& transaction) { return item.work(transaction); },
            [&result = results[i]](Result<void> given) { result = std::move(given); });
        if (!taken) break;
    }
    medium_.store().commit_group();
    return results;
}

// All in one transaction that is undone whole: later works see what earlier ones wrote, and nothing
// of it stays.
std::vector<Result<void>> SimulatedStore::carry_out_in_vain(std::span<store::WriterItem> group) {
    const bool taken = medium_.store().submit(
        [group](Transaction& transaction) -> Result<void> {
            for (store::WriterItem& item : group) (void)item.work(transaction);
            return failed();
        },
        [](const Result<void>&) {});
    if (taken) medium_.store().commit_group();
    return std::vector<Result<void>>(group.size(), failed());
}

void SimulatedStore::see_new_leaves() {
    auto leaves = must(look()->leaves(leaves_seen_, kLeavesMax));
    if (leaves.empty()) return;
    const std::uint64_t from = leaves_seen_;
    leaves_seen_ += leaves.size();
    if (options_.mutations.audit_is_deaf) {
        for (std::string& leaf : leaves) {
            if (leaf.find("\"kind\":\"outcome\"") != std::string::npos) leaf = "{}";
        }
    }
    witness_.see(LeavesAppended{.from = from, .leaves = std::move(leaves)});
}

}  // namespace sekisho::tests::simulation
