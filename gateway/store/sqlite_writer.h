// The one writer of a SqliteStore: its connection, the lock that keeps a second gateway away, the
// tree of the log.
//
// Commits groups and makes the checkpoints. After a failed fsync, or any I/O error of a commit,
// what is on disk is unknown: it gives a reason to stop for good. A full disk fails its group,
// which is rolled back, and nothing else. Used by the writer's thread only.
#pragma once

#include "gateway/audit/merkle.h"
#include "gateway/store/gateway_lock.h"
#include "gateway/store/group_writer.h"
#include "gateway/store/sqlite_connection.h"
#include "gateway/store/sqlite_store.h"

namespace sekisho::store {

class SqliteWriter final : public GroupCommitter {
  public:
    static Result<std::unique_ptr<SqliteWriter>> open(const SqliteOptions& options);

    GroupOutcome commit(std::span<WriterItem> group) override;
    std::optional<std::string> tidy() override;

  private:
    SqliteWriter(GatewayLock lock, std::unique_ptr<SqliteConnection> connection,
                 audit::Frontier frontier, int log_pages_max);

    GroupOutcome failed(std::size_t items, const model::Refusal& refusal, bool at_commit);

    GatewayLock lock_;
    std::unique_ptr<SqliteConnection> connection_;
    const int log_pages_max_;
    audit::Frontier frontier_;  // as committed
    int pages_in_log_ = 0;      // of the write-ahead log, as SQLite last told
};

}  // namespace sekisho::store
