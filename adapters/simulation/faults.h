// Faults of a simulated peer: what goes wrong, how often, and always the same for the same seed.
//
// A spec is a list:
// `latency=200ms,reset=0.1,duplicate=0.05,garbage=0.05,unavailable=0.1,business-error=0.1,
// truncate=0.1,oversize=0.1,seed=7`. Each share is the chance of one call to meet that fault, 0
// to 1. Calls draw from one stream in the order in which they come, so one client at a time meets
// the same faults each time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "adapters/locks/mutex.h"
#include "routing/model/problem.h"

namespace sekisho::simulation {

struct FaultPlan {
    std::chrono::milliseconds latency{0};
    double reset =
        0;  // the connection is reset: half of them before the call counts, half amid the answer
    double duplicate = 0;       // the call arrives twice
    double garbage = 0;         // 200 with bytes that mean nothing; the call counted
    double unavailable = 0;     // 503; the call does not count
    double business_error = 0;  // the peer's own refusal; the call does not count
    double truncate = 0;        // the answer ends early, orderly closed; the call counted
    double oversize = 0;        // an answer of many megabytes; the call counted
    std::uint64_t seed = 1;

    static model::Result<FaultPlan> parse(std::string_view spec);
};

enum class Fault : std::uint8_t {
    none,
    reset_before,
    reset_amid,
    garbage,
    unavailable,
    business_error,
    truncate,
    oversize,
};

struct Mishap {
    Fault fault = Fault::none;
    bool duplicate = false;
};

class FaultDice {
  public:
    explicit FaultDice(const FaultPlan& plan) : plan_(plan), state_(plan.seed) {}

    Mishap roll();
    std::chrono::milliseconds latency() const { return plan_.latency; }

  private:
    double next() SEKISHO_REQUIRES(mutex_);

    const FaultPlan plan_;
    locks::Mutex mutex_;
    std::uint64_t state_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::simulation
