#include "tests/support/campaign.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace sekisho::tests {

namespace {

constexpr std::uint64_t kSeedsBetweenNotes = 100;

bool read_number(const char* text, std::uint64_t& number) {
    const char* end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end && end != text;
}

}  // namespace

std::optional<CampaignOptions> read_arguments(std::span<char* const> arguments,
                                              CampaignOptions usual) {
    CampaignOptions options = std::move(usual);
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

CampaignOptions asked_for(CampaignOptions usual) {
    const auto& suite = boost::unit_test::framework::master_test_suite();
    const std::span<char* const> all{suite.argv, static_cast<std::size_t>(suite.argc)};
    auto options = read_arguments(all.subspan(1), std::move(usual));
    if (options) return std::move(*options);
    throw std::runtime_error("arguments: --seed N | --from N --count N --progress FILE");
}

std::string replay_command(const std::string& program, std::uint64_t seed) {
    return SEKISHO_BINARY_DIR "/" + program + " --run_test=seeds -- --seed " + std::to_string(seed);
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

}  // namespace sekisho::tests
