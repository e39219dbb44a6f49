// The day's record: each exchange with what was expected and what came, one line each, and the sum.
#pragma once

#include <cstdint>
#include <string>

namespace sekisho::simulation {

enum class ReceiptState : std::uint8_t { none, verified, wrong };

struct Exchange {
    std::string flow;  // "F5a"
    std::string who;
    std::string to;
    std::string what;
    std::string expected;
    std::string got;
    ReceiptState receipt = ReceiptState::none;
    bool as_expected = false;
};

enum class Verbosity : std::uint8_t { every_line, summary_only };

class DayBook {
  public:
    explicit DayBook(Verbosity verbosity) : verbosity_(verbosity) {}

    void note(const Exchange& exchange);
    int finish() const;  // prints the last line; 0 where all was as expected, 1 otherwise

  private:
    const Verbosity verbosity_;
    int count_ = 0;
    int wrong_ = 0;
    std::string first_wrong_;
};

}  // namespace sekisho::simulation
