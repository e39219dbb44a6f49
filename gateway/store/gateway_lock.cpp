#include "gateway/store/gateway_lock.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <sys/vfs.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "gateway/store/group_writer.h"

namespace sekisho::store {

namespace {

// statfs(2): NFS, SMB, SMB2, CIFS, Coda, AFS, Ceph, 9P.
constexpr std::array<std::uint32_t, 8> kNetworkFileSystems{
    0x6969, 0x517B, 0xFE534D42, 0xFF534D42, 0x73757245, 0x5346414F, 0x00C36400, 0x01021997};

std::unexpected<model::Refusal> failed(const std::string& path) {
    const std::string reason = std::generic_category().message(errno);
    return std::unexpected(
        unavailable(path + " を開けません: " + reason, path + " cannot be opened: " + reason));
}

// Of the open file, so that a second one of this very process is a stranger too, and so that
// looking takes nothing (flock() could only try).
struct flock whole_file() {
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

}  // namespace

Result<GatewayLock> GatewayLock::take(const std::string& path) {
    const std::string file = path + ".lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed(file);
    GatewayLock lock(descriptor);
    struct flock wanted = whole_file();
    if (::fcntl(descriptor, F_OFD_SETLK, &wanted) == 0) return lock;
    if (errno != EAGAIN && errno != EACCES) return failed(file);
    return std::unexpected(unavailable("別の sekisho がこのデータベースを使っています: " + path,
                                       "another sekisho is using this database: " + path));
}

bool GatewayLock::is_held(const std::string& path) {
    const int descriptor = ::open((path + ".lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    struct flock found = whole_file();
    const bool answered = ::fcntl(descriptor, F_OFD_GETLK, &found) == 0;
    ::close(descriptor);
    return answered && found.l_type != F_UNLCK;
}

GatewayLock::~GatewayLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

GatewayLock::GatewayLock(GatewayLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

Result<void> check_file_system(const std::string& folder) {
    struct statfs status{};
    if (::statfs(folder.c_str(), &status) != 0) return failed(folder);
    const auto type = static_cast<std::uint32_t>(status.f_type);
    if (std::ranges::find(kNetworkFileSystems, type) == kNetworkFileSystems.end()) return {};
    return std::unexpected(unavailable(
        folder + " はネットワーク上のファイルシステムです。機械自身のディスクに置いてください",
        folder + " is on a network file system; keep the database on the machine's own disk"));
}

Result<void> create_closed(const std::string& path) {
    // Only a new file is opened here: closing one that SQLite has open would drop its locks.
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    if (errno == EEXIST) return {};
    return failed(path);
}

}  // namespace sekisho::store
