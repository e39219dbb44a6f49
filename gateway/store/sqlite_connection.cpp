#include "gateway/store/sqlite_connection.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "gateway/store/group_writer.h"

namespace sekisho::store {

namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr std::int64_t kSynchronousFull = 2;

// Percent-encoded (RFC 3986), so that no path is read as more than a path.
std::string uri_of(const std::string& path, const std::string& query) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain) {
            uri.push_back(c);
        } else {
            uri.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
        }
    }
    return uri + "?" + query;
}

// Without the log and its index SQLite would make them; a database that was closed well has neither
// and is complete without.
Result<std::string> onlookers_uri(const std::string& path) {
    std::error_code trouble;
    const auto log_bytes = std::filesystem::file_size(path + "-wal", trouble);
    const bool log_is_there = !trouble;
    const bool has_log = log_is_there && log_bytes > 0;
    if (log_is_there && std::filesystem::exists(path + "-shm", trouble)) {
        return uri_of(path, "mode=ro&readonly_shm=1");
    }
    if (!has_log) return uri_of(path, "mode=ro&immutable=1");
    return std::unexpected(unavailable(
        "書き込みログだけが残っています。起動すると読み戻されます: " + path + "-wal",
        "a write-ahead log lies there alone, which the next start reads back: " + path + "-wal"));
}

std::unexpected<model::Refusal> unfit(const std::string& setting, const std::string& value) {
    return std::unexpected(
        unavailable("SQLite の設定 " + setting + " が " + value + " のままです。起動しません",
                    "SQLite's " + setting + " stays " + value + "; not starting on it"));
}

}  // namespace

model::Refusal trouble(sqlite3* connection, int code) {
    const std::string words = connection != nullptr && sqlite3_extended_errcode(connection) == code
                                  ? sqlite3_errmsg(connection)
                                  : sqlite3_errstr(code);
    const std::string number = " (SQLite " + std::to_string(code) + ")";
    return unavailable("データベースの操作に失敗しました: " + words + number,
                       "the database failed: " + words + number);
}

Query::Query(sqlite3* connection, sqlite3_stmt* statement)
    : connection_(connection), statement_(statement) {
    if (statement == nullptr) code_ = sqlite3_extended_errcode(connection);
}

Query::~Query() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void Query::keep(int code) {
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW || code_ == SQLITE_DONE) code_ = code;
}

Query& Query::text(std::string_view value) {
    // A null pointer would bind NULL in place of the empty text.
    const char* begin = value.data() != nullptr ? value.data() : "";
    keep(sqlite3_bind_text64(statement_, next_++, begin, value.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8));
    return *this;
}

Query& Query::blob(std::string_view value) {
    const char* begin = value.data() != nullptr ? value.data() : "";
    keep(sqlite3_bind_blob64(statement_, next_++, begin, value.size(), SQLITE_TRANSIENT));
    return *this;
}

Query& Query::blob(const model::Sha256& value) {
    return blob({reinterpret_cast<const char*>(value.data()), value.size()});
}

Query& Query::integer(std::int64_t value) {
    keep(sqlite3_bind_int64(statement_, next_++, value));
    return *this;
}

Query& Query::instant(model::Instant value) {
    return integer(value.time_since_epoch().count());
}

Query& Query::instant(const std::optional<model::Instant>& value) {
    if (value) return instant(*value);
    keep(sqlite3_bind_null(statement_, next_++));
    return *this;
}

bool Query::row() {
    if (code_ != SQLITE_OK && code_ != SQLITE_ROW) return false;
    code_ = sqlite3_step(statement_);
    return code_ == SQLITE_ROW;
}

Result<void> Query::outcome() const {
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW || code_ == SQLITE_DONE) return {};
    return std::unexpected(trouble(connection_, code_));
}

Result<void> Query::run() {
    while (row()) {
    }
    return outcome();
}

bool Query::violates_uniqueness() const {
    return code_ == SQLITE_CONSTRAINT_UNIQUE || code_ == SQLITE_CONSTRAINT_PRIMARYKEY;
}

std::int64_t Query::integer_at(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Query::text_at(int column) const {
    const void* begin = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return begin == nullptr ? std::string() : std::string(static_cast<const char*>(begin), size);
}

model::Sha256 Query::digest_at(int column) const {
    model::Sha256 digest{};
    const std::string bytes = text_at(column);
    std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()), digest.begin());
    return digest;
}

model::Instant Query::instant_at(int column) const {
    return model::Instant(model::Duration(integer_at(column)));
}

std::optional<model::Instant> Query::optional_instant_at(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    return instant_at(column);
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path,
                                                                 const std::string& vfs,
                                                                 Mode mode) {
    const int flags =
        (mode == Mode::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
        (mode == Mode::onlooker ? SQLITE_OPEN_URI : 0) | SQLITE_OPEN_NOMUTEX |
        SQLITE_OPEN_EXRESCODE;
    const auto name = mode == Mode::onlooker ? onlookers_uri(path) : Result<std::string>{path};
    if (!name) return std::unexpected(name.error());
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(name->c_str(), &raw, flags, vfs.empty() ? nullptr : vfs.c_str());
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(raw));
    if (code != SQLITE_OK) return std::unexpected(trouble(raw, code));
    auto ready = mode == Mode::writer ? connection->set_up_writer() : connection->set_up_reader();
    if (!ready) return std::unexpected(ready.error());
    return connection;
}

Result<void> SqliteConnection::set_up_writer() {
    sqlite3_busy_timeout(raw(), kBusyMilliseconds);
    sqlite3_db_config(raw(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Only a database that is made now takes the page size; bodies of 20 KB then cost half as many
    // writes.
    if (auto paged = execute("PRAGMA page_size = 8192"); !paged) return paged;
    const auto journal = word("PRAGMA journal_mode = WAL");
    if (!journal) return std::unexpected(journal.error());
    if (*journal != "wal") return unfit("journal_mode", *journal);
    // Checkpoints are made by the store itself, which looks at their outcome; SQLite's own would
    // swallow a failed fsync. The cache holds a whole group, so that nothing spills before the
    // commit.
    auto set = execute(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0;"
        "PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
        "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536;"
        "PRAGMA secure_delete = ON;");
    if (!set) return set;
    const auto synchronous = number("PRAGMA synchronous");
    if (!synchronous) return std::unexpected(synchronous.error());
    if (*synchronous != kSynchronousFull) {
        return unfit("synchronous", std::to_string(*synchronous));
    }
    const auto secure_delete = number("PRAGMA secure_delete");
    if (!secure_delete) return std::unexpected(secure_delete.error());
    if (*secure_delete != 1) return unfit("secure_delete", std::to_string(*secure_delete));
    return {};
}

// Its cache holds the inner pages of the indexes of a nation's persons; those of all readers that
// may be open at once (four times those kept) take 256 MB at the most.
Result<void> SqliteConnection::set_up_reader() {
    sqlite3_busy_timeout(raw(), kBusyMilliseconds);
    return execute(
        "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0;"
        "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384;");
}

Query SqliteConnection::query(std::string_view sql) {
    auto& statement = statements_[sql];
    if (statement == nullptr) {
        sqlite3_stmt* prepared = nullptr;
        sqlite3_prepare_v3(raw(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
        statement.reset(prepared);
    }
    return Query(raw(), statement.get());
}

Result<void> SqliteConnection::execute(const char* sql) {
    const int code = sqlite3_exec(raw(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return std::unexpected(trouble(raw(), code));
    return {};
}

Result<std::int64_t> SqliteConnection::number(std::string_view sql) {
    Query asked = query(sql);
    const std::int64_t value = asked.row() ? asked.integer_at(0) : 0;
    // To its end: what a PRAGMA changes is committed after its row.
    if (auto done = asked.run(); !done) return std::unexpected(done.error());
    return value;
}

Result<std::string> SqliteConnection::word(std::string_view sql) {
    Query asked = query(sql);
    std::string value = asked.row() ? asked.text_at(0) : std::string();
    if (auto done = asked.run(); !done) return std::unexpected(done.error());
    return value;
}

OneState::OneState(SqliteConnection& connection)
    : connection_(connection),
      begun_(sqlite3_get_autocommit(connection.raw()) != 0 &&
             connection.query("BEGIN").run().has_value()) {}

OneState::~OneState() {
    if (begun_) (void)connection_.query("COMMIT").run();
}

}  // namespace sekisho::store
