// The tables of SqliteStore, by numbered migrations.
#pragma once

#include "gateway/store/sqlite_connection.h"

namespace sekisho::store {

// The version this program writes and reads.
std::int64_t schema_version();

// Brings the database up to schema_version(), each step in its own transaction. Refuses one that is
// newer, or that is another program's.
Result<void> migrate(SqliteConnection& writer);

// Refuses what is another program's; what is empty is ours.
Result<void> check_owner(SqliteConnection& connection);

// For readers beside the gateway: the version must be exactly this program's.
Result<void> check_schema(SqliteConnection& reader);

}  // namespace sekisho::store
