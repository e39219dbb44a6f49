// A look at a database beside its gateway, which may be running: what it is, whether it reads, and
// how much is in it. Nothing is written, and no file is made beside it; of a running gateway's a
// reader's shared locks are held while it is looked at, which keep nobody from writing.
//
// A database that was closed well has no write-ahead log, and is read as one that nobody changes
// (SQLite's `immutable`); one that has a log is read with the log and the index of it that are
// there. Pages are checked where the file is small enough for that (SQLite does not look at a clock
// meanwhile), rows counted until the deadline; what was not finished says so. A database that was
// closed and found damaged while a gateway began is not called so. No content leaves this file:
// names of tables, of adapters and of states, and numbers. Single-threaded; each call has a
// connection of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/store.h"
#include "routing/model/limits.h"

namespace sekisho::store {

using LookDeadline = std::chrono::steady_clock::time_point;

enum class Pages : std::uint8_t { sound, damaged, not_finished };

struct StoreLook {
    std::int64_t schema_version = 0;
    bool writes_ahead = false;  // journal mode WAL, as the file's header says
    Pages pages = Pages::not_finished;
    std::string damage{};  // SQLite's words, where there is any: tables and pages, no values
};

// The largest file that is read through: some seconds of a disk.
inline constexpr std::uint64_t kReadThroughBytesMax = 512 * model::limits::kMebibyte;

// Refused as SqliteStore refuses what is no database, or another program's.
Result<StoreLook> look_at_store(const std::string& path, LookDeadline deadline,
                                std::uint64_t read_through_max = kReadThroughBytesMax);

struct CountedRows {
    std::string what;                     // "message", "delivery platform queued"
    std::optional<std::uint64_t> rows{};  // none: not counted in time
};
Result<std::vector<CountedRows>> count_store(const std::string& path, LookDeadline deadline);

// The version that this program writes and reads.
std::int64_t known_schema_version();

}  // namespace sekisho::store
