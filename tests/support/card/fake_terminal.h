// A person at a terminal who types what the test says, once for each question; then gives up.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "gateway/platform/terminal.h"

namespace sekisho::tests {

class FakeTerminal final : public platform::Terminal {
  public:
    platform::SecretLine hidden_line(std::string_view prompt) override {
        prompts.emplace_back(prompt);
        return next();
    }
    platform::SecretLine line_of(int descriptor) override {
        descriptors.push_back(descriptor);
        return next();
    }

    std::deque<std::string> will_type;
    platform::TerminalTrouble otherwise = platform::TerminalTrouble::interrupted;
    std::vector<std::string> prompts;
    std::vector<int> descriptors;

  private:
    platform::SecretLine next() {
        if (will_type.empty()) return std::unexpected(otherwise);
        platform::SecretBytes line;
        const bool fits = line.append(will_type.front());
        will_type.pop_front();
        if (!fits) return std::unexpected(platform::TerminalTrouble::too_long);
        return line;
    }
};

}  // namespace sekisho::tests
