// Who sees everything: keeps the trace, hashes it, and tells each checker.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/platform/crypto.h"
#include "tests/simulation/checker.h"

namespace sekisho::tests::simulation {

class Witness {
  public:
    Witness() : checkers_(all_checkers()) {}

    void note(const std::string& line) {
        hash_.update(line + "\n");
        trace_.push_back(line);
    }
    void see(const Observation& observation) {
        note("  " + to_text(observation));
        for (const auto& checker : checkers_) checker->see(observation);
    }
    std::vector<std::string> complaints() const {
        std::vector<std::string> all;
        for (const auto& checker : checkers_) {
            for (const auto& one : checker->complaints())
                all.push_back(checker->name() + ": " + one);
        }
        return all;
    }
    const std::vector<std::string>& trace() const { return trace_; }
    model::Sha256 finish() { return hash_.finish(); }  // of the trace; once

  private:
    std::vector<std::unique_ptr<Checker>> checkers_;
    std::vector<std::string> trace_;
    platform::Sha256Stream hash_;
};

}  // namespace sekisho::tests::simulation
