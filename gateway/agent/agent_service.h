// The agent's calls (counter/README.md has the contract): GET /status, POST /pair, POST /sign, and
// the preflights of each.
//
// What may wait (the terminal, a card) runs on two executors: `desk` for looking and pairing,
// `signer` for signatures, one thread each. A second signature while one is under way is refused as
// busy, and so is whatever an executor has no room for. stop() ends the asking for a PIN and
// refuses further signatures; then the executors may be drained. A body is a small JSON object (8
// KiB), declared as such. Refusals are {"code"}; what never became a request is refused by the
// listener in its own words. Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <stop_token>
#include <string>

#include "gateway/agent/door.h"
#include "gateway/agent/pairing.h"
#include "gateway/agent/sign_desk.h"
#include "gateway/listener/service.h"

namespace sekisho::agent {

class AgentService final : public listener::Service {
  public:
    struct Parts {
        platform::CardReaders& readers;
        platform::CardReaders& looking;  // the same, with the patience of a status
        platform::Terminal& terminal;
        const platform::Clock& clock;
        platform::Random& random;
        platform::Executor& desk;
        platform::Executor& signer;
    };

    AgentService(const Parts& parts, const AgentSettings& settings);

    void show_code() const;  // on the terminal
    void stop() { stop_.request_stop(); }

    std::expected<std::unique_ptr<listener::Receiving>, listener::TurnedAway> begin(
        const listener::RequestHead& head, const listener::Caller& caller) override;
    void note_refusal(const model::Speaker&, const model::Refusal&) override {}

  private:
    using Answer = std::expected<documents::Json, AgentRefusal>;

    void status(const Page& page, const std::string& token, listener::Responder responder);
    void pair(const Page& page, const std::string& body, listener::Responder responder);
    void sign(const Page& page, const std::string& body, listener::Responder responder);
    Answer look(const Page& page, const std::string& token) const;
    Answer paired(const Page& page, const std::string& code);
    Answer signed_by_card(const Page& page, const admission::Challenge& challenge) const;

    const Parts parts_;
    const std::string reader_;
    const Door door_;
    const SignDesk signing_;
    Pairing pairing_;
    std::stop_source stop_;
    std::atomic<bool> under_way_{false};
};

}  // namespace sekisho::agent
