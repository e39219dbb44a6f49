// SqliteStore: the default. SQLite by its C API, WAL, synchronous=FULL read back at start,
// secure_delete.
//
// One connection writes and checkpoints; readers are query_only and never checkpoint, which is also
// what avoids the WAL-reset fault of SQLite before 3.51.3. The schema carries a version; migrations
// run at open, each in its own transaction. At open the end of the log (sqlite_tree.h) is hashed
// again and compared with the stored head, so a cut tail is seen; a read-only store leaves that to
// who verifies, since it must be able to look at a log that is wrong. A second gateway on the same
// file is refused; after an unclean stop the database is checked first.
#pragma once

#include <memory>
#include <string>

#include "gateway/store/store.h"

namespace sekisho::store {

struct SqliteOptions {
    std::string path;   // the database file; its folder must exist
    std::string vfs{};  // empty: the default; tests name their own
    std::size_t readers = 4;
    int log_pages_max = 4000;  // of 8 KiB in the write-ahead log before a checkpoint
    bool read_only = false;    // `audit verify`, beside a running gateway
};

class SqliteStore final : public Store {
  public:
    static Result<std::unique_ptr<SqliteStore>> open(const SqliteOptions& options);
    ~SqliteStore() override;

    bool submit(Work work, Completion completion) override;
    Result<std::unique_ptr<View>> view() override;
    StoreHealth health() const override;
    std::size_t commit_group() override;
    void run_writer(const std::stop_token& stop) override;

  private:
    struct State;
    explicit SqliteStore(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::store
