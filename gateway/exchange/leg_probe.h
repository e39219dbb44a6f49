// One leg, probed again and again: whether its peer answers, and what to do when that changes.
//
// look() asks once and blocks until limits::kProbeDeadline at most; run() asks every so often, in a
// thread that wiring starts for each leg, so that one which hangs keeps no other unknown. `every`
// may change meanwhile; while it is zero nothing is asked, and of no leg anything is known. What
// changes is logged. The parts handed in outlive it.
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>

#include "adapters/api/adapter.h"
#include "adapters/locks/condition.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/legs.h"

namespace sekisho::exchange {

class LegProbe {
  public:
    struct Parts {
        Legs& legs;
        Lanes& lanes;
        const platform::Clock& clock;
        platform::Log& log;
    };

    LegProbe(path::Leg leg, adapters::Adapter& adapter, const Parts& parts)
        : leg_(std::move(leg)), adapter_(adapter), parts_(parts) {}

    void look();
    using Every = std::atomic<std::chrono::seconds>;
    void run(const Every& every, const std::stop_token& stop);

  private:
    const path::Leg leg_;
    adapters::Adapter& adapter_;
    const Parts parts_;
    locks::Mutex mutex_;
    locks::StoppableCondition nothing_;
};

}  // namespace sekisho::exchange
