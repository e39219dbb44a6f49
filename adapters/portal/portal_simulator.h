// The simulated portal (マイナポータル): takes notices for persons, and is the window of a person
// who is logged in.
//
// POST /portal/v1/notices, GET /portal/v1/health, GET /sim/state. POST /sim/login {"insurer",
// "insured"} answers {"session"}; with it in the body of each, POST /sim/notices, /sim/accesses,
// /sim/consents, /sim/withdraw {"id"} and /sim/ask {"type"} do what the person may do (window.h;
// each but the first asks the gateway). 401: no such session; 409: no gateway was named. A login
// here is a person's word: the real one reads the My Number card. Threads: any number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"
#include "adapters/locks/mutex.h"
#include "adapters/portal/window.h"

namespace sekisho::portal_adapter {

class PortalSimulator final : public adapters::SimulatedPeer {
  public:
    explicit PortalSimulator(std::string ledger_file = {}, ledger::UplinkOptions uplink = {},
                             std::string log_key_file = {});

    adapters::HttpReply handle(const adapters::HttpCall& call) override;
    adapters::HttpReply business_error() const override;

  private:
    adapters::HttpReply take_notice(const adapters::HttpCall& call);
    adapters::HttpReply log_in(const adapters::HttpCall& call);
    adapters::HttpReply act(const adapters::HttpCall& call);
    adapters::HttpReply look(const std::string& path, const model::Person& person,
                             const documents::Json& asked);
    documents::Json notices_of(const model::Person& person) const;
    std::optional<model::Person> person_of(const documents::Json& asked);

    ledger::ReceivedLedger ledger_;
    Window window_;

    locks::Mutex mutex_;
    std::map<std::string, model::Person> sessions_ SEKISHO_GUARDED_BY(mutex_);
    std::uint64_t counted_ SEKISHO_GUARDED_BY(mutex_) = 0;  // sessions and questions
};

}  // namespace sekisho::portal_adapter
