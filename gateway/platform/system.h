// The machine's own clock and randomness.
#pragma once

#include "gateway/platform/ports.h"

namespace sekisho::platform {

class SystemClock final : public Clock {
  public:
    model::Instant now() const override;
    Monotonic monotonic() const override;
};

// OpenSSL's generator. Thread-safe. Ends the process when the machine can give no randomness.
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override;
    std::uint64_t below(std::uint64_t bound) override;
};

// Where a user's programs keep what is theirs ($XDG_DATA_HOME, else ~/.local/share); empty where
// nobody can say. At the program's start.
std::string user_folder();

}  // namespace sekisho::platform
