#include "gateway/store/sqlite_store.h"

#include "gateway/store/group_writer.h"
#include "gateway/store/sqlite_readers.h"
#include "gateway/store/sqlite_schema.h"
#include "gateway/store/sqlite_writer.h"

namespace sekisho::store {

namespace {

// In place of the writer where only reading is allowed; never asked, since nothing is accepted.
class NoWriter final : public GroupCommitter {
  public:
    GroupOutcome commit(std::span<WriterItem> group) override {
        const auto refusal = unavailable("読み取り専用です", "the store is read-only");
        return {.results = std::vector<Result<void>>(group.size(), std::unexpected(refusal))};
    }
};

}  // namespace

// The readers close first and the writer last, which then puts the log into the database and
// removes it.
struct SqliteStore::State {
    State(std::unique_ptr<GroupCommitter> with, const SqliteOptions& options)
        : committer(std::move(with)),
          queue(*committer),
          readers(options.path, options.vfs, options.readers) {}

    std::unique_ptr<GroupCommitter> committer;
    GroupWriter queue;
    SqliteReaders readers;
};

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const SqliteOptions& options) {
    if (options.read_only) {
        auto reader =
            SqliteConnection::open(options.path, options.vfs, SqliteConnection::Mode::reader);
        if (!reader) return std::unexpected(reader.error());
        if (auto fits = check_schema(**reader); !fits) return std::unexpected(fits.error());
        auto state = std::make_unique<State>(std::make_unique<NoWriter>(), options);
        state->queue.stop_accepting("read-only");
        return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(state)));
    }
    auto writer = SqliteWriter::open(options);
    if (!writer) return std::unexpected(writer.error());
    return std::unique_ptr<SqliteStore>(
        new SqliteStore(std::make_unique<State>(std::move(*writer), options)));
}

bool SqliteStore::submit(Work work, Completion completion) {
    return state_->queue.submit(std::move(work), std::move(completion));
}

Result<std::unique_ptr<View>> SqliteStore::view() {
    return state_->readers.lend();
}

StoreHealth SqliteStore::health() const {
    return state_->queue.health();
}

std::size_t SqliteStore::commit_group() {
    return state_->queue.commit_group();
}

void SqliteStore::run_writer(const std::stop_token& stop) {
    state_->queue.run(stop);
}

}  // namespace sekisho::store
