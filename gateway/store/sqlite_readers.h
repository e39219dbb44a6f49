// The readers of SqliteStore: a bounded pool of connections, lent one to each View.
//
// `idle_max` connections are kept; when all are lent more are opened, up to four times as many;
// beyond that a caller waits for one to come back, and after a while is refused as overloaded.
// Thread-safe; outlived by no View.
#pragma once

#include <vector>

#include "adapters/locks/condition.h"
#include "gateway/store/sqlite_connection.h"

namespace sekisho::store {

class SqliteReaders {
  public:
    SqliteReaders(std::string path, std::string vfs, std::size_t idle_max);

    Result<std::unique_ptr<View>> lend();
    void give_back(std::unique_ptr<SqliteConnection> connection);

  private:
    Result<std::unique_ptr<SqliteConnection>> take();

    const std::string path_;
    const std::string vfs_;
    const std::size_t idle_max_;
    const std::size_t open_max_;
    locks::Mutex mutex_;
    locks::Condition returned_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t open_ SEKISHO_GUARDED_BY(mutex_) = 0;  // idle or lent
};

}  // namespace sekisho::store
