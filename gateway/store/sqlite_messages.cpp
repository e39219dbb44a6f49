// Writing messages, business keys and notes.
#include "gateway/store/sqlite_transaction.h"

namespace sekisho::store {

namespace {

using model::Problem;

std::string lines(const std::vector<model::PersonHash>& persons) {
    std::string text;
    for (const auto& person : persons) text += person.text() + "\n";
    return text;
}

}  // namespace

Result<void> SqliteTransaction::insert_message(const StoredMessage& message,
                                               const SealedBody& body) {
    Query query = connection_.query(
        "INSERT INTO message(message_id, source, author, type, sha256, digest, size, accepted_at, "
        "leaf, routes, certificate, sealed_envelope, persons, admission) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.text(message.key.id.text())
        .text(model::to_string(message.key.source))
        .text(model::to_string(message.author))
        .text(message.type.text())
        .blob(message.sha256)
        .blob(message.digest)
        .unsigned_integer(message.size)
        .instant(message.accepted_at)
        .unsigned_integer(message.leaf)
        .unsigned_integer(message.routes)
        .blob(message.certificate)
        .blob(message.sealed_envelope)
        .text(lines(message.persons))
        .text(message.admission);
    auto done = query.run();
    if (query.violates_uniqueness()) return model::refuse(Problem::message_conflict);
    if (!done) return done;
    return insert_body(connection_.last_row(), body);
}

Result<void> SqliteTransaction::insert_body(std::int64_t message, const SealedBody& body) {
    Query key =
        connection_.query("INSERT INTO body_key(message, wrapping_key, bytes) VALUES(?, ?, ?)");
    key.integer(message).integer(body.data_key.wrapping_key).blob(body.data_key.bytes);
    if (auto done = key.run(); !done) return done;
    Query query =
        connection_.query("INSERT INTO body(message, size, spool_file, bytes) VALUES(?, ?, ?, ?)");
    query.integer(message).unsigned_integer(body.size).text(body.spool_file).blob(body.bytes);
    return query.run();
}

Result<SqliteTransaction::MessageRow> SqliteTransaction::row_of(const model::MessageKey& key) {
    Query query = connection_.query(
        "SELECT id, accepted_at FROM message WHERE message_id = ? AND source = ?");
    query.text(key.id.text()).text(model::to_string(key.source));
    if (query.row()) {
        return MessageRow{.id = query.integer_at(0), .accepted_at = query.instant_at(1)};
    }
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return model::refuse(Problem::message_unknown);
}

Result<void> SqliteTransaction::insert_business_key(const BusinessScope& scope,
                                                    const model::MessageKey& key) {
    const auto message = row_of(key);
    Query query = connection_.query(
        "INSERT INTO business_key(key_hash, owner, type, message) VALUES(?, ?, ?, ?)");
    query.blob(scope.key_hash).text(model::to_string(scope.owner)).text(scope.type.text());
    query.integer(message ? message->id : 0);
    auto done = query.run();
    if (query.violates_uniqueness()) return model::refuse(Problem::business_key_conflict);
    if (!message) return std::unexpected(message.error());
    return done;
}

Result<void> SqliteTransaction::set_note(const std::string& name, const std::string& value) {
    Query query = connection_.query(
        "INSERT INTO note(name, value) VALUES(?, ?) ON CONFLICT(name) "
        "DO UPDATE SET value = excluded.value");
    return query.text(name).blob(value).run();
}

}  // namespace sekisho::store
