// The simulated system of a municipality (介護保険事務システム of 139964): takes documents, sends
// its own.
//
// POST /municipal/v1/documents, GET /municipal/v1/health, GET /sim/state, POST /sim/send-daily. The
// last one makes the day's differences (F1: card, limit card, survey; F10: progress), posts each to
// the gateway with the insurer's own certificate, and answers with what came back: {"results":
// [{type, id, status, receipt}]}. Threads: any number.
#pragma once

#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"
#include "adapters/ledger/uplink.h"

namespace sekisho::municipal_adapter {

class MunicipalSimulator final : public adapters::SimulatedPeer {
  public:
    explicit MunicipalSimulator(std::string ledger_file = {}, ledger::UplinkOptions uplink = {});

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply take_document(const adapters::HttpCall& call);
    adapters::HttpReply send_daily();

    ledger::ReceivedLedger ledger_;
    ledger::Uplink uplink_;
};

}  // namespace sekisho::municipal_adapter
