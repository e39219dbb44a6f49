// What a crash takes away: the gateway's queues, timers, lanes and counters. Destroying it runs
// none of what waits.
#pragma once

#include <memory>

#include "gateway/exchange/counters.h"
#include "gateway/exchange/exchange.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/peers.h"
#include "tests/simulation/shuffled_executor.h"
#include "tests/simulation/simulated_store.h"
#include "tests/support/fake_world.h"

namespace sekisho::tests::simulation {

// Read and made once, used by every run: nothing in it changes.
struct Rules {
    std::shared_ptr<const plan::Snapshot> snapshot;
    documents::Formats formats;
    platform::Keyring keyring;
};
Rules make_rules();

// What is there before the gateway and after it.
struct Surroundings {
    const Rules& rules;
    Chance& chance;
    const Options& options;
    FakeClock& clock;
    SeededRandom& random;
    MemoryFiles& files;
    SimulatedStore& store;
    const exchange::Peers& peers;
};

class GatewayProcess {
  public:
    explicit GatewayProcess(const Surroundings& around);

    exchange::Exchange& exchange() { return *exchange_; }
    std::uint64_t backlog_of(const model::PartyId& party) const {
        return counters_.backlog.of(party);
    }
    bool step() { return executor_.step(); }
    FakeTimer& timer() { return timer_; }

  private:
    void count_what_is_under_way(SimulatedStore& store);

    ShuffledExecutor executor_;
    FakeTimer timer_;
    exchange::SnapshotSource snapshots_;
    exchange::Counters counters_;
    exchange::Legs legs_;
    exchange::MailboxWaiters waiters_;
    platform::MemoryAllowance memory_;
    platform::SilentLog log_;
    std::unique_ptr<exchange::Lanes> lanes_;
    std::unique_ptr<exchange::Exchange> exchange_;
};

}  // namespace sekisho::tests::simulation
