// A person at a terminal who types what the test says, once for each question; then gives up.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "gateway/platform/terminal.h"

namespace sekisho::tests {

class FakeTerminal final : public platform::Terminal {
  public:
    platform::SecretLine hidden_line(std::string_view prompt,
                                     const platform::Patience& patience) override {
        prompts.emplace_back(prompt);
        last_patience = patience;
        if (while_asked) while_asked();
        if (patience.stop.stop_requested()) {
            return std::unexpected(platform::TerminalTrouble::interrupted);
        }
        return next();
    }
    bool show(std::string_view text) override {
        shown.append(text);
        return there;
    }
    platform::SecretLine line_of(int descriptor) override {
        descriptors.push_back(descriptor);
        return next();
    }

    std::deque<std::string> will_type;
    platform::TerminalTrouble otherwise = platform::TerminalTrouble::interrupted;
    std::vector<std::string> prompts;
    std::vector<int> descriptors;
    platform::Patience last_patience;
    std::function<void()> while_asked;  // what happens before the person types
    std::string shown;
    bool there = true;

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
