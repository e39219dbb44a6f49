#include "gateway/store/sqlite_readers.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gateway/store/sqlite_reads.h"

namespace sekisho::store {

namespace {

constexpr std::size_t kExtraReaders = 4;  // times the readers kept
constexpr std::chrono::seconds kReaderWait{5};

class SqliteView final : public SqliteReads<View> {
  public:
    SqliteView(SqliteReaders& readers, std::unique_ptr<SqliteConnection> connection)
        : SqliteReads(*connection), readers_(readers), owned_(std::move(connection)) {}
    ~SqliteView() override { readers_.give_back(std::move(owned_)); }
    SqliteView(const SqliteView&) = delete;
    SqliteView& operator=(const SqliteView&) = delete;

  private:
    SqliteReaders& readers_;
    std::unique_ptr<SqliteConnection> owned_;
};

}  // namespace

SqliteReaders::SqliteReaders(std::string path, std::string vfs, std::size_t idle_max)
    : path_(std::move(path)),
      vfs_(std::move(vfs)),
      idle_max_(std::max<std::size_t>(1, idle_max)),
      open_max_(idle_max_ * kExtraReaders) {}

Result<std::unique_ptr<View>> SqliteReaders::lend() {
    auto connection = take();
    if (!connection) return std::unexpected(connection.error());
    return std::make_unique<SqliteView>(*this, std::move(*connection));
}

Result<std::unique_ptr<SqliteConnection>> SqliteReaders::take() {
    {
        const locks::Lock lock(mutex_);
        const bool free = returned_.wait_for(
            mutex_, kReaderWait,
            [this]() SEKISHO_REQUIRES(mutex_) { return !idle_.empty() || open_ < open_max_; });
        if (!free) return model::refuse(model::Problem::overloaded);
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        ++open_;
    }
    auto opened = SqliteConnection::open(path_, vfs_, SqliteConnection::Mode::reader);
    if (opened) return opened;
    const locks::Lock lock(mutex_);
    --open_;
    returned_.notify_one();
    return opened;
}

void SqliteReaders::give_back(std::unique_ptr<SqliteConnection> connection) {
    // One that could not end its transaction would answer by the state of that moment for ever.
    const bool has_ended = sqlite3_get_autocommit(connection->raw()) != 0;
    const locks::Lock lock(mutex_);
    if (has_ended && idle_.size() < idle_max_) {
        idle_.push_back(std::move(connection));
    } else {
        --open_;
    }
    returned_.notify_one();
}

}  // namespace sekisho::store
