// One connection to SQLite and its prepared statements, owned and checked: within this room only.
//
// A connection belongs to one thread at a time. Its statements are prepared once and kept; a Query
// borrows one, binds in order, steps, and leaves it reset. Every return code is looked at; trouble
// becomes store_unavailable with SQLite's own words, which name columns but never values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/store/store.h"

namespace sekisho::store {

struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct CloseConnection {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

class Query {
  public:
    Query(sqlite3* connection, sqlite3_stmt* statement);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    Query& text(std::string_view value);
    Query& blob(std::string_view value);
    Query& blob(const model::Sha256& value);
    Query& integer(std::int64_t value);
    Query& unsigned_integer(std::uint64_t value) {
        return integer(static_cast<std::int64_t>(value));
    }
    Query& instant(model::Instant value);
    Query& instant(const std::optional<model::Instant>& value);

    bool row();  // a row is there; false at the end and on trouble
    Result<void> outcome() const;
    Result<void> run();  // steps to the end
    bool violates_uniqueness() const;

    std::int64_t integer_at(int column) const;
    std::uint64_t unsigned_at(int column) const {
        return static_cast<std::uint64_t>(integer_at(column));
    }
    std::string text_at(int column) const;  // of texts and blobs
    model::Sha256 digest_at(int column) const;
    model::Instant instant_at(int column) const;
    std::optional<model::Instant> optional_instant_at(int column) const;

  private:
    void keep(int code);

    sqlite3* connection_;
    sqlite3_stmt* statement_;
    int next_ = 1;          // of the parameters
    int code_ = SQLITE_OK;  // the first that is trouble, else the last
};

class SqliteConnection {
  public:
    // onlooker: a reader that makes no file, not even the log's index (store_look.h).
    enum class Mode : std::uint8_t { writer, reader, onlooker };

    // Opens and sets up: writer as in sqlite_store.h; a reader is query_only and never checkpoints.
    static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path,
                                                          const std::string& vfs, Mode mode);

    // `sql` must live as long as the connection: literals only. A statement that cannot be prepared
    // gives a Query whose outcome() says so.
    Query query(std::string_view sql);
    Result<void> execute(const char* sql);              // one or more statements without results
    Result<std::int64_t> number(std::string_view sql);  // the one number that `sql` gives
    Result<std::string> word(std::string_view sql);

    sqlite3* raw() const { return connection_.get(); }
    int last_code() const { return sqlite3_extended_errcode(connection_.get()); }
    std::int64_t last_row() const { return sqlite3_last_insert_rowid(connection_.get()); }
    int changes() const { return sqlite3_changes(connection_.get()); }

  private:
    explicit SqliteConnection(sqlite3* connection) : connection_(connection) {}
    Result<void> set_up_writer();
    Result<void> set_up_reader();

    std::unique_ptr<sqlite3, CloseConnection> connection_;
    std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, CloseStatement>> statements_;
};

// What is read in its life is read of one state of the database. Nothing where a transaction is
// under way, which is one already.
class OneState {
  public:
    explicit OneState(SqliteConnection& connection);
    ~OneState();
    OneState(const OneState&) = delete;
    OneState& operator=(const OneState&) = delete;

  private:
    SqliteConnection& connection_;
    const bool begun_;
};

// store_unavailable with SQLite's words for `code`.
model::Refusal trouble(sqlite3* connection, int code);

}  // namespace sekisho::store
