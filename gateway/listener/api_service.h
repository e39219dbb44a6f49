// The /v1 interface of a zone: each path, method and handler.
//
//     POST /v1/messages                     GET  /v1/messages/{id}
//     GET  /v1/inbox                        POST /v1/inbox/{delivery}/ack, /nack
//     POST /v1/queries                      GET  /v1/keys, /v1/openapi.json
//     POST /v1/admissions/challenge         POST /v1/admissions
//     POST /v1/consents                     DELETE /v1/consents/{id}, /v1/registrations/{id}
//     POST /v1/consents/search, /v1/registrations/search, /v1/accesses/search
//     GET  /v1/log/checkpoint, /key, /tile/..., /proof, /consistency, /timestamp
//
// Handlers are Receivings (service.h): they live from the head to the last byte and hand what they
// took to the exchange, which answers when it will. Everything here is stateless but for them.
// Thread-safe.
#pragma once

#include "gateway/admission/card_evidence.h"
#include "gateway/admission/visit_book.h"
#include "gateway/exchange/exchange.h"
#include "gateway/listener/calls_under_way.h"
#include "gateway/listener/service.h"
#include "gateway/platform/memory_allowance.h"
#include "gateway/platform/ports.h"
#include "gateway/proof/published_log.h"
#include "gateway/proof/timestamps.h"

namespace sekisho::listener {

struct ApiWorld {
    exchange::Exchange& exchange;
    const proof::PublishedLog& log;
    platform::Executor& workers;  // goes on with a batch when its item was answered elsewhere
    platform::MemoryAllowance& memory;
    const platform::Clock& clock;
    platform::Random& random;
    const proof::Timestamps* timestamps = nullptr;  // null where no authority gives any
    // Null where nobody is admitted by card.
    admission::ChallengeBook* challenges = nullptr;
    const admission::CardVerifier* cards = nullptr;
    admission::VisitBook* visits = nullptr;
    // One for all zones' calls; never null.
    std::shared_ptr<CallsUnderWay> admissions = std::make_shared<CallsUnderWay>();
    std::string answer_source = "/systems/platform";  // `source` of the answers to questions
};

class ApiService final : public Service {
  public:
    explicit ApiService(ApiWorld world) : world_(std::move(world)) {}

    std::expected<std::unique_ptr<Receiving>, TurnedAway> begin(const RequestHead& head,
                                                                const Caller& caller) override;
    void note_refusal(const model::Speaker& speaker, const model::Refusal& refusal) override;

  private:
    const ApiWorld world_;
};

}  // namespace sekisho::listener
