// The simulated connector (連携アプリケーション): takes request files, asks the simulated
// eligibility system, writes response files.
//
// It answers each request once and takes it away when its response is there. What the system does
// not answer (a fault, a broken request) stays without a response. Threads: one of its own between
// start() and its end; answer_all() may be called instead by a test, from one thread.
#pragma once

#include <cstddef>
#include <string>
#include <thread>

#include "adapters/api/simulated_peer.h"

namespace sekisho::eligibility_adapter {

class ConnectorSimulator {
  public:
    // `system` lives longer than this.
    ConnectorSimulator(adapters::SimulatedPeer& system, std::string folder)
        : system_(system), folder_(std::move(folder)) {}

    void start();
    std::size_t answer_all();  // how many responses it wrote

  private:
    bool answer(const std::string& name);

    adapters::SimulatedPeer& system_;
    const std::string folder_;
    std::jthread thread_;
};

}  // namespace sekisho::eligibility_adapter
