// What keeps a second gateway, or a file system that cannot lock, away from a database.
#pragma once

#include <string>

#include "gateway/store/store.h"

namespace sekisho::store {

// An exclusive lock on `path`.lock, held as long as the object lives and handed to no child
// process. Who looks whether it is held stands in nobody's way.
class GatewayLock {
  public:
    static Result<GatewayLock> take(const std::string& path);
    // Whether a gateway holds it now.
    static bool is_held(const std::string& path);
    ~GatewayLock();
    GatewayLock(GatewayLock&& other) noexcept;
    GatewayLock& operator=(GatewayLock&&) = delete;

  private:
    explicit GatewayLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

// Refuses network file systems: SQLite's shared memory and locks do not hold there.
Result<void> check_file_system(const std::string& folder);

// Creates the database file, 0600, if it is not there; a file that is there is not touched.
Result<void> create_closed(const std::string& path);

}  // namespace sekisho::store
