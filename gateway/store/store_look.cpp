#include "gateway/store/store_look.h"

#include <array>
#include <filesystem>
#include <fstream>

#include "gateway/store/sqlite_connection.h"
#include "gateway/store/sqlite_schema.h"

namespace sekisho::store {

namespace {

constexpr int kStepsBetweenLooks = 1'000;  // of SQLite's machine: well below a millisecond

// Names and numbers alone. A table that an older schema lacks is passed over.
constexpr std::array<std::string_view, 12> kTables{"message", "body",    "business_key", "delivery",
                                                   "history", "lease",   "registration", "consent",
                                                   "leaf",    "subtree", "access",       "awaited"};

int is_over(void* deadline) {
    return std::chrono::steady_clock::now() >= *static_cast<const LookDeadline*>(deadline) ? 1 : 0;
}

class Onlooker {
  public:
    static Result<Onlooker> open(const std::string& path, LookDeadline deadline) {
        auto connection = SqliteConnection::open(path, {}, SqliteConnection::Mode::onlooker);
        if (!connection) return std::unexpected(connection.error());
        return Onlooker{std::move(*connection), deadline};
    }

    SqliteConnection& connection() { return *connection_; }
    bool was_cut() const { return connection_->last_code() == SQLITE_INTERRUPT; }

  private:
    Onlooker(std::unique_ptr<SqliteConnection> connection, LookDeadline deadline)
        : deadline_(std::make_unique<LookDeadline>(deadline)), connection_(std::move(connection)) {
        sqlite3_progress_handler(connection_->raw(), kStepsBetweenLooks, is_over, deadline_.get());
    }

    std::unique_ptr<LookDeadline> deadline_;
    std::unique_ptr<SqliteConnection> connection_;
};

// File format version, write and read: both 2 in WAL (https://www.sqlite.org/fileformat.html, 1.3).
// Read before SQLite opens it: closing the file would drop this process's locks on it.
bool header_says_wal(const std::string& path) {
    constexpr std::streamoff kVersions = 18;
    std::ifstream file{path, std::ios::binary};
    std::array<char, 2> versions{};
    file.seekg(kVersions);
    file.read(versions.data(), versions.size());
    return file.good() && versions[0] == 2 && versions[1] == 2;
}

// Of the write-ahead log: there while a gateway has the database open.
bool has_index(const std::string& path) {
    std::error_code trouble;
    return std::filesystem::exists(path + "-shm", trouble);
}

std::optional<std::uint64_t> rows_of(Onlooker& onlooker, std::string_view table) {
    // Only literals are kept by a connection: each of these is asked once.
    const std::string sql = "SELECT count(*) FROM " + std::string{table};
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(onlooker.connection().raw(), sql.c_str(), -1, &raw, nullptr) !=
        SQLITE_OK) {
        return std::nullopt;
    }
    const std::unique_ptr<sqlite3_stmt, CloseStatement> statement{raw};
    if (sqlite3_step(raw) != SQLITE_ROW) return std::nullopt;
    return static_cast<std::uint64_t>(sqlite3_column_int64(raw, 0));
}

bool has_table(Onlooker& onlooker, std::string_view table) {
    Query query = onlooker.connection().query(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1");
    query.text(table);
    return query.row() && query.integer_at(0) > 0;
}

}  // namespace

std::int64_t known_schema_version() {
    return schema_version();
}

Result<StoreLook> look_at_store(const std::string& path, LookDeadline deadline,
                                std::uint64_t read_through_max) {
    StoreLook look{.writes_ahead = header_says_wal(path)};
    const bool at_rest = !has_index(path);
    auto onlooker = Onlooker::open(path, deadline);
    if (!onlooker) return std::unexpected(onlooker.error());
    SqliteConnection& connection = onlooker->connection();
    if (auto ours = check_owner(connection); !ours) return std::unexpected(ours.error());
    const auto version = connection.number("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    look.schema_version = *version;
    std::error_code trouble;
    const auto bytes = std::filesystem::file_size(path, trouble);
    if (trouble || bytes > read_through_max) return look;
    const auto checked = connection.word("PRAGMA quick_check(1)");
    if (checked) {
        look.pages = *checked == "ok" ? Pages::sound : Pages::damaged;
        if (look.pages == Pages::damaged) look.damage = *checked;
    } else if (!onlooker->was_cut()) {
        look.pages = Pages::damaged;
        look.damage = checked.error().detail.en;
    }
    // What was read as one that nobody changes was changed.
    if (look.pages == Pages::damaged && at_rest && has_index(path))
        look.pages = Pages::not_finished;
    return look;
}

Result<std::vector<CountedRows>> count_store(const std::string& path, LookDeadline deadline) {
    auto onlooker = Onlooker::open(path, deadline);
    if (!onlooker) return std::unexpected(onlooker.error());
    if (auto ours = check_owner(onlooker->connection()); !ours) {
        return std::unexpected(ours.error());
    }
    std::vector<CountedRows> counted;
    for (const std::string_view table : kTables) {
        if (!has_table(*onlooker, table)) continue;
        counted.push_back({.what = std::string{table}, .rows = rows_of(*onlooker, table)});
    }
    Query queue = onlooker->connection().query(
        "SELECT via, state, count(*) FROM delivery WHERE state IN (0, 1, 6) GROUP BY via, state");
    while (queue.row()) {
        const auto state = static_cast<DeliveryState>(queue.integer_at(1));
        counted.push_back(
            {.what = "delivery " + queue.text_at(0) + " " + std::string{to_string(state)},
             .rows = queue.unsigned_at(2)});
    }
    if (!queue.outcome()) counted.push_back({.what = "delivery by adapter"});
    return counted;
}

}  // namespace sekisho::store
