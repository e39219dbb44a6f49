// One run of the real SqliteStore on a disk whose power is cut: some lives of a gateway, each with
// its fault and its end, from one seed.
//
// Beside it stands a MemoryStore that is asked only what was acknowledged. After each restart the
// store must be the same as it, or the same after the one group that was under way: that group
// whole or nothing of it. Nothing acknowledged is lost, doubled or half done; the log's head is the
// one of its leaves. After a failed sync nothing more is acknowledged in that life.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/store/memory_store.h"
#include "gateway/store/sqlite_store.h"
#include "tests/crash/store/workload.h"
#include "tests/support/disk/power_disk.h"

namespace sekisho::store {

// What happened, so that one can see that something did.
struct CrashFigures {
    std::size_t acknowledged = 0;  // operations
    std::size_t refused = 0;       // operations, for a reason of their own
    std::size_t failed = 0;        // groups
    std::size_t cuts = 0;          // of the power
    std::size_t exits = 0;         // of the process alone
    std::size_t ended_at_open = 0;
    std::size_t syncs_failed = 0;
    std::size_t survived = 0;  // groups found after a restart that nobody had been told of
    std::size_t vanished = 0;  // likewise, not found
};

struct CrashReport {
    std::vector<std::string> complaints{};
    std::vector<std::string> trace{};
    CrashFigures figures{};
};

// How one life goes: its fault and its end, counted in calls from its beginning.
struct Life {
    std::optional<tests::DiskFault> fault{};
    std::uint64_t sync_fails_before_group = 0;  // 0: none
    std::uint64_t ends_at = 0;                  // 0: after its last group
    tests::PowerDisk::End end = tests::PowerDisk::End::power;
    tests::Loss loss = tests::Loss::by_chance;
    bool closes = false;  // as an administrator stops it; then what is left is lost or not
    std::size_t groups = 12;
};

class StoreRun {
  public:
    explicit StoreRun(std::uint64_t seed);
    ~StoreRun();
    StoreRun(const StoreRun&) = delete;
    StoreRun& operator=(const StoreRun&) = delete;

    void live(const Life& life);
    Life any_life();
    // A last life without faults, and the report.
    CrashReport finish();
    std::uint64_t calls() const { return disk_.calls(); }

  private:
    bool open();
    void compare();
    bool carry_out(Group group);
    void check(const std::vector<Result<void>>& results, bool had_failed_to_sync);
    std::vector<Result<void>> ask(Store& store, const Group& group);
    void end(const Life& life);
    std::string folder() const { return root_ + "/" + std::to_string(lives_); }
    void note(std::string line) { report_.trace.push_back(std::move(line)); }
    void complain(const std::string& sentence);

    tests::Chance chance_;
    tests::PowerDisk disk_{"power"};
    Workload workload_{chance_};
    std::string root_;
    std::size_t lives_ = 0;
    MemoryStore expected_;
    std::unique_ptr<SqliteStore> store_;
    Group under_way_;  // failed last: whole or not at all
    CrashReport report_;
};

// The run of a seed.
CrashReport run_of(std::uint64_t seed);

}  // namespace sekisho::store
