#include "tests/support/disk/faulty_vfs.h"

#include <utility>

namespace sekisho::tests {

namespace {

// Whether a planned fault is met by this call.
bool counted_down(std::atomic<std::int64_t>& left) {
    if (left == 0) return false;
    if (left == 1) return true;  // and stays so
    --left;
    return false;
}

}  // namespace

FaultyVfs::FaultyVfs(std::string name)
    : vfs_(std::move(name), [this](const WatchedCall& call) { return before(call); }) {}

void FaultyVfs::heal() {
    syncs_left_ = 0;
    database_syncs_left_ = 0;
    writes_left_ = 0;
    full_ = false;
    failed_ = false;
}

int FaultyVfs::before(const WatchedCall& call) {
    if (call.kind == DiskCall::sync) return before_sync(call.is_database());
    return call.kind == DiskCall::write ? before_write() : SQLITE_OK;
}

int FaultyVfs::before_sync(bool is_database) {
    const bool database_fault = is_database && counted_down(database_syncs_left_);
    if (!counted_down(syncs_left_) && !database_fault) return SQLITE_OK;
    failed_ = true;
    return SQLITE_IOERR_FSYNC;
}

int FaultyVfs::before_write() {
    if (full_) {
        failed_ = true;
        return SQLITE_FULL;
    }
    if (!counted_down(writes_left_)) return SQLITE_OK;
    failed_ = true;
    return SQLITE_IOERR_WRITE;
}

}  // namespace sekisho::tests
