// What can be wrong with a card, for tests to ask for: one fault, at one kind of command.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::simulation {

enum class CardFault : std::uint8_t {
    none,
    truncated,   // the answer loses its last byte of data, or its status words
    odd_status,  // 6F00
    slow,        // the answer comes after a while
    silent,      // no answer ever comes
    removed,     // the card is taken off instead of an answer
};

// "select", "read", "verify", "sign"; "" for anything else. An empty VERIFY is "tries".
std::string_view step_of(std::string_view command);

struct WantedFault {
    CardFault fault = CardFault::none;
    std::string step{};
    bool once = false;  // only the first such command

    bool strikes(std::string_view command) const {
        return fault != CardFault::none && step_of(command) == step;
    }
    // "silent@sign", "odd-status@sign:once"; nullopt for what is none.
    static std::optional<WantedFault> parse(std::string_view text);
};

// The answer as the fault leaves it; for truncated and odd_status.
std::string spoilt(CardFault fault, std::string answer);

}  // namespace sekisho::simulation
