#include "adapters/simulation/card/card_faults.h"

#include <array>
#include <utility>

namespace sekisho::simulation {

std::string_view step_of(std::string_view command) {
    if (command.size() < 4) return "";
    switch (static_cast<unsigned char>(command[1])) {
        case 0xA4:
            return "select";
        case 0xB0:
            return "read";
        case 0x20:
            return command.size() > 5 ? "verify" : "tries";
        case 0x2A:
            return "sign";
        default:
            return "";
    }
}

std::optional<WantedFault> WantedFault::parse(std::string_view text) {
    static constexpr auto kNames = std::to_array<std::pair<std::string_view, CardFault>>({
        {"truncated", CardFault::truncated},
        {"odd-status", CardFault::odd_status},
        {"slow", CardFault::slow},
        {"silent", CardFault::silent},
        {"removed", CardFault::removed},
    });
    constexpr std::string_view kOnce = ":once";
    const bool once = text.ends_with(kOnce);
    if (once) text.remove_suffix(kOnce.size());
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) return std::nullopt;
    for (const auto& [name, fault] : kNames) {
        if (name == text.substr(0, at)) {
            return WantedFault{
                .fault = fault, .step = std::string{text.substr(at + 1)}, .once = once};
        }
    }
    return std::nullopt;
}

std::string spoilt(CardFault fault, std::string answer) {
    if (fault == CardFault::odd_status) return {"\x6F\x00", 2};
    if (fault != CardFault::truncated) return answer;
    // One byte of data is missing; of an answer without data, one of the status words.
    const std::size_t status = answer.size() > 2 ? 2 : 1;
    answer.erase(answer.size() - status - (status == 2 ? 1 : 0), 1);
    return answer;
}

}  // namespace sekisho::simulation
