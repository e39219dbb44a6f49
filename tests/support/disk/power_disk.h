// A disk whose power can be cut: what SQLite wrote and did not sync is on the medium or not, piece
// by piece, as a seed has it.
//
// The files themselves stand in a folder, as SQLite's own VFS keeps them, so that locks and shared
// memory are the real ones; beside them this object keeps what the medium holds for sure and each
// change since. A medium, for this model:
//
// - keeps what was synced; of every later write it keeps all, nothing, or some of its sectors, each
//   write for itself and in no order; a truncation likewise;
// - knows a file's name only once its folder was synced: with the first sync of a new journal or
//   write-ahead log, as SQLite does it, or by synced_folder(), as the store does it after opening;
// - forgets what a failed sync was to keep: the system holds such pages for clean and never writes
//   them again, yet shows them to whoever reads (the "fsync gate" of 2018, as Linux does it).
//
// Calls that change something are counted from 1 over all files; at one of them the power may go,
// or the call fail. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/disk/watched_vfs.h"

namespace sekisho::tests {

// What is left of changes that were not synced.
enum class Loss : std::uint8_t { by_chance, all };

struct DiskFault {
    enum class Lasting : std::uint8_t { once, on };
    std::uint64_t at = 0;  // the call that fails
    int code = 0;          // SQLITE_IOERR or SQLITE_FULL; a sync that fails is always an I/O error
    Lasting lasting = Lasting::once;
};

class PowerDisk {
  public:
    explicit PowerDisk(std::string name);
    ~PowerDisk();

    const std::string& name() const { return vfs_.name(); }
    std::uint64_t calls() const { return calls_; }  // that would change something, so far

    // From this call on every call fails but a read, and nothing reaches the disk; of what is under
    // way when the power goes a part may.
    enum class End : std::uint8_t { power, process };
    void end_at(std::uint64_t call, End end);
    void end_now(End end) { end_at(0, end); }
    void fail(const DiskFault& fault) { fault_ = fault; }
    void fail_next_sync() { fail_next_sync_ = true; }
    void heal();
    bool has_ended() const { return calls_ >= end_at_; }
    bool has_met_trouble() const { return met_trouble_; }  // since the last restart
    // Of the database or its write-ahead log.
    bool has_failed_to_sync() const { return failed_to_sync_; }
    void synced_folder();

    // Puts what the next process finds into `folder`, an empty one, and starts over: after a power
    // cut what the medium kept; after the end of a process all that it wrote in `from`.
    void come_back_from_cut(const std::string& folder, Loss loss, std::uint64_t seed);
    void come_back_from_exit(const std::string& from, const std::string& folder);

  private:
    struct File;
    using Files = std::map<std::string, std::shared_ptr<File>>;

    int before(const WatchedCall& call);
    int fate_of(const WatchedCall& call);
    bool is_to_fail(DiskCall kind) const;
    int failure_of(const WatchedCall& call);
    void record(const WatchedCall& call);
    void record_sync(const WatchedCall& call);
    std::shared_ptr<File>& file(const std::string& name);
    void start_over();

    std::uint64_t calls_ = 0;
    std::uint64_t end_at_ = UINT64_MAX;
    End end_ = End::power;
    std::optional<DiskFault> fault_;
    bool fail_next_sync_ = false;
    bool met_trouble_ = false;
    bool failed_to_sync_ = false;
    Files files_;      // as a process sees them, by name without folder
    Files on_medium_;  // as the folder was last synced
    WatchedVfs vfs_;
};

}  // namespace sekisho::tests
