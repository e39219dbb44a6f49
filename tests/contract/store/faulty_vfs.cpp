#include "tests/contract/store/faulty_vfs.h"

#include <new>

namespace sekisho::store {

// SQLite allocates this with the real file behind it.
struct FaultyFile {
    sqlite3_file base;
    FaultyVfs* vfs;
    bool is_database;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    static FaultyFile* of(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file); }
    static int before_sync(FaultyFile* file) { return file->vfs->before_sync(file->is_database); }
    static int before_write(FaultyFile* file) { return file->vfs->before_write(); }
};

namespace {

template <class Method, class... Arguments>
auto pass(sqlite3_file* file, Method sqlite3_io_methods::* method, Arguments... arguments) {
    sqlite3_file* real = FaultyFile::of(file)->real();
    return (real->pMethods->*method)(real, arguments...);
}

int close_file(sqlite3_file* file) {
    return pass(file, &sqlite3_io_methods::xClose);
}
int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    return pass(file, &sqlite3_io_methods::xRead, into, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    if (const int fault = FaultyFile::before_write(FaultyFile::of(file)); fault != SQLITE_OK) {
        return fault;
    }
    return pass(file, &sqlite3_io_methods::xWrite, from, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return pass(file, &sqlite3_io_methods::xTruncate, size);
}
int sync(sqlite3_file* file, int flags) {
    if (const int fault = FaultyFile::before_sync(FaultyFile::of(file)); fault != SQLITE_OK) {
        return fault;
    }
    return pass(file, &sqlite3_io_methods::xSync, flags);
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
    auto* faulty = new (file) FaultyFile{.base = {.pMethods = nullptr},
                                         .vfs = static_cast<FaultyVfs*>(vfs->pAppData),
                                         .is_database = (flags & SQLITE_OPEN_MAIN_DB) != 0};
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    const int code = real->xOpen(real, name, faulty->real(), flags, out_flags);
    if (code == SQLITE_OK) faulty->base.pMethods = &kMethods;
    return code;
}

// Whether a planned fault is met by this call.
bool counted_down(std::atomic<std::int64_t>& left) {
    if (left == 0) return false;
    if (left == 1) return true;  // and stays so
    --left;
    return false;
}

}  // namespace

FaultyVfs::FaultyVfs(std::string name) : name_(std::move(name)), vfs_(*sqlite3_vfs_find(nullptr)) {
    vfs_.zName = name_.c_str();
    vfs_.szOsFile += static_cast<int>(sizeof(FaultyFile));
    vfs_.pAppData = this;
    vfs_.pNext = nullptr;
    vfs_.xOpen = open_file;
    sqlite3_vfs_register(&vfs_, 0);
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

void FaultyVfs::heal() {
    syncs_left_ = 0;
    database_syncs_left_ = 0;
    writes_left_ = 0;
    full_ = false;
    failed_ = false;
}

int FaultyVfs::before_sync(bool is_database) {
    const bool database_fault = is_database && counted_down(database_syncs_left_);
    if (!counted_down(syncs_left_) && !database_fault) return SQLITE_OK;
    failed_ = true;
    return SQLITE_IOERR_FSYNC;
}

int FaultyVfs::before_write() {
    if (full_) {
        failed_ = true;
        return SQLITE_FULL;
    }
    if (!counted_down(writes_left_)) return SQLITE_OK;
    failed_ = true;
    return SQLITE_IOERR_WRITE;
}

}  // namespace sekisho::store
