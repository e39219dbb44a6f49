#include "tests/crash/control_page.h"

#include <chrono>
#include <fcntl.h>
#include <new>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace sekisho::tests {

ControlPage::ControlPage() {
    const int file = ::open((folder_ / "controls").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ::ftruncate(file, sizeof(Controls)) != 0) {
        throw std::runtime_error("no file for the controls");
    }
    void* page = ::mmap(nullptr, sizeof(Controls), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (page == MAP_FAILED) throw std::runtime_error("the controls cannot be mapped");
    controls_ = new (page) Controls;
}

ControlPage::~ControlPage() {
    ::munmap(controls_, sizeof(Controls));
}

void ControlPage::kill_at(Point point, Moment moment, std::int64_t nth) {
    controls_->moment = moment;
    controls_->left = nth - 1;
    controls_->point = point;
}

void ControlPage::let_leases_run_out() {
    constexpr std::chrono::nanoseconds kBeyond = std::chrono::hours{2};
    controls_->clock_ahead_ns = kBeyond.count();
}

std::vector<std::string> ControlPage::environment() const {
    return {std::string{kControlsVariable} + "=" + (folder_ / "controls"),
            "LD_PRELOAD=" SEKISHO_INTERPOSED,
            // AddressSanitizer wants to be first; what it watches does not change.
            "ASAN_OPTIONS=verify_asan_link_order=0"};
}

}  // namespace sekisho::tests
