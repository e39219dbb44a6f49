// What stands on sekisho-sim's command line.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::simulation {

struct Options {
    bool help = false;
    std::string peer{};  // "platform", "municipal", or "day", or "desk"
    // a peer
    std::string listen{};
    std::string line{};  // where it listens too, as if on another network
    std::string fault{};
    std::string certificate_file{};
    std::string key_file{};
    std::string trust_file{};
    std::string state_folder{};
    std::string pid_file{};
    std::string ports_file{};
    // a peer that sends by itself
    std::string gateway{};
    std::string client_certificate_file{};
    std::string client_key_file{};
    std::string client_trust_file{};
    std::string log_key_file{};
    // a peer that is spoken to by files too
    std::string connector_folder{};
    // the day, the desk
    std::string demo_folder{};
    bool quiet = false;
    bool without_cards = false;
};

// The error is a sentence for whoever typed it.
std::expected<Options, std::string> parse_options(std::span<const char* const> arguments);

std::string_view usage();

}  // namespace sekisho::simulation
