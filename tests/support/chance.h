// The one source of chance of a run: everything that is drawn is drawn here, in one order.
#pragma once

#include <cstdint>
#include <random>

namespace sekisho::tests {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}

    // In [0, bound). Plain arithmetic rather than a distribution, so that every library draws the
    // same.
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    double share() { return static_cast<double>(engine_() >> 11U) / 9007199254740992.0; }
    bool of(double probability) { return probability > 0 && share() < probability; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace sekisho::tests
