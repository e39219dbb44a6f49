#include "adapters/simulation/faults.h"

#include <array>
#include <charconv>
#include <string>

namespace sekisho::simulation {

namespace {

struct ShareName {
    std::string_view name;
    double FaultPlan::* share;
};

constexpr std::array<ShareName, 7> kShares{{
    {"reset", &FaultPlan::reset},
    {"duplicate", &FaultPlan::duplicate},
    {"garbage", &FaultPlan::garbage},
    {"unavailable", &FaultPlan::unavailable},
    {"business-error", &FaultPlan::business_error},
    {"truncate", &FaultPlan::truncate},
    {"oversize", &FaultPlan::oversize},
}};

template <class Number>
bool read_number(std::string_view text, Number& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_latency(std::string_view text, std::chrono::milliseconds& into) {
    constexpr std::int64_t kLongestMs = 600'000;
    std::int64_t count = 0;
    if (!text.ends_with("ms") || !read_number(text.substr(0, text.size() - 2), count)) return false;
    into = std::chrono::milliseconds{count};
    return count >= 0 && count <= kLongestMs;
}

bool read_setting(std::string_view key, std::string_view value, FaultPlan& plan) {
    if (key == "latency") return read_latency(value, plan.latency);
    if (key == "seed") return read_number(value, plan.seed);
    for (const ShareName& row : kShares) {
        if (row.name != key) continue;
        double& share = plan.*row.share;
        return read_number(value, share) && share >= 0 && share <= 1;
    }
    return false;
}

}  // namespace

model::Result<FaultPlan> FaultPlan::parse(std::string_view spec) {
    FaultPlan plan;
    while (!spec.empty()) {
        const auto comma = spec.find(',');
        const std::string_view setting = spec.substr(0, comma);
        spec = comma == std::string_view::npos ? std::string_view{} : spec.substr(comma + 1);
        const auto equals = setting.find('=');
        const bool read = equals != std::string_view::npos &&
                          read_setting(setting.substr(0, equals), setting.substr(equals + 1), plan);
        if (!read)
            return model::refuse(model::Problem::attribute_invalid,
                                 {"障害の指定が読めません: " + std::string{setting},
                                  "this fault cannot be read: " + std::string{setting}});
    }
    return plan;
}

// splitmix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
double FaultDice::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) * 0x1.0p-53;
}

// Every roll draws the same number of times, whatever comes of it, so that one share does not shift
// the others.
Mishap FaultDice::roll() {
    const locks::Lock lock(mutex_);
    const double reset = next();
    const bool unavailable = next() < plan_.unavailable;
    const bool business_error = next() < plan_.business_error;
    const bool garbage = next() < plan_.garbage;
    const bool truncate = next() < plan_.truncate;
    const bool oversize = next() < plan_.oversize;
    Mishap mishap{.fault = Fault::none, .duplicate = next() < plan_.duplicate};
    if (reset < plan_.reset) {
        mishap.fault = reset < plan_.reset / 2 ? Fault::reset_before : Fault::reset_amid;
    } else if (unavailable) {
        mishap.fault = Fault::unavailable;
    } else if (business_error) {
        mishap.fault = Fault::business_error;
    } else if (garbage) {
        mishap.fault = Fault::garbage;
    } else if (truncate) {
        mishap.fault = Fault::truncate;
    } else if (oversize) {
        mishap.fault = Fault::oversize;
    }
    return mishap;
}

}  // namespace sekisho::simulation
