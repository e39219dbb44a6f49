// The simulated platform (介護情報基盤): takes documents, answers questions about what it took.
//
// POST /platform/v1/documents, POST /platform/v1/queries, GET /platform/v1/health, GET /sim/state,
// GET /sim/plans (ledger/kept_plans.h: what of care plans stands after updates and deletions). A
// document is kept by (ce-source, ce-id), once in effect. A question about a type is answered
// with the rows about that person in the newest documents of the type's JSON profile, one about a
// care plan with its records (plan_records.h); whoever was never written about gets `[]`.
#pragma once

#include <atomic>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"

namespace sekisho::platform_adapter {

class PlatformSimulator final : public adapters::SimulatedPeer {
  public:
    explicit PlatformSimulator(std::string ledger_file = {});  // empty: forgets at the end

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply take_document(const adapters::HttpCall& call);
    adapters::HttpReply answer_question(const adapters::HttpCall& call) const;

    ledger::ReceivedLedger ledger_;
    std::atomic<std::uint64_t> queries_{0};
};

}  // namespace sekisho::platform_adapter
