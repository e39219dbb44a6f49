// The terminal at which a person sits, for what must not be seen: a line typed without echo.
//
// While the line is awaited the echo is off; it is on again on every way out. The signals that end
// or stop a program at its terminal (INT, QUIT, TERM, HUP, TSTP) are held meanwhile and take effect
// once the echo is back; only SIGKILL and SIGSTOP leave it off (`stty echo` mends that). What was
// typed goes into cleansed memory and nowhere else.
//
// One thread at a time asks; any thread may show something meanwhile.
#pragma once

#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>

#include "gateway/platform/ports.h"
#include "gateway/platform/secret_bytes.h"

namespace sekisho::platform {

enum class TerminalTrouble : std::uint8_t {
    no_terminal,  // none to ask at, or no such descriptor
    unreadable,   // it went away, or nothing came before its end
    too_long,     // more than a line of secret bytes
    interrupted,  // a signal came, or a stop was asked for; nobody waits for the line any more
    timed_out,    // no line within the patience that was given
};

// How long a line is awaited: for ever, unless said otherwise.
struct Patience {
    Monotonic until = Monotonic::max();
    std::stop_token stop{};
};

using SecretLine = std::expected<SecretBytes, TerminalTrouble>;

class Terminal {
  public:
    virtual ~Terminal() = default;
    // Shows the prompt and reads one line without echo; without its line end.
    virtual SecretLine hidden_line(std::string_view prompt, const Patience& patience) = 0;
    // For the person's eyes alone: never a file, as standard output may be. False: no terminal.
    virtual bool show(std::string_view text) = 0;
    // One line, or all there is, of a descriptor that the caller was given.
    virtual SecretLine line_of(int descriptor) = 0;
};

class SystemTerminal final : public Terminal {
  public:
    // `device`: the process's own terminal unless said otherwise.
    explicit SystemTerminal(std::string device = "/dev/tty") : device_(std::move(device)) {}

    SecretLine hidden_line(std::string_view prompt, const Patience& patience) override;
    bool show(std::string_view text) override;
    SecretLine line_of(int descriptor) override;

  private:
    const std::string device_;
};

}  // namespace sekisho::platform
