#include "adapters/simulation/card/smart_card_service.h"

#include <filesystem>
#include <fstream>
#include <optional>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "adapters/simulation/card/own_namespaces.h"

namespace sekisho::simulation {

namespace {

using Wrong = std::optional<std::string>;

constexpr const char* kProgram = "/usr/sbin/pcscd";
constexpr const char* kDrivers = "/usr/lib/pcsc/drivers";
constexpr const char* kSerialDrivers = "/usr/lib/pcsc/drivers/serial";
constexpr const char* kDriver = "libifdvpcd.so";
// Below the /run of one's own.
constexpr const char* kOwnSockets = "/run/pcscd";
constexpr const char* kOwnDrivers = "/run/drivers";
constexpr const char* kOwnReaders = "/run/readers";
constexpr std::uint16_t kPort = 35963;

Wrong find_programs() {
    const std::string driver = std::string{kSerialDrivers} + "/" + kDriver;
    if (::access(kProgram, X_OK) != 0) return "pcscd is not installed";
    if (::access(driver.c_str(), R_OK) != 0) return "vsmartcard-vpcd is not installed";
    return std::nullopt;
}

// The virtual readers' driver is left in sight, those of real readers are not.
Wrong leave_one_driver() {
    if (auto wrong = show_at(kSerialDrivers, kOwnDrivers)) return wrong;
    return hide_below(kDrivers);
}

Wrong write_readers() {
    std::error_code trouble;
    std::filesystem::create_directories(kOwnReaders, trouble);
    std::ofstream out{std::string{kOwnReaders} + "/vpcd"};
    out << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" << kPort << "\nLIBPATH "
        << kOwnDrivers << "/" << kDriver << "\nCHANNELID " << kPort << "\n"
        << std::flush;
    if (!out.good()) return std::string{kOwnReaders} + " cannot be written";
    return std::nullopt;
}

Wrong prepare(const std::string& socket_folder) {
    if (auto wrong = find_programs()) return wrong;
    for (const char* left_behind : {"/pcscd.comm", "/pcscd.pid"})
        ::unlink((socket_folder + left_behind).c_str());
    if (auto wrong = show_at(socket_folder, kOwnSockets)) return wrong;
    if (auto wrong = leave_one_driver()) return wrong;
    return write_readers();
}

// In the child: the service, which goes when its parent goes.
[[noreturn]] void become_service(pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() == parent)
        ::execl(kProgram, kProgram, "--foreground", "--config", kOwnReaders, nullptr);
    ::_exit(127);  // the parent's exit handlers are the parent's
}

}  // namespace

std::expected<std::unique_ptr<SmartCardService>, std::string> SmartCardService::start(
    const std::string& socket_folder) {
    if (auto wrong = prepare(socket_folder)) return std::unexpected(*wrong);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) become_service(parent);
    if (pid < 0) return std::unexpected("pcscd cannot be started");
    return std::unique_ptr<SmartCardService>{new SmartCardService(pid)};
}

SmartCardService::~SmartCardService() {
    if (has_ended()) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

std::uint16_t SmartCardService::port_of(std::size_t reader) {
    return static_cast<std::uint16_t>(kPort + reader);
}

bool SmartCardService::has_ended() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    return pid_ <= 0;
}

}  // namespace sekisho::simulation
