#include "gateway/store/sqlite_transaction.h"

#include "gateway/audit/tile.h"
#include "gateway/store/group_writer.h"
#include "gateway/store/sqlite_tree.h"

namespace sekisho::store {

namespace {

// Errors that hit the medium or the memory, not the one item that met them.
bool breaks_transaction(int extended_code) {
    switch (extended_code & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
            return true;
        default:
            return false;
    }
}

}  // namespace

SqliteTransaction::~SqliteTransaction() {
    if (open_ && sqlite3_get_autocommit(connection_.raw()) == 0) {
        (void)connection_.execute("ROLLBACK");
    }
}

Result<void> SqliteTransaction::begin() {
    auto begun = connection_.query("BEGIN IMMEDIATE").run();
    open_ = begun.has_value();
    return begun;
}

Result<void> SqliteTransaction::run(Work& work) {
    if (auto begun = connection_.query("SAVEPOINT item").run(); !begun) {
        broken_ = true;
        return begun;
    }
    const audit::Frontier before = frontier_;
    auto result = perform(work, *this);
    look_after(result);
    if (broken_) return result;
    if (!result) {
        frontier_ = before;
        auto undone = connection_.query("ROLLBACK TO item").run();
        if (!undone) broken_ = true;
    }
    if (auto released = connection_.query("RELEASE item").run(); !released) {
        broken_ = true;
        if (result) return released;
    }
    return result;
}

void SqliteTransaction::look_after(const Result<void>& result) {
    if (sqlite3_get_autocommit(connection_.raw()) != 0) broken_ = true;
    if (!result && breaks_transaction(connection_.last_code())) broken_ = true;
}

Result<void> SqliteTransaction::commit() {
    if (auto written = write_head(); !written) return written;
    auto committed = connection_.query("COMMIT").run();
    if (committed) open_ = false;
    return committed;
}

Result<void> SqliteTransaction::write_head() {
    if (!grown_) return {};
    Query query = connection_.query(
        "INSERT INTO tree(one, size, root, frontier) VALUES(1, ?, ?, ?) ON CONFLICT(one) "
        "DO UPDATE SET size = excluded.size, root = excluded.root, frontier = excluded.frontier");
    query.unsigned_integer(frontier_.size()).blob(frontier_.root()).blob(frontier_.to_bytes());
    return query.run();
}

Result<TreeHead> SqliteTransaction::tree_head() {
    return TreeHead{.size = frontier_.size(), .root = frontier_.root()};
}

Result<std::string> SqliteTransaction::advance_series(const std::string& order_key,
                                                      const std::string& number) {
    Query query = connection_.query(
        "INSERT INTO series(order_key, last) VALUES(?1, ?2) ON CONFLICT(order_key) "
        "DO UPDATE SET last = max(last, excluded.last) RETURNING last");
    std::string last;
    if (query.text(order_key).text(number).row()) last = query.text_at(0);
    if (auto done = query.run(); !done) return std::unexpected(done.error());
    return last;
}

Result<std::uint64_t> SqliteTransaction::append_leaf(const std::string& leaf) {
    if (leaf.size() > audit::kEntryBytesMost) return model::refuse(model::Problem::internal);
    const std::uint64_t number = frontier_.size();
    const model::Sha256 hash = audit::leaf_hash(leaf);
    Query query = connection_.query("INSERT INTO leaf(number, text, hash) VALUES(?, ?, ?)");
    if (auto done = query.unsigned_integer(number).blob(leaf).blob(hash).run(); !done) {
        return std::unexpected(done.error());
    }
    grown_ = true;
    const auto completed = frontier_.append(hash);
    if (auto done = insert_subtrees(connection_, frontier_.size(), completed); !done) {
        return std::unexpected(done.error());
    }
    return number;
}

}  // namespace sekisho::store
