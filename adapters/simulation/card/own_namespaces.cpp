#include "adapters/simulation/card/own_namespaces.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace sekisho::simulation {

namespace {

using Wrong = std::optional<std::string>;

constexpr const char* kEmptyFolder = "tmpfs";

std::string because(const std::string& what) {
    return what + ": " + std::generic_category().message(errno);
}

Wrong write_line(const char* path, const std::string& line) {
    std::ofstream out{path};
    out << line << std::flush;
    if (!out.good()) return because(path);
    return std::nullopt;
}

Wrong part() {
    constexpr int kOwn = CLONE_NEWNS | CLONE_NEWNET;
    if (::geteuid() == 0 && ::unshare(kOwn) == 0) return std::nullopt;
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    if (::unshare(CLONE_NEWUSER | kOwn) != 0) return because("no namespaces of one's own");
    if (auto wrong = write_line("/proc/self/setgroups", "deny")) return wrong;
    if (auto wrong = write_line("/proc/self/uid_map", "0 " + user + " 1")) return wrong;
    return write_line("/proc/self/gid_map", "0 " + group + " 1");
}

Wrong bring_loopback_up() {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strncpy(request.ifr_name, "lo", sizeof request.ifr_name - 1);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    const bool up = ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
    auto wrong = up ? Wrong{} : because("no loopback of one's own");
    ::close(socket);
    return wrong;
}

}  // namespace

Wrong enter_own_namespaces() {
    if (auto wrong = part()) return wrong;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return because("no mounts of one's own");
    if (auto wrong = hide_below("/run")) return wrong;
    return bring_loopback_up();
}

Wrong show_at(const std::string& from, const std::string& at) {
    std::error_code trouble;
    std::filesystem::create_directories(at, trouble);
    if (trouble || ::mount(from.c_str(), at.c_str(), nullptr, MS_BIND, nullptr) != 0)
        return because(at);
    return std::nullopt;
}

Wrong hide_below(const std::string& folder) {
    constexpr unsigned long kFlags = MS_NOSUID | MS_NODEV;
    if (::mount(kEmptyFolder, folder.c_str(), kEmptyFolder, kFlags, "mode=0755") != 0)
        return because(folder);
    return std::nullopt;
}

}  // namespace sekisho::simulation
