// The simulated receiver of CloudEvents: takes events at one path and acknowledges each by name.
//
// POST /events, OPTIONS /events, GET /sim/state. Threads: any number.
#pragma once

#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"

namespace sekisho::webhook_adapter {

class WebhookSimulator final : public adapters::SimulatedPeer {
  public:
    explicit WebhookSimulator(std::string ledger_file = {})  // empty: forgets at the end
        : ledger_(std::move(ledger_file)) {}

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply take_event(const adapters::HttpCall& call);

    ledger::ReceivedLedger ledger_;
};

}  // namespace sekisho::webhook_adapter
