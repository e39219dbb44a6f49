// The simulated PMH (Public Medical Hub): grants tokens, registers cards.
//
// POST /pmh/v1/token, /pmh/v1/care-insurance/cards; GET /pmh/v1/health, /sim/state, /sim/cards
// (cards.h); POST /sim/unlink and /sim/links {"links": [{"insurer", "insured"}]}: whose pair of
// numbers is linked to a PMH-ID no longer, or again; everybody's is at the start. POST
// /sim/expire-tokens. README.md says what it assumes. Threads: any number.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"
#include "adapters/locks/mutex.h"
#include "adapters/pmh/cards.h"

namespace sekisho::pmh_adapter {

class PmhSimulator final : public adapters::SimulatedPeer {
  public:
    explicit PmhSimulator(std::string ledger_file = {});

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;
    bool is_login(const adapters::HttpCall& call) const override;

  private:
    using Time = std::chrono::steady_clock::time_point;

    adapters::HttpReply grant(const adapters::HttpCall& call);
    bool is_authorized(const adapters::HttpCall& call);
    adapters::HttpReply take_cards(const adapters::HttpCall& call);
    adapters::HttpReply take_links(const adapters::HttpCall& call);
    adapters::HttpReply expire_tokens();
    adapters::HttpReply state();
    adapters::HttpReply cards();
    void restore() SEKISHO_REQUIRES(mutex_);

    // A line for what was registered of each call.
    ledger::ReceivedLedger ledger_;

    locks::Mutex mutex_;
    Cards cards_ SEKISHO_GUARDED_BY(mutex_);
    std::map<std::string, Time> tokens_ SEKISHO_GUARDED_BY(mutex_);
    std::int64_t granted_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::int64_t login_calls_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

}  // namespace sekisho::pmh_adapter
