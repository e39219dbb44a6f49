// SQLite's own VFS with somebody looking at each call: who watches may let it happen or give an
// error code in its place. Locks and shared memory pass unseen.
//
// Registered under name() for as long as the object lives. The watcher is called in the thread that
// uses the file, before the real call.
#pragma once

#include <cstdint>
#include <functional>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace sekisho::tests {

enum class DiskCall : std::uint8_t { open, read, write, truncate, sync, remove };

struct WatchedCall {
    DiskCall kind = DiskCall::read;
    std::string_view path;     // absolute
    int flags = 0;             // SQLITE_OPEN_* of the file; of a removal 0
    std::int64_t at = 0;       // of a write; the new size of a truncation
    std::string_view bytes{};  // of a write

    bool is_database() const { return (flags & SQLITE_OPEN_MAIN_DB) != 0; }
};

class WatchedVfs {
  public:
    using Watcher = std::function<int(const WatchedCall&)>;  // SQLITE_OK: let it happen

    WatchedVfs(std::string name, Watcher watcher);
    ~WatchedVfs();
    WatchedVfs(const WatchedVfs&) = delete;
    WatchedVfs& operator=(const WatchedVfs&) = delete;

    const std::string& name() const { return name_; }

  private:
    friend struct WatchedFile;

    std::string name_;
    Watcher watcher_;
    sqlite3_vfs vfs_{};
};

}  // namespace sekisho::tests
