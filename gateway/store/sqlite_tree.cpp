#include "gateway/store/sqlite_tree.h"

#include <algorithm>

#include "gateway/store/group_writer.h"
#include "gateway/store/sqlite_reads.h"

namespace sekisho::store {

namespace {

constexpr std::uint64_t kLeavesRecomputed = 100'000;

std::unexpected<model::Refusal> altered(const std::string& what) {
    return std::unexpected(unavailable("監査記録が保存された要約と合いません (" + what +
                                           ")。sekisho audit verify で調べてください",
                                       "the log does not fit its stored head (" + what +
                                           "); examine it with sekisho audit verify"));
}

// Where the longest run of complete subtrees at the end of the tree begins that is not longer than
// allowed.
std::uint64_t tail_begin(std::uint64_t size) {
    std::uint64_t begin = size;
    for (std::uint64_t bits = size; bits != 0; bits &= bits - 1) {
        const std::uint64_t subtree = bits & (~bits + 1);
        if (size - begin + subtree > kLeavesRecomputed) break;
        begin -= subtree;
    }
    return begin;
}

Result<audit::Frontier> recompute(SqliteConnection& connection, std::uint64_t begin) {
    Query query = connection.query("SELECT text FROM leaf WHERE number >= ? ORDER BY number");
    query.unsigned_integer(begin);
    audit::Frontier tail;
    while (query.row()) tail.append(audit::leaf_hash(query.text_at(0)));
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return tail;
}

Result<void> insert_subtree(SqliteConnection& connection, unsigned row, std::uint64_t number,
                            const model::Sha256& hash) {
    Query query = connection.query("INSERT INTO subtree(tree_row, number, hash) VALUES(?, ?, ?)");
    return query.unsigned_integer(row).unsigned_integer(number).blob(hash).run();
}

Result<std::uint64_t> count_of(SqliteConnection& connection, unsigned row) {
    Query query =
        connection.query("SELECT coalesce(max(number) + 1, 0) FROM subtree WHERE tree_row = ?");
    query.unsigned_integer(row);
    const std::uint64_t count = query.row() ? query.unsigned_at(0) : 0;
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return count;
}

Result<void> complete_row(SqliteConnection& connection, unsigned row, std::uint64_t count) {
    const auto present = count_of(connection, row);
    if (!present) return std::unexpected(present.error());
    for (std::uint64_t number = *present; number < count; ++number) {
        auto below =
            read_tree_hashes(connection, row - 1, number * audit::kTileWidth, audit::kTileWidth);
        if (!below) return std::unexpected(below.error());
        if (below->size() != audit::kTileWidth) return altered("row " + std::to_string(row));
        auto done = insert_subtree(connection, row, number, audit::root_over(std::move(*below)));
        if (!done) return done;
    }
    return {};
}

Result<void> complete_rows(SqliteConnection& connection, std::uint64_t size) {
    unsigned row = 1;
    for (std::uint64_t count = size / audit::kTileWidth; count > 0; count /= audit::kTileWidth) {
        if (auto done = complete_row(connection, row, count); !done) return done;
        ++row;
    }
    return {};
}

struct StoredHead {
    std::uint64_t size = 0;
    model::Sha256 root = audit::Frontier().root();
    std::string frontier = audit::Frontier().to_bytes();
};

Result<StoredHead> read_head(SqliteConnection& connection) {
    Query query = connection.query("SELECT size, root, frontier FROM tree");
    if (query.row()) {
        return StoredHead{
            .size = query.unsigned_at(0), .root = query.digest_at(1), .frontier = query.text_at(2)};
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return StoredHead();
}

}  // namespace

Result<audit::Frontier> read_checked_frontier(SqliteConnection& connection) {
    const auto head = read_head(connection);
    if (!head) return std::unexpected(head.error());
    const auto end = connection.number("SELECT coalesce(max(number) + 1, 0) FROM leaf");
    if (!end) return std::unexpected(end.error());
    if (static_cast<std::uint64_t>(*end) != head->size) {
        return altered("size " + std::to_string(head->size) + ", leaves " + std::to_string(*end));
    }
    auto frontier = audit::Frontier::from_bytes(head->frontier);
    if (!frontier || frontier->size() != head->size || frontier->root() != head->root) {
        return altered("root");
    }
    const std::uint64_t begin = tail_begin(head->size);
    const auto tail = recompute(connection, begin);
    if (!tail) return std::unexpected(tail.error());
    const auto& edge = frontier->edge();
    const bool holds = tail->size() == head->size - begin && tail->edge().size() <= edge.size() &&
                       std::equal(tail->edge().rbegin(), tail->edge().rend(), edge.rbegin());
    if (!holds) return altered("leaves from " + std::to_string(begin));
    return std::move(*frontier);
}

Result<void> insert_subtrees(SqliteConnection& connection, std::uint64_t size,
                             const std::vector<model::Sha256>& completed) {
    unsigned row = 1;
    for (const model::Sha256& hash : completed) {
        size /= audit::kTileWidth;
        if (auto done = insert_subtree(connection, row++, size - 1, hash); !done) return done;
    }
    return {};
}

Result<void> complete_subtrees(SqliteConnection& connection, std::uint64_t size) {
    if (auto begun = connection.execute("BEGIN IMMEDIATE"); !begun) return begun;
    auto done = complete_rows(connection, size);
    if (done) done = connection.execute("COMMIT");
    if (!done) (void)connection.execute("ROLLBACK");
    return done;
}

}  // namespace sekisho::store
