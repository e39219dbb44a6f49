// A disk that fails when told to: SQLite's own VFS with a hand on its sync and write calls.
//
// Registered under name() for as long as the object lives; all faults are off at first.
// Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "tests/support/disk/watched_vfs.h"

namespace sekisho::tests {

class FaultyVfs {
  public:
    explicit FaultyVfs(std::string name);

    const std::string& name() const { return vfs_.name(); }

    // The nth call from now fails, and then every one after it until healed; 1: the next.
    void fail_sync(std::int64_t nth) { syncs_left_ = nth; }
    void fail_database_sync(std::int64_t nth) { database_syncs_left_ = nth; }
    void fail_write(std::int64_t nth) { writes_left_ = nth; }
    void fill_disk(bool full) { full_ = full; }
    void heal();
    bool has_failed() const { return failed_; }

  private:
    int before(const WatchedCall& call);
    int before_sync(bool is_database);
    int before_write();

    std::atomic<std::int64_t> syncs_left_{0};           // 0: no fault planned
    std::atomic<std::int64_t> database_syncs_left_{0};  // likewise
    std::atomic<std::int64_t> writes_left_{0};          // likewise
    std::atomic<bool> full_{false};
    std::atomic<bool> failed_{false};
    WatchedVfs vfs_;
};

}  // namespace sekisho::tests
