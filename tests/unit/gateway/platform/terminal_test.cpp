// A line typed at a real pseudo-terminal: never echoed, and the echo is back on every way out.
#include "gateway/platform/terminal.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace sekisho::platform {

namespace {

// Both ends of a terminal: the test sits at it, the code under test asks at its device.
class PseudoTerminal {
  public:
    PseudoTerminal() : person_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        BOOST_TEST_REQUIRE(person_ >= 0);
        BOOST_TEST_REQUIRE(::grantpt(person_) == 0);
        BOOST_TEST_REQUIRE(::unlockpt(person_) == 0);
        device_ = ::ptsname(person_);
        program_ = ::open(device_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    ~PseudoTerminal() {
        ::close(program_);
        ::close(person_);
    }
    PseudoTerminal(const PseudoTerminal&) = delete;
    PseudoTerminal& operator=(const PseudoTerminal&) = delete;

    const std::string& device() const { return device_; }
    bool echoes() const {
        termios state{};
        return ::tcgetattr(program_, &state) == 0 && (state.c_lflag & ECHO) != 0;
    }
    void type(std::string_view text) const {
        BOOST_TEST_REQUIRE(::write(person_, text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size()));
    }
    // What the person sees, until it ends so.
    std::string seen_until(std::string_view end) const {
        std::string seen;
        std::array<char, 64> piece{};
        while (!seen.ends_with(end)) {
            const ssize_t count = ::read(person_, piece.data(), piece.size());
            BOOST_TEST_REQUIRE(count > 0);
            seen.append(piece.data(), static_cast<std::size_t>(count));
        }
        return seen;
    }

  private:
    int person_;
    int program_ = -1;
    std::string device_;
};

// A child that asks at the device until something ends it; how it ended.
class AskingChild {
  public:
    explicit AskingChild(const std::string& device) : pid_(::fork()) {
        BOOST_TEST_REQUIRE(pid_ >= 0);  // -1 as a process id would be everybody's
        if (pid_ != 0) return;
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::signal(number, SIG_DFL);
        const auto line = SystemTerminal{device}.hidden_line("PIN: ", {});
        // Not exit(): a copy of the test must not run the test's own end.
        ::_exit(line ? 0 : 10 + static_cast<int>(line.error()));
    }
    void signal(int number) const { ::kill(pid_, number); }
    int status() const {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        return status;
    }

  private:
    pid_t pid_;
};

int pipe_with(std::string_view text) {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
    BOOST_TEST_REQUIRE(::write(ends[1], text.data(), text.size()) ==
                       static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    return ends[0];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(terminal)

BOOST_AUTO_TEST_CASE(a_line_is_read_and_never_shown) {
    const PseudoTerminal pty;
    SecretLine line = std::unexpected(TerminalTrouble::unreadable);
    std::thread asking([&] { line = SystemTerminal{pty.device()}.hidden_line("PIN: ", {}); });
    BOOST_TEST(pty.seen_until("PIN: ") == "PIN: ");
    BOOST_TEST(!pty.echoes());
    pty.type("7391\n");
    asking.join();
    BOOST_TEST_REQUIRE(line.has_value());
    BOOST_TEST(line->bytes() == "7391");
    BOOST_TEST(pty.echoes());
    BOOST_TEST(pty.seen_until("\n") == "\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_typed_wrongly_can_be_corrected) {
    const PseudoTerminal pty;
    SecretLine line = std::unexpected(TerminalTrouble::unreadable);
    std::thread asking([&] { line = SystemTerminal{pty.device()}.hidden_line("PIN: ", {}); });
    pty.seen_until("PIN: ");
    pty.type(
        "739\x7f"
        "91\n");
    asking.join();
    BOOST_TEST_REQUIRE(line.has_value());
    BOOST_TEST(line->bytes() == "7391");
}

BOOST_AUTO_TEST_CASE(a_signal_ends_the_program_as_ever_and_the_echo_is_back) {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        const PseudoTerminal pty;
        const AskingChild child{pty.device()};
        pty.seen_until("PIN: ");
        BOOST_TEST(!pty.echoes());
        child.signal(number);
        const int status = child.status();
        BOOST_TEST(WIFSIGNALED(status));
        BOOST_TEST(WTERMSIG(status) == number);
        BOOST_TEST(pty.echoes());
    }
}

BOOST_AUTO_TEST_CASE(an_ended_terminal_gives_no_line) {
    const PseudoTerminal pty;
    const AskingChild child{pty.device()};
    pty.seen_until("PIN: ");
    pty.type("\x04");  // end of file
    const int status = child.status();
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 10 + static_cast<int>(TerminalTrouble::unreadable));
    BOOST_TEST(pty.echoes());
}

BOOST_AUTO_TEST_CASE(a_line_that_does_not_come_in_time_is_given_up) {
    const PseudoTerminal pty;
    SecretLine line = std::unexpected(TerminalTrouble::unreadable);
    std::thread asking([&] {
        line = SystemTerminal{pty.device()}.hidden_line(
            "PIN: ", {.until = std::chrono::steady_clock::now() + std::chrono::milliseconds{20}});
    });
    pty.seen_until("PIN: ");
    asking.join();
    BOOST_TEST((line.error() == TerminalTrouble::timed_out));
    BOOST_TEST(pty.echoes());
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_asking_and_the_echo_is_back) {
    const PseudoTerminal pty;
    std::stop_source stop;
    SecretLine line = std::unexpected(TerminalTrouble::unreadable);
    std::thread asking([&] {
        line = SystemTerminal{pty.device()}.hidden_line("PIN: ", {.stop = stop.get_token()});
    });
    pty.seen_until("PIN: ");
    BOOST_TEST(!pty.echoes());
    stop.request_stop();
    asking.join();
    BOOST_TEST((line.error() == TerminalTrouble::interrupted));
    BOOST_TEST(pty.echoes());
    // One that was asked for before ends it at once.
    line = SystemTerminal{pty.device()}.hidden_line("PIN: ", {.stop = stop.get_token()});
    BOOST_TEST((line.error() == TerminalTrouble::interrupted));
}

BOOST_AUTO_TEST_CASE(what_is_shown_stands_on_the_terminal_or_nowhere) {
    const PseudoTerminal pty;
    BOOST_TEST(SystemTerminal{pty.device()}.show("123456\n"));
    BOOST_TEST(pty.seen_until("\n") == "123456\r\n");
    BOOST_TEST(!SystemTerminal{"/dev/null"}.show("123456"));
    BOOST_TEST(!SystemTerminal{"/nowhere"}.show("123456"));
}

BOOST_AUTO_TEST_CASE(without_a_terminal_nothing_is_asked) {
    BOOST_TEST((SystemTerminal{"/dev/null"}.hidden_line("PIN: ", {}).error() ==
                TerminalTrouble::no_terminal));
    BOOST_TEST((SystemTerminal{"/nowhere"}.hidden_line("PIN: ", {}).error() ==
                TerminalTrouble::no_terminal));
}

BOOST_AUTO_TEST_CASE(a_descriptor_gives_its_first_line) {
    SystemTerminal terminal;
    const auto line_of = [&terminal](std::string_view text) {
        const int descriptor = pipe_with(text);
        auto line = terminal.line_of(descriptor);
        ::close(descriptor);
        return line;
    };
    BOOST_TEST(line_of("1234\n5678\n")->bytes() == "1234");
    BOOST_TEST(line_of("1234\r\n")->bytes() == "1234");
    BOOST_TEST(line_of("1234")->bytes() == "1234");
    BOOST_TEST(line_of("\n")->bytes().empty());
    BOOST_TEST((line_of("").error() == TerminalTrouble::unreadable));
    BOOST_TEST((line_of(std::string(300, '1')).error() == TerminalTrouble::too_long));
    BOOST_TEST((terminal.line_of(9999).error() == TerminalTrouble::no_terminal));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
