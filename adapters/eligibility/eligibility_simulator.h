// The simulated eligibility system (オンライン資格確認等システム): knows whose card is whose, and
// some medical information about whoever has a card; hands on what it is given.
//
// POST /eligibility/v1/card-owners, /eligibility/v1/medical, /eligibility/v1/documents; GET
// /eligibility/v1/health. POST /sim/cards {"cards": [{issuer, serial, insurer, insured}]} puts
// cards into the table; one without insurer and insured is nobody's. POST /sim/hand-on
// (ledger/hand_on.h). With a connector's folder the same by files
// (files/connector_simulator.h). GET /sim/state: {"cards", "cardQueries", "medicalQueries"} and
// what the ledger says, no card and no person. Threads: any number.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/eligibility/card_table.h"
#include "adapters/eligibility/files/connector_simulator.h"
#include "adapters/ledger/hand_on.h"
#include "adapters/ledger/received_ledger.h"

namespace sekisho::eligibility_adapter {

// Where it keeps what; empty: forgets at the end.
struct SimulatorFiles {
    std::string cards{};
    std::string documents{};
    std::string connector{};  // the folder of a connector; empty: there is none
};

class EligibilitySimulator final : public adapters::SimulatedPeer {
  public:
    explicit EligibilitySimulator(SimulatorFiles files = {}, ledger::UplinkOptions uplink = {});

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply answer_owner(const adapters::HttpCall& call) const;
    adapters::HttpReply answer_medical(const adapters::HttpCall& call) const;
    adapters::HttpReply take_document(const adapters::HttpCall& call);
    adapters::HttpReply take_cards(const adapters::HttpCall& call);
    adapters::HttpReply state() const;

    CardTable cards_;
    ledger::ReceivedLedger ledger_;
    ledger::HandOn carrier_;
    std::atomic<std::int64_t> card_queries_{0};
    std::atomic<std::int64_t> medical_queries_{0};
    ConnectorSimulator connector_;  // last: its thread calls this
};

}  // namespace sekisho::eligibility_adapter
