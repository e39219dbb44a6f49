#include "gateway/store/sqlite_schema.h"

#include <array>
#include <string>

#include "gateway/audit/merkle.h"
#include "gateway/store/group_writer.h"

namespace sekisho::store {

namespace {

constexpr std::int64_t kApplicationId = 0x53454B49;  // "SEKI"

// Instants are milliseconds since 1970 in UTC; parties are their text form; delivery states are the
// numbers of DeliveryState, written out where an index is partial: 0 queued, 1 leased, 6 dead. One
// transaction's leaves and the row of `tree` that sums them up are always written together.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE message(
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    type TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    digest BLOB NOT NULL,
    size INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    leaf INTEGER NOT NULL,
    routes INTEGER NOT NULL,
    certificate BLOB NOT NULL,
    sealed_envelope BLOB NOT NULL,
    persons TEXT NOT NULL,
    UNIQUE(message_id, source)
) STRICT;
CREATE TABLE body_key(
    message INTEGER PRIMARY KEY REFERENCES message(id),
    wrapping_key INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE body(
    message INTEGER PRIMARY KEY REFERENCES message(id),
    size INTEGER NOT NULL,
    spool_file TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX body_spooled ON body(spool_file) WHERE spool_file <> '';
CREATE TABLE business_key(
    key_hash BLOB NOT NULL,
    owner TEXT NOT NULL,
    type TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message(id),
    PRIMARY KEY(key_hash, owner, type)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery(
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES message(id),
    recipient TEXT NOT NULL,
    via TEXT NOT NULL,
    route TEXT NOT NULL,
    as_reader INTEGER NOT NULL,
    order_key TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    lease TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_message ON delivery(message);
CREATE INDEX delivery_queued ON delivery(via, next_attempt) WHERE state = 0;
CREATE INDEX delivery_queued_for ON delivery(via, recipient, next_attempt) WHERE state = 0;
CREATE INDEX delivery_leased ON delivery(via, lease_until) WHERE state = 1;
CREATE INDEX delivery_dead ON delivery(via) WHERE state = 6;
CREATE INDEX delivery_expiry ON delivery(via, expires) WHERE state < 2;
CREATE INDEX delivery_order ON delivery(recipient, order_key) WHERE state < 2 AND order_key <> '';
CREATE VIEW whole_delivery AS
    SELECT d.id, m.source, m.message_id, d.recipient, d.via, d.route, d.as_reader, d.order_key,
        d.state, d.attempts, d.next_attempt, d.lease_until, d.lease, d.expires
    FROM delivery d JOIN message m ON m.id = d.message;
CREATE TABLE history(
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES delivery(id),
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX history_delivery ON history(delivery);
CREATE TABLE lease(
    handle TEXT PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES delivery(id)
) STRICT, WITHOUT ROWID;
CREATE TABLE registration(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    party TEXT NOT NULL,
    assurance TEXT NOT NULL,
    valid_from INTEGER,
    valid_until INTEGER
) STRICT;
CREATE INDEX registration_person ON registration(person);
CREATE TABLE consent(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    comprehensive INTEGER NOT NULL,
    given TEXT NOT NULL,
    refused TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    sealed_record BLOB NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent(person, given_at);
CREATE TABLE leaf(
    number INTEGER PRIMARY KEY,
    text BLOB NOT NULL
) STRICT;
CREATE TABLE tree(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    frontier BLOB NOT NULL
) STRICT;
CREATE TABLE note(
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// The hash of each leaf beside it, so that a changed leaf can be named; a dead delivery holds its
// order key; the last number accepted of each series.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE leaf ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
UPDATE leaf SET hash = leaf_hash(text);
DROP INDEX delivery_order;
CREATE INDEX delivery_order ON delivery(recipient, order_key)
    WHERE order_key <> '' AND state IN (0, 1, 6);
CREATE INDEX delivery_dead_ordered ON delivery(via, expires) WHERE state = 6 AND order_key <> '';
CREATE TABLE series(
    order_key TEXT PRIMARY KEY,
    last TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// The turn of a first attempt, by which a lane takes what was never tried; what was tried comes by
// its time.
constexpr const char* kVersion3 = R"sql(
ALTER TABLE delivery ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
UPDATE delivery SET turn = next_attempt WHERE state = 0;
DROP INDEX delivery_queued;
CREATE INDEX delivery_fresh ON delivery(via, turn) WHERE state = 0 AND attempts = 0;
CREATE INDEX delivery_retried ON delivery(via, next_attempt) WHERE state = 0 AND attempts > 0;
DROP VIEW whole_delivery;
CREATE VIEW whole_delivery AS
    SELECT d.id, m.source, m.message_id, d.recipient, d.via, d.route, d.as_reader, d.order_key,
        d.state, d.attempts, d.next_attempt, d.lease_until, d.lease, d.expires, d.turn
    FROM delivery d JOIN message m ON m.id = d.message;
)sql";

// The rows of the log's tree above its leaves, for tiles and proofs; those of older leaves are put
// there when the store opens (sqlite_tree.h).
constexpr const char* kVersion4 = R"sql(
CREATE TABLE subtree(
    tree_row INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY(tree_row, number)
) STRICT, WITHOUT ROWID;
)sql";

// How the person of a message was verified; who took a consent and the whole of a registration; the
// end of an (insurer, insured) pair; which leaves are accesses to what is known of a person.
constexpr const char* kVersion5 = R"sql(
ALTER TABLE message ADD COLUMN admission TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN municipal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registration ADD COLUMN sealed_record BLOB NOT NULL DEFAULT x'';
CREATE TABLE person_end(
    person TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE access(
    person TEXT NOT NULL,
    leaf INTEGER NOT NULL,
    PRIMARY KEY(person, leaf)
) STRICT, WITHOUT ROWID;
)sql";

// Whether a delivery was released to its reader, who is told of once; the end of a pair by the
// records that say it, any of which takes back one of before.
constexpr const char* kVersion6 = R"sql(
ALTER TABLE delivery ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
CREATE TABLE end_word(
    person TEXT NOT NULL,
    history INTEGER NOT NULL,
    said INTEGER NOT NULL,
    at INTEGER,
    deleted INTEGER NOT NULL,
    PRIMARY KEY(person, history)
) STRICT, WITHOUT ROWID;
INSERT INTO end_word(person, history, said, at, deleted)
    SELECT person, 0, 0, at, 0 FROM person_end;
DROP TABLE person_end;
)sql";

// What requests wait for, and until when; what was filed or withdrawn stays, for the request's
// fate.
constexpr const char* kVersion7 = R"sql(
CREATE TABLE awaited(
    request INTEGER PRIMARY KEY REFERENCES message(id),
    key_hash BLOB NOT NULL,
    owner TEXT NOT NULL,
    type TEXT NOT NULL,
    due INTEGER NOT NULL,
    state INTEGER NOT NULL
) STRICT;
CREATE INDEX awaited_document ON awaited(key_hash, owner, type) WHERE state = 0;
CREATE INDEX awaited_due ON awaited(due) WHERE state = 0;
)sql";

// What is known of a person stands in the indexes by which it is found: among millions the rows
// themselves would be as many pages again.
constexpr const char* kVersion8 = R"sql(
DROP INDEX registration_person;
CREATE INDEX registration_person ON registration(
    person, sequence, party, assurance, valid_from, valid_until, id);
DROP INDEX consent_person;
CREATE INDEX consent_person ON consent(
    person, given_at, sequence, comprehensive, given, refused, withdrawn_at, municipal, id);
)sql";

// Step N makes version N of version N-1. A step once published is never changed.
constexpr std::array kSteps{kVersion1, kVersion2, kVersion3, kVersion4,
                            kVersion5, kVersion6, kVersion7, kVersion8};

std::unexpected<model::Refusal> foreign(std::int64_t version) {
    const std::string found = std::to_string(version);
    const std::string known = std::to_string(schema_version());
    return std::unexpected(
        unavailable("データベースの版 " + found + " は、このプログラムの版 " + known +
                        " と合いません。合う版の sekisho を使ってください",
                    "the database is of version " + found + ", this program of version " + known +
                        "; use the sekisho that belongs to it"));
}

// What the steps need beyond SQL: leaf_hash(text), the RFC 6962 hash of a leaf.
void hash_leaf(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(arguments[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
    const model::Sha256 hash =
        audit::leaf_hash(size == 0 ? std::string_view() : std::string_view(bytes, size));
    sqlite3_result_blob(context, hash.data(), static_cast<int>(hash.size()), SQLITE_TRANSIENT);
}

Result<void> add_functions(SqliteConnection& writer) {
    const int code = sqlite3_create_function(writer.raw(), "leaf_hash", 1,
                                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                             nullptr, hash_leaf, nullptr, nullptr);
    if (code != SQLITE_OK) return std::unexpected(trouble(writer.raw(), code));
    return {};
}

Result<void> apply(SqliteConnection& writer, std::size_t step) {
    const std::string sql = "BEGIN IMMEDIATE;" + std::string(kSteps[step]) +
                            "PRAGMA application_id = " + std::to_string(kApplicationId) + ";" +
                            "PRAGMA user_version = " + std::to_string(step + 1) + "; COMMIT;";
    auto applied = writer.execute(sql.c_str());
    if (!applied) (void)writer.execute("ROLLBACK;");
    return applied;
}

}  // namespace

std::int64_t schema_version() {
    return static_cast<std::int64_t>(kSteps.size());
}

Result<void> check_owner(SqliteConnection& connection) {
    const auto version = connection.number("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    const auto owner = connection.number("PRAGMA application_id");
    if (!owner) return std::unexpected(owner.error());
    const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return std::unexpected(tables.error());
    const bool fresh = *version == 0 && *owner == 0 && *tables == 0;
    if (fresh || *owner == kApplicationId) return {};
    return std::unexpected(unavailable("このデータベースは sekisho のものではありません",
                                       "this database is not one of sekisho's"));
}

Result<void> migrate(SqliteConnection& writer) {
    const auto version = writer.number("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    if (auto owned = check_owner(writer); !owned) return owned;
    if (*version > schema_version()) return foreign(*version);
    if (auto added = add_functions(writer); !added) return added;
    // An index of millions is sorted on disk: in memory it would take as much as the machine may
    // have.
    if (auto told = writer.execute("PRAGMA temp_store = FILE"); !told) return told;
    for (auto step = static_cast<std::size_t>(*version); step < kSteps.size(); ++step) {
        if (auto applied = apply(writer, step); !applied) return applied;
    }
    return writer.execute("PRAGMA temp_store = MEMORY");
}

Result<void> check_schema(SqliteConnection& reader) {
    const auto version = reader.number("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    if (auto owned = check_owner(reader); !owned) return owned;
    if (*version != schema_version()) return foreign(*version);
    return {};
}

}  // namespace sekisho::store
