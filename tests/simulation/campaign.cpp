#include "tests/simulation/campaign.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>

namespace sekisho::tests::simulation {

namespace {

constexpr std::uint64_t kSeedsBetweenNotes = 100;

bool read_number(const char* text, std::uint64_t& number) {
    const char* end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end && end != text;
}

}  // namespace

std::optional<CampaignOptions> read_arguments(std::span<char* const> arguments) {
    CampaignOptions options;
    for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
        const std::string name = arguments[i];
        const char* value = arguments[i + 1];
        bool understood = name == "--progress";
        if (understood) options.progress = value;
        if (name == "--from") understood = read_number(value, options.from);
        if (name == "--count") understood = read_number(value, options.count);
        if (name == "--seed") {
            understood = read_number(value, options.from);
            options.count = 1;
            options.with_trace = true;
        }
        if (!understood) return std::nullopt;
    }
    if (arguments.size() % 2 != 0) return std::nullopt;
    return options;
}

std::string replay_command(std::uint64_t seed) {
    return SEKISHO_BINARY_DIR "/simulation --run_test=seeds -- --seed " + std::to_string(seed);
}

Campaign::Campaign(CampaignOptions options)
    : options_(std::move(options)), next_(options_.from), end_(options_.from + options_.count) {
    if (options_.progress.empty()) return;
    std::ifstream file{options_.progress};
    std::uint64_t reached = 0;
    if (file >> reached) next_ = std::clamp(reached, next_, end_);
}

std::optional<std::uint64_t> Campaign::next() {
    if (next_ == end_) return std::nullopt;
    return next_;
}

void Campaign::done(std::uint64_t seed) {
    next_ = seed + 1;
    if (options_.progress.empty()) return;
    if (next_ % kSeedsBetweenNotes != 0 && next_ != end_) return;
    std::ofstream{options_.progress} << next_ << "\n";
}

}  // namespace sekisho::tests::simulation
