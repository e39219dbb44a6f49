// The log's tree as it rests in the database, checked at open.
#pragma once

#include "gateway/audit/merkle.h"
#include "gateway/store/sqlite_connection.h"

namespace sekisho::store {

// The stored frontier, if it fits the leaves: the head's size is that of the leaves, its root that
// of the frontier, and the end of the log, up to 100,000 leaves of it, hashes to the end of the
// frontier. A log no longer than that is so recomputed whole; of a longer one the older part is
// left to `sekisho audit verify`, which recomputes everything, since a start must not take minutes.
// A log that was cut, or whose head was set back, is refused.
Result<audit::Frontier> read_checked_frontier(SqliteConnection& connection);

// The roots that the leaf numbered size - 1 completed, of row 1, 2 ...
Result<void> insert_subtrees(SqliteConnection& connection, std::uint64_t size,
                             const std::vector<model::Sha256>& completed);

// Puts in what is missing of the rows above the leaves, in one transaction: a log that began under
// an older schema has none. Hashes each leaf's hash once; nothing to do otherwise.
Result<void> complete_subtrees(SqliteConnection& connection, std::uint64_t size);

}  // namespace sekisho::store
