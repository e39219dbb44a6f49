// What requests wait for.
#include <utility>

#include "gateway/store/sqlite_reads.h"
#include "gateway/store/sqlite_transaction.h"
#include "gateway/store/sqlite_values.h"

namespace sekisho::store {

Result<void> SqliteTransaction::insert_awaited(const AwaitedDocument& awaited) {
    const auto request = row_of(awaited.request);
    if (!request) return std::unexpected(request.error());
    Query query = connection_.query(
        "INSERT INTO awaited(request, key_hash, owner, type, due, state) VALUES(?, ?, ?, ?, ?, ?)");
    query.integer(request->id)
        .blob(awaited.document.key_hash)
        .text(model::to_string(awaited.document.owner))
        .text(awaited.document.type.text())
        .instant(awaited.due)
        .integer(static_cast<std::int64_t>(awaited.state));
    auto done = query.run();
    if (query.violates_uniqueness()) return model::refuse(model::Problem::message_conflict);
    return done;
}

Result<std::uint64_t> SqliteTransaction::end_waiting(const BusinessScope& document,
                                                     WaitingState state) {
    Query query = connection_.query(
        "UPDATE awaited SET state = ? "
        "WHERE key_hash = ? AND owner = ? AND type = ? AND state = 0");
    query.integer(static_cast<std::int64_t>(state))
        .blob(document.key_hash)
        .text(model::to_string(document.owner))
        .text(document.type.text());
    if (auto done = query.run(); !done) return std::unexpected(done.error());
    return static_cast<std::uint64_t>(connection_.changes());
}

Result<std::optional<AwaitedDocument>> read_awaited_by(SqliteConnection& connection,
                                                       const model::MessageKey& request) {
    Query query = connection.query(
        "SELECT a.key_hash, a.owner, a.type, a.due, a.state "
        "FROM awaited a JOIN message m ON m.id = a.request "
        "WHERE m.message_id = ? AND m.source = ?");
    query.text(request.id.text()).text(model::to_string(request.source));
    if (!query.row()) return nothing<AwaitedDocument>(query);
    auto owner = party_of(query.text_at(1));
    if (!owner) return std::unexpected(owner.error());
    const std::int64_t state = query.integer_at(4);
    if (state < 0 || state > static_cast<std::int64_t>(WaitingState::withdrawn)) {
        return broken("awaited state");
    }
    return AwaitedDocument{.request = request,
                           .document = {.owner = std::move(*owner),
                                        .type = model::TypeId{query.text_at(2)},
                                        .key_hash = query.digest_at(0)},
                           .due = query.instant_at(3),
                           .state = static_cast<WaitingState>(state)};
}

Result<std::vector<AwaitedCount>> read_awaited(SqliteConnection& connection) {
    Query query = connection.query(
        "SELECT due, count(*) FROM awaited WHERE state = 0 GROUP BY due ORDER BY due");
    std::vector<AwaitedCount> counts;
    while (query.row()) {
        counts.push_back({.due = query.instant_at(0), .count = query.unsigned_at(1)});
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return counts;
}

}  // namespace sekisho::store
