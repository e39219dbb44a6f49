#include "tests/support/disk/watched_vfs.h"

#include <new>
#include <utility>

namespace sekisho::tests {

// SQLite allocates this with the real file behind it; the name stays SQLite's until it closes.
struct WatchedFile {
    sqlite3_file base;
    WatchedVfs* vfs;
    const char* path;
    int flags;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    static WatchedFile* of(sqlite3_file* file) { return reinterpret_cast<WatchedFile*>(file); }

    static int ask(sqlite3_file* file, WatchedCall call) {
        const WatchedFile& self = *of(file);
        call.path = self.path;
        call.flags = self.flags;
        return self.vfs->watcher_(call);
    }
    static int ask(sqlite3_vfs* vfs, const WatchedCall& call) {
        return static_cast<WatchedVfs*>(vfs->pAppData)->watcher_(call);
    }
};

namespace {

template <class Method, class... Arguments>
auto pass(sqlite3_file* file, Method sqlite3_io_methods::* method, Arguments... arguments) {
    sqlite3_file* real = WatchedFile::of(file)->real();
    return (real->pMethods->*method)(real, arguments...);
}

int close_file(sqlite3_file* file) {
    return pass(file, &sqlite3_io_methods::xClose);
}
int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    const int fault = WatchedFile::ask(file, {.kind = DiskCall::read, .at = at});
    return fault != SQLITE_OK ? fault : pass(file, &sqlite3_io_methods::xRead, into, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    const std::string_view bytes{static_cast<const char*>(from), static_cast<std::size_t>(size)};
    const int fault = WatchedFile::ask(file, {.kind = DiskCall::write, .at = at, .bytes = bytes});
    return fault != SQLITE_OK ? fault : pass(file, &sqlite3_io_methods::xWrite, from, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    const int fault = WatchedFile::ask(file, {.kind = DiskCall::truncate, .at = size});
    return fault != SQLITE_OK ? fault : pass(file, &sqlite3_io_methods::xTruncate, size);
}
int sync(sqlite3_file* file, int flags) {
    const int fault = WatchedFile::ask(file, {.kind = DiskCall::sync});
    return fault != SQLITE_OK ? fault : pass(file, &sqlite3_io_methods::xSync, flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return pass(file, &sqlite3_io_methods::xFileSize, size);
}
int lock(sqlite3_file* file, int kind) {
    return pass(file, &sqlite3_io_methods::xLock, kind);
}
int unlock(sqlite3_file* file, int kind) {
    return pass(file, &sqlite3_io_methods::xUnlock, kind);
}
int check_reserved(sqlite3_file* file, int* result) {
    return pass(file, &sqlite3_io_methods::xCheckReservedLock, result);
}
int control(sqlite3_file* file, int operation, void* argument) {
    return pass(file, &sqlite3_io_methods::xFileControl, operation, argument);
}
int sector_size(sqlite3_file* file) {
    return pass(file, &sqlite3_io_methods::xSectorSize);
}
int characteristics(sqlite3_file* file) {
    return pass(file, &sqlite3_io_methods::xDeviceCharacteristics);
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
    return pass(file, &sqlite3_io_methods::xShmMap, page, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return pass(file, &sqlite3_io_methods::xShmLock, offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
    pass(file, &sqlite3_io_methods::xShmBarrier);
}
int shm_unmap(sqlite3_file* file, int remove) {
    return pass(file, &sqlite3_io_methods::xShmUnmap, remove);
}

constexpr sqlite3_io_methods kMethods{.iVersion = 2,
                                      .xClose = close_file,
                                      .xRead = read,
                                      .xWrite = write,
                                      .xTruncate = truncate,
                                      .xSync = sync,
                                      .xFileSize = file_size,
                                      .xLock = lock,
                                      .xUnlock = unlock,
                                      .xCheckReservedLock = check_reserved,
                                      .xFileControl = control,
                                      .xSectorSize = sector_size,
                                      .xDeviceCharacteristics = characteristics,
                                      .xShmMap = shm_map,
                                      .xShmLock = shm_lock,
                                      .xShmBarrier = shm_barrier,
                                      .xShmUnmap = shm_unmap,
                                      .xFetch = nullptr,
                                      .xUnfetch = nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* watched = new (file) WatchedFile{.base = {.pMethods = nullptr},
                                           .vfs = static_cast<WatchedVfs*>(vfs->pAppData),
                                           .path = name != nullptr ? name : "",
                                           .flags = flags};
    const int fault = WatchedFile::ask(file, {.kind = DiskCall::open});
    if (fault != SQLITE_OK) return fault;
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    const int code = real->xOpen(real, name, watched->real(), flags, out_flags);
    if (code == SQLITE_OK) watched->base.pMethods = &kMethods;
    return code;
}

int remove_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    const int fault = WatchedFile::ask(vfs, {.kind = DiskCall::remove, .path = name});
    if (fault != SQLITE_OK) return fault;
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    return real->xDelete(real, name, sync_folder);
}

}  // namespace

WatchedVfs::WatchedVfs(std::string name, Watcher watcher)
    : name_(std::move(name)), watcher_(std::move(watcher)), vfs_(*sqlite3_vfs_find(nullptr)) {
    vfs_.zName = name_.c_str();
    vfs_.szOsFile += static_cast<int>(sizeof(WatchedFile));
    vfs_.pAppData = this;
    vfs_.pNext = nullptr;
    vfs_.xOpen = open_file;
    vfs_.xDelete = remove_file;
    sqlite3_vfs_register(&vfs_, 0);
}

WatchedVfs::~WatchedVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

}  // namespace sekisho::tests
