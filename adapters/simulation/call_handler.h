// One HTTP call at the simulator: read it, meet its faults, ask the peer, answer. Internal to the
// room.
#pragma once

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include "adapters/api/simulated_peer.h"
#include "adapters/locks/condition.h"
#include "adapters/simulation/faults.h"

namespace sekisho::simulation {

// Shared by every call of one server; outlives them.
class CallContext {
  public:
    CallContext(adapters::SimulatedPeer& peer, const FaultPlan& faults, bool secure)
        : peer_(peer), dice_(faults), secure_(secure) {}

    void pause(std::chrono::milliseconds duration);  // ends early when the server stops
    void end_pauses();

    adapters::SimulatedPeer& peer() { return peer_; }
    FaultDice& dice() { return dice_; }
    bool secure() const { return secure_; }

  private:
    adapters::SimulatedPeer& peer_;
    FaultDice dice_;
    const bool secure_;
    locks::Mutex mutex_;
    locks::Condition stopped_;
    bool stopping_ SEKISHO_GUARDED_BY(mutex_) = false;
};

class CallHandler final : public Poco::Net::HTTPRequestHandler {
  public:
    explicit CallHandler(CallContext& context) : context_(context) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override;

  private:
    adapters::HttpReply reply_to(const adapters::HttpCall& call, const Mishap& mishap);
    CallContext& context_;
};

class CallHandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
  public:
    explicit CallHandlerFactory(CallContext& context) : context_(context) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(
        const Poco::Net::HTTPServerRequest& request) override;

  private:
    CallContext& context_;
};

}  // namespace sekisho::simulation
