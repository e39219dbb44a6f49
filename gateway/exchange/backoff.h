// When to try again: exponential back-off with full jitter, a retry budget, and a circuit breaker.
// Pure arithmetic over times that are given; the lane that owns them guards them with its mutex.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "gateway/platform/ports.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

// What was tried often comes seldom: a peer that cannot be helped soon is not asked, and its
// attempts not recorded, thousands of times.
inline std::chrono::milliseconds longest_backoff(std::uint32_t attempt) {
    namespace limits = model::limits;
    if (attempt >= limits::kAttemptsMax) return limits::kPatientBackoffMax;
    return limits::kBackoffMax;
}

// Uniform in [0, min(longest, first * 2^(attempt-1))]: full jitter, so that many senders do not
// return together.
inline std::chrono::milliseconds backoff(std::uint32_t attempt, platform::Random& random) {
    const std::chrono::milliseconds first = model::limits::kBackoffFirst;
    const std::uint32_t doublings = std::min<std::uint32_t>(attempt > 0 ? attempt - 1 : 0, 20);
    const auto ceiling = std::min(longest_backoff(attempt), first * (std::int64_t{1} << doublings));
    return std::chrono::milliseconds{random.below(static_cast<std::uint64_t>(ceiling.count()) + 1)};
}

// A dead letter is what was tried often and waited for long. What is left of its life then, an
// operator has.
inline bool is_given_up(std::uint32_t attempts, std::chrono::milliseconds waited,
                        std::chrono::milliseconds patience) {
    return attempts >= model::limits::kAttemptsMax && waited >= patience;
}

// Retries may be a fifth of first attempts, and a few besides: when a peer is down, the retries of
// everything that waits for it do not become its traffic.
class RetryBudget {
  public:
    void on_first_attempt() { tenths_ = std::min<std::uint32_t>(tenths_ + 2, kTenthsMax); }

    bool take() {
        if (tenths_ < 10) return false;
        tenths_ -= 10;
        return true;
    }

  private:
    static constexpr std::uint32_t kTenthsMax = 1000;
    std::uint32_t tenths_ = 200;
};

// Closed: everything passes. After kBreakerFailures in a row: open, nothing passes for
// kBreakerRest. Then half open: one passes, and its outcome decides.
class CircuitBreaker {
  public:
    bool allows(platform::Monotonic now) const {
        return failures_ < limits_failures() || now >= until_;
    }
    std::size_t allowed(std::size_t wanted) const {
        return failures_ < limits_failures() ? wanted : std::min<std::size_t>(wanted, 1);
    }
    platform::Monotonic rests_until() const { return until_; }
    bool is_open() const { return failures_ >= limits_failures(); }

    void on_success() { failures_ = 0; }
    void on_failure(platform::Monotonic now) {
        ++failures_;
        if (failures_ >= limits_failures()) until_ = now + model::limits::kBreakerRest;
    }
    // The one that passed while it was open told nothing: the next passes.
    void on_nothing(platform::Monotonic now) { until_ = std::min(until_, now); }

  private:
    static constexpr std::uint32_t limits_failures() { return model::limits::kBreakerFailures; }
    std::uint32_t failures_ = 0;
    platform::Monotonic until_{};
};

}  // namespace sekisho::exchange
