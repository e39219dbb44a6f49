// The write-ahead log that a gateway left behind when it did not stop by itself.
#pragma once

#include <string>

#include "gateway/store/store.h"

namespace sekisho::store {

// Whether SQLite's log of the database at `path` has something in it: whoever used it last was
// killed, or lost its power, or failed to put the log into the database.
bool is_log_left(const std::string& path);

// Writes each byte of that log again, as it is, and syncs it. What a process reads after another's
// fsync failed is not what is on disk: Linux holds such pages for clean, shows them, and never
// writes them again. A log continued behind them would break at that place with the next power cut,
// and lose what was acknowledged since. Call before SQLite opens the database, under the gateway's
// lock. `vfs` as in SqliteOptions.
Result<void> write_log_again(const std::string& path, const std::string& vfs);

}  // namespace sekisho::store
