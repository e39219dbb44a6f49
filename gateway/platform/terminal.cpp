#include "gateway/platform/terminal.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

namespace sekisho::platform {

namespace {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

  private:
    int number_;
};

// Signals that are held for the scope, and a descriptor that is readable once one came. It is never
// read: the signal stays pending and takes effect when the scope ends.
class HeldSignals {
  public:
    HeldSignals() : arrived_(hold()) {}
    ~HeldSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

    int arrived() const { return arrived_.number(); }

  private:
    int hold() {
        sigset_t held;
        sigemptyset(&held);
        for (const int number : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP}) {
            sigaddset(&held, number);
        }
        ::pthread_sigmask(SIG_BLOCK, &held, &before_);
        return ::signalfd(-1, &held, SFD_CLOEXEC);
    }

    sigset_t before_{};
    Descriptor arrived_;
};

// Readable once a stop was asked for.
class StopSignal {
  public:
    explicit StopSignal(const std::stop_token& stop)
        : asked_(::eventfd(0, EFD_CLOEXEC)), tell_(stop, Tell{asked_.number()}) {}

    int asked() const { return asked_.number(); }

  private:
    struct Tell {
        int descriptor;
        void operator()() const {
            const std::uint64_t one = 1;
            [[maybe_unused]] const ssize_t put = ::write(descriptor, &one, sizeof one);
        }
    };

    Descriptor asked_;
    std::stop_callback<Tell> tell_;
};

// As poll() takes it; rounded up, so that it does not come back before its time.
int milliseconds_until(Monotonic until) {
    if (until == Monotonic::max()) return -1;
    const auto rest =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(rest.count(), 0, INT_MAX));
}

// No echo for the scope; what was typed ahead is thrown away on both its ends.
class NoEcho {
  public:
    explicit NoEcho(int terminal) : terminal_(terminal) {
        if (::tcgetattr(terminal, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= static_cast<tcflag_t>(ECHONL);
        off_ = ::tcsetattr(terminal, TCSAFLUSH, &silent) == 0;
    }
    ~NoEcho() {
        if (off_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

    bool off() const { return off_; }

  private:
    int terminal_;
    termios before_{};
    bool off_ = false;
};

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Byte by byte: nothing behind the line is taken, and nothing of it is left in a larger buffer.
SecretLine read_line(int descriptor) {
    SecretBytes line;
    std::array<std::uint8_t, 1> byte{};
    for (;;) {
        const ssize_t count = ::read(descriptor, byte.data(), byte.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            return std::unexpected(errno == EBADF ? TerminalTrouble::no_terminal
                                                  : TerminalTrouble::unreadable);
        }
        if (count == 0 && line.empty()) return std::unexpected(TerminalTrouble::unreadable);
        if (count == 0 || byte[0] == '\n') break;
        const bool fits = line.append({reinterpret_cast<const char*>(byte.data()), 1});
        cleanse(byte);
        if (!fits) return std::unexpected(TerminalTrouble::too_long);
    }
    if (line.bytes().ends_with('\r')) line.remove_last();
    return line;
}

}  // namespace

SecretLine SystemTerminal::hidden_line(std::string_view prompt, const Patience& patience) {
    const Descriptor terminal{::open(device_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC)};
    if (!terminal.open()) return std::unexpected(TerminalTrouble::no_terminal);
    const HeldSignals signals;
    const StopSignal stop{patience.stop};
    const NoEcho silence{terminal.number()};
    if (!silence.off() || signals.arrived() < 0 || stop.asked() < 0 ||
        !write_all(terminal.number(), prompt)) {
        return std::unexpected(TerminalTrouble::no_terminal);
    }
    std::array<pollfd, 3> awaited{pollfd{.fd = signals.arrived(), .events = POLLIN, .revents = 0},
                                  pollfd{.fd = stop.asked(), .events = POLLIN, .revents = 0},
                                  pollfd{.fd = terminal.number(), .events = POLLIN, .revents = 0}};
    const int ready = ::poll(awaited.data(), awaited.size(), milliseconds_until(patience.until));
    if (ready < 0) return std::unexpected(TerminalTrouble::unreadable);
    if (ready == 0) return std::unexpected(TerminalTrouble::timed_out);
    if (awaited[0].revents != 0 || awaited[1].revents != 0) {
        return std::unexpected(TerminalTrouble::interrupted);
    }
    return read_line(terminal.number());  // a terminal gives a line when it is whole
}

bool SystemTerminal::show(std::string_view text) {
    const Descriptor terminal{::open(device_.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC)};
    return terminal.open() && ::isatty(terminal.number()) == 1 &&
           write_all(terminal.number(), text);
}

SecretLine SystemTerminal::line_of(int descriptor) {
    return read_line(descriptor);
}

}  // namespace sekisho::platform
