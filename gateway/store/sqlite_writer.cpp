#include "gateway/store/sqlite_writer.h"

#include <filesystem>
#include <utility>

#include "gateway/platform/disk.h"
#include "gateway/store/sqlite_log.h"
#include "gateway/store/sqlite_schema.h"
#include "gateway/store/sqlite_transaction.h"
#include "gateway/store/sqlite_tree.h"

namespace sekisho::store {

namespace {

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

Result<void> check_integrity(SqliteConnection& connection) {
    const auto verdict = connection.word("PRAGMA quick_check(1)");
    if (!verdict) return std::unexpected(verdict.error());
    if (*verdict == "ok") return {};
    return std::unexpected(
        unavailable("データベースが壊れています: " + *verdict + "。バックアップから戻してください",
                    "the database is damaged: " + *verdict + "; restore it from a backup"));
}

bool is_io_error(int extended_code) {
    return (extended_code & 0xFF) == SQLITE_IOERR;
}

bool is_damage(int extended_code) {
    const int code = extended_code & 0xFF;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || extended_code == SQLITE_IOERR_FSYNC ||
           extended_code == SQLITE_IOERR_DIR_FSYNC;
}

}  // namespace

SqliteWriter::SqliteWriter(GatewayLock lock, std::unique_ptr<SqliteConnection> connection,
                           audit::Frontier frontier, int log_pages_max)
    : lock_(std::move(lock)),
      connection_(std::move(connection)),
      log_pages_max_(log_pages_max),
      frontier_(std::move(frontier)) {
    // In place of SQLite's own checkpoints: only count the pages, tidy() acts on them.
    sqlite3_wal_hook(
        connection_->raw(),
        [](void* pages, sqlite3*, const char*, int count) {
            *static_cast<int*>(pages) = count;
            return SQLITE_OK;
        },
        &pages_in_log_);
}

Result<std::unique_ptr<SqliteWriter>> SqliteWriter::open(const SqliteOptions& options) {
    const std::string& path = options.path;
    const std::string folder = folder_of(path);
    if (auto fit = check_file_system(folder); !fit) return std::unexpected(fit.error());
    auto lock = GatewayLock::take(path);
    if (!lock) return std::unexpected(lock.error());
    const bool suspect = is_log_left(path);
    if (suspect) {
        auto kept = write_log_again(path, options.vfs);
        if (!kept) return std::unexpected(kept.error());
    }
    if (auto created = create_closed(path); !created) return std::unexpected(created.error());
    auto connection = SqliteConnection::open(path, options.vfs, SqliteConnection::Mode::writer);
    if (!connection) return std::unexpected(connection.error());
    if (suspect) {
        if (auto sound = check_integrity(**connection); !sound) {
            return std::unexpected(sound.error());
        }
    }
    if (auto migrated = migrate(**connection); !migrated) return std::unexpected(migrated.error());
    auto frontier = read_checked_frontier(**connection);
    if (!frontier) return std::unexpected(frontier.error());
    if (auto completed = complete_subtrees(**connection, frontier->size()); !completed) {
        return std::unexpected(completed.error());
    }
    platform::Disk disk;
    if (auto synced = disk.sync_directory(folder); !synced) {
        return std::unexpected(synced.error());
    }
    return std::unique_ptr<SqliteWriter>(new SqliteWriter(
        std::move(*lock), std::move(*connection), std::move(*frontier), options.log_pages_max));
}

GroupOutcome SqliteWriter::commit(std::span<WriterItem> group) {
    SqliteTransaction transaction(*connection_, frontier_);
    if (auto begun = transaction.begin(); !begun) {
        return failed(group.size(), begun.error(), false);
    }
    GroupOutcome outcome;
    for (WriterItem& item : group) {
        auto result = transaction.run(item.work);
        if (transaction.is_broken()) {
            auto refusal = result ? trouble(connection_->raw(), connection_->last_code())
                                  : std::move(result.error());
            return failed(group.size(), refusal, false);
        }
        outcome.results.push_back(std::move(result));
    }
    if (auto committed = transaction.commit(); !committed) {
        return failed(group.size(), committed.error(), true);
    }
    frontier_ = transaction.frontier();
    outcome.committed = true;
    return outcome;
}

GroupOutcome SqliteWriter::failed(std::size_t items, const model::Refusal& refusal,
                                  bool at_commit) {
    const int code = connection_->last_code();
    GroupOutcome outcome;
    outcome.results.assign(items,
                           std::unexpected(unavailable(refusal.detail.ja, refusal.detail.en)));
    if (is_damage(code) || (at_commit && is_io_error(code))) outcome.stop = refusal.detail.en;
    return outcome;
}

std::optional<std::string> SqliteWriter::tidy() {
    if (pages_in_log_ < log_pages_max_) return std::nullopt;
    pages_in_log_ =
        0;  // if readers kept it from finishing, the next commit says how long it still is
    const int code = sqlite3_wal_checkpoint_v2(connection_->raw(), nullptr,
                                               SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (!is_io_error(code) && !is_damage(code)) return std::nullopt;
    return trouble(connection_->raw(), code).detail.en;
}

}  // namespace sekisho::store
