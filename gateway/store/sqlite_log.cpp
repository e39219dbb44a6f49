#include "gateway/store/sqlite_log.h"

#include <algorithm>
#include <cstddef>
#include <sys/stat.h>
#include <vector>

#include "gateway/store/sqlite_connection.h"

namespace sekisho::store {

namespace {

constexpr std::int64_t kPieceBytes = 64L * 1024;  // SQLite writes no 128 KiB at once

std::string log_of(const std::string& path) {
    return path + "-wal";
}

// A file of SQLite's, opened by its own VFS: the same that the database is read by.
class LogFile {
  public:
    LogFile(sqlite3_vfs& vfs, const std::string& path)
        : memory_(static_cast<std::size_t>(vfs.szOsFile) / sizeof(std::max_align_t) + 1),
          file_(reinterpret_cast<sqlite3_file*>(memory_.data())) {
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;
        opened_ = vfs.xOpen(&vfs, path.c_str(), file_, flags, &flags);
    }
    ~LogFile() {
        if (file_->pMethods != nullptr) file_->pMethods->xClose(file_);
    }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    int write_again() {
        sqlite3_int64 size = 0;
        int code = opened_;
        if (code == SQLITE_OK) code = file_->pMethods->xFileSize(file_, &size);
        std::vector<char> piece(
            static_cast<std::size_t>(std::min<std::int64_t>(size, kPieceBytes)));
        for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += kPieceBytes) {
            const auto count = static_cast<int>(std::min<std::int64_t>(size - at, kPieceBytes));
            code = file_->pMethods->xRead(file_, piece.data(), count, at);
            if (code == SQLITE_OK) {
                code = file_->pMethods->xWrite(file_, piece.data(), count, at);
            }
        }
        return code == SQLITE_OK ? file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL) : code;
    }

  private:
    std::vector<std::max_align_t> memory_;
    sqlite3_file* file_;
    int opened_ = SQLITE_OK;
};

}  // namespace

bool is_log_left(const std::string& path) {
    struct stat status{};
    return ::stat(log_of(path).c_str(), &status) == 0 && status.st_size > 0;
}

Result<void> write_log_again(const std::string& path, const std::string& vfs) {
    sqlite3_vfs* const found = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
    if (found == nullptr) return std::unexpected(trouble(nullptr, SQLITE_ERROR));
    const int code = LogFile(*found, log_of(path)).write_again();
    if (code != SQLITE_OK) return std::unexpected(trouble(nullptr, code));
    return {};
}

}  // namespace sekisho::store
