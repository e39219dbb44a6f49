#include "adapters/file/doorbell.h"

#include <array>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace sekisho::file {

Doorbell::Doorbell(const std::string& folder)
    : notifier_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    if (notifier_ >= 0)
        ::inotify_add_watch(notifier_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_MODIFY);
}

Doorbell::~Doorbell() {
    if (notifier_ >= 0) ::close(notifier_);
}

void Doorbell::wait(std::chrono::milliseconds most) const {
    pollfd look{.fd = notifier_, .events = POLLIN, .revents = 0};
    if (::poll(&look, 1, static_cast<int>(most.count())) <= 0) return;
    std::array<char, 4096> told{};
    while (::read(notifier_, told.data(), told.size()) > 0) continue;
}

}  // namespace sekisho::file
