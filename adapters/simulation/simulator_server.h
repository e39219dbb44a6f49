// The HTTP server in front of a simulated peer: sockets, TLS and faults.
//
// POCO's HTTPServer, which is good enough for a simulator on loopback and is never used by the
// gateway. With a certificate it speaks mutual TLS 1.3 and a client must show a certificate of
// `trust_file`; without one it listens on loopback only. Port 0 takes any free port. Control calls
// under /sim/ and logins meet no faults. start() and stop() belong to one thread; the peer is
// called from several and outlives the server.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/simulation/faults.h"

namespace sekisho::simulation {

struct ServerOptions {
    std::string listen = "127.0.0.1:0";
    std::string certificate_file{};  // PEM chain; empty: plain HTTP
    std::string key_file{};
    std::string trust_file{};  // whom clients must chain to
    FaultPlan faults{};
};

class SimulatorServer {
  public:
    SimulatorServer(adapters::SimulatedPeer& peer, ServerOptions options);
    ~SimulatorServer();  // stops
    SimulatorServer(const SimulatorServer&) = delete;
    SimulatorServer& operator=(const SimulatorServer&) = delete;

    model::Result<void> start();
    void stop();  // takes no new connection; what is in progress ends

    std::uint16_t port() const;  // the real one, after start()
    std::string url() const;     // "https://127.0.0.1:9101"

  private:
    struct Running;
    adapters::SimulatedPeer& peer_;
    const ServerOptions options_;
    std::unique_ptr<Running> running_;
};

}  // namespace sekisho::simulation
