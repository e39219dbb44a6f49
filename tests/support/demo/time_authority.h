// A time-stamping authority of nobody: `openssl ts` behind HTTP on the loopback, with a certificate
// of its own making.
#pragma once

#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/simulation/simulator_server.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

class TimeAuthority final : public adapters::SimulatedPeer {
  public:
    TimeAuthority();

    // What it answers to that query, in DER.
    std::string answer(const std::string& query) const;

    void listen();  // from now on at url()
    std::string url() const { return server_.url() + "/tsa"; }
    std::string anchors_file() const { return folder_ / "ca.pem"; }
    std::string anchors() const;  // PEM

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override { return {500, {}, {}}; }

  private:
    TemporaryFolder folder_;
    simulation::SimulatorServer server_{*this, {}};
};

}  // namespace sekisho::tests
