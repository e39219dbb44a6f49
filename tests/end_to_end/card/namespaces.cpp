// This test program has a /run and a network of its own (Linux namespaces), so that it can start
// the real smart card service whatever runs on the machine: pcscd's socket has a fixed place, and
// the virtual reader listens on a port on every address. Its children have the same; all of it is
// gone with the last of them.
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <net/if.h>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

void need(bool done, const std::string& what) {
    if (!done) throw std::runtime_error(what + ": " + std::strerror(errno));
}

void write_line(const char* path, const std::string& line) {
    std::ofstream out{path};
    out << line << std::flush;
    need(out.good(), path);
}

// An ordinary user becomes root of a user namespace first.
void enter() {
    constexpr int kOwn = CLONE_NEWNS | CLONE_NEWNET;
    if (::geteuid() == 0 && ::unshare(kOwn) == 0) return;
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    need(::unshare(CLONE_NEWUSER | kOwn) == 0, "no namespaces");
    write_line("/proc/self/setgroups", "deny");
    write_line("/proc/self/uid_map", "0 " + user + " 1");
    write_line("/proc/self/gid_map", "0 " + group + " 1");
}

void bring_loopback_up() {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strncpy(request.ifr_name, "lo", sizeof request.ifr_name - 1);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    const bool up = ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
    ::close(socket);
    need(up, "loopback");
}

struct OwnNamespaces {
    OwnNamespaces() {
        enter();
        need(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private mounts");
        need(::mount("tmpfs", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") == 0, "/run");
        bring_loopback_up();
    }
};

BOOST_TEST_GLOBAL_FIXTURE(OwnNamespaces);

}  // namespace
