// The simulated eligibility system (オンライン資格確認等システム): knows whose card is whose, and
// some medical information about whoever has a card.
//
// POST /eligibility/v1/card-owners, POST /eligibility/v1/medical, GET /eligibility/v1/health. POST
// /sim/cards {"cards": [{issuer, serial, insurer, insured}]} puts cards into the table; one without
// insurer and insured is nobody's. GET /sim/state: {"cards", "cardQueries", "medicalQueries"}, and
// no card and no person. Threads: any number.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/eligibility/card_table.h"

namespace sekisho::eligibility_adapter {

class EligibilitySimulator final : public adapters::SimulatedPeer {
  public:
    explicit EligibilitySimulator(std::string ledger_file = {});  // empty: forgets at the end

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply answer_owner(const adapters::HttpCall& call) const;
    adapters::HttpReply answer_medical(const adapters::HttpCall& call) const;
    adapters::HttpReply take_cards(const adapters::HttpCall& call);
    adapters::HttpReply state() const;

    CardTable cards_;
    std::atomic<std::int64_t> card_queries_{0};
    std::atomic<std::int64_t> medical_queries_{0};
};

}  // namespace sekisho::eligibility_adapter
