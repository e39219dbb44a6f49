// Put before the gateway's libraries by LD_PRELOAD: kills the process at a named point, says that
// the disk is full, sets the wall clock. The gateway itself knows nothing of it.
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <sqlite3.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/crash/interposed/controls.h"

namespace {

using sekisho::tests::Controls;
using sekisho::tests::Moment;
using sekisho::tests::Point;

Controls* map_controls() {
    const char* path = std::getenv(sekisho::tests::kControlsVariable);
    if (path == nullptr) return nullptr;
    const int file = ::open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return nullptr;
    void* page = ::mmap(nullptr, sizeof(Controls), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    return page == MAP_FAILED ? nullptr : static_cast<Controls*>(page);
}

Controls* controls() {
    static Controls* const mapped = map_controls();
    return mapped;
}

template <class Function>
Function next(Function, const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void pass(Point point, Moment moment) {
    Controls* const to = controls();
    if (to == nullptr || to->point != point || to->moment != moment) return;
    if (--to->left < 0) ::kill(::getpid(), SIGKILL);
}

bool is_full(int descriptor) {
    const Controls* const to = controls();
    if (to == nullptr || !to->disk_full || descriptor <= STDERR_FILENO) return false;
    struct stat status{};
    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

bool starts(const void* bytes, std::size_t size, std::string_view with) {
    return std::string_view(static_cast<const char*>(bytes), size).starts_with(with);
}

bool is_settling(std::string_view sql) {
    return sql.starts_with("UPDATE delivery SET state = ?1");
}

thread_local bool settled = false;  // in the transaction that is open

void before_step(std::string_view sql) {
    if (is_settling(sql)) pass(Point::settle, Moment::before);
    if (sql == "COMMIT") pass(Point::commit, Moment::before);
}

void after_step(std::string_view sql) {
    if (is_settling(sql)) settled = true;
    if (sql != "COMMIT") return;
    pass(Point::commit, Moment::after);
    if (settled) pass(Point::settle, Moment::after);
    settled = false;
}

template <class Call>
int at_sync(Call call) {
    pass(Point::fsync, Moment::before);
    const int result = call();
    pass(Point::fsync, Moment::after);
    return result;
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
    static const auto real = next(&pwrite64, "pwrite64");
    pass(Point::write, Moment::before);
    if (is_full(descriptor)) {
        errno = ENOSPC;
        return -1;
    }
    const ssize_t written = real(descriptor, bytes, size, at);
    pass(Point::write, Moment::after);
    return written;
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    static const auto real = next(&write, "write");
    if (is_full(descriptor)) {
        errno = ENOSPC;
        return -1;
    }
    return real(descriptor, bytes, size);
}

int fdatasync(int descriptor) {
    static const auto real = next(&fdatasync, "fdatasync");
    return at_sync([=] { return real(descriptor); });
}

int fsync(int descriptor) {
    static const auto real = next(&fsync, "fsync");
    return at_sync([=] { return real(descriptor); });
}

int sqlite3_step(sqlite3_stmt* statement) {
    static const auto real = next(&sqlite3_step, "sqlite3_step");
    const char* text = sqlite3_sql(statement);
    const std::string_view sql = text != nullptr ? text : "";
    before_step(sql);
    const int code = real(statement);
    after_step(sql);
    return code;
}

// The gateway's own answers.
int SSL_write_ex(SSL* connection, const void* bytes, size_t size, size_t* written) {
    static const auto real = next(&SSL_write_ex, "SSL_write_ex");
    const bool receipt = SSL_is_server(connection) == 1 && starts(bytes, size, "HTTP/1.1 20");
    if (receipt) pass(Point::receipt, Moment::before);
    const int result = real(connection, bytes, size, written);
    if (receipt) pass(Point::receipt, Moment::after);
    return result;
}

// What libcurl sends to a peer, and reads from it.
int SSL_write(SSL* connection, const void* bytes, int size) {
    static const auto real = next(&SSL_write, "SSL_write");
    const bool request = starts(bytes, static_cast<std::size_t>(size), "POST");
    if (request) pass(Point::send, Moment::before);
    const int result = real(connection, bytes, size);
    if (request) pass(Point::send, Moment::after);
    return result;
}

int SSL_read(SSL* connection, void* bytes, int size) {
    static const auto real = next(&SSL_read, "SSL_read");
    pass(Point::acknowledgement, Moment::before);
    const int result = real(connection, bytes, size);
    if (result > 0) pass(Point::acknowledgement, Moment::after);
    return result;
}

int clock_gettime(clockid_t which, timespec* now) {
    static const auto real = next(&clock_gettime, "clock_gettime");
    constexpr std::int64_t kSecond = 1'000'000'000;
    const int result = real(which, now);
    const Controls* const to = controls();
    if (result != 0 || to == nullptr || which != CLOCK_REALTIME) return result;
    const std::int64_t shifted = now->tv_nsec + to->clock_ahead_ns;
    now->tv_sec += (shifted - (shifted % kSecond + kSecond) % kSecond) / kSecond;
    now->tv_nsec = (shifted % kSecond + kSecond) % kSecond;
    return result;
}

}  // extern "C"
#pragma GCC visibility pop
