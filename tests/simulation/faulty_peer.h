// A peer behind an adapter, with the faults of the options. While it is slow the rest of the
// gateway goes on: `meanwhile` lets the world take steps before the answer returns.
#pragma once

#include <functional>

#include "adapters/api/adapter.h"
#include "tests/simulation/recipients.h"
#include "tests/support/fake_world.h"

namespace sekisho::tests::simulation {

struct PeerSurroundings {
    Chance& chance;
    const Options& options;
    FakeClock& clock;
    Recipients& recipients;
    Witness& witness;
    std::function<void(std::chrono::milliseconds)> meanwhile;
};

class FaultyPeer final : public adapters::Adapter {
  public:
    explicit FaultyPeer(const PeerSurroundings& around) : around_(around) {}

    adapters::Capabilities capabilities() const override {
        return {.name = "faulty", .answers = true};
    }
    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override;
    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override;
    adapters::Health probe(adapters::Deadline) override { return {.reachable = !away_}; }

    void turn() { away_ = !away_; }  // goes away, or comes back
    void go_away() { away_ = true; }
    void come_back() { away_ = false; }

  private:
    adapters::Outcome take(const adapters::Delivery& delivery, const std::string& content,
                           adapters::Deadline deadline);

    const PeerSurroundings& around_;
    bool away_ = false;
};

}  // namespace sekisho::tests::simulation
