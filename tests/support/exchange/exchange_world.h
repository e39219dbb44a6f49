// The whole exchange in one thread: a MemoryStore, fake time, a scripted peer for each adapter, and
// hands to move it.
//
//     ExchangeWorld world;
//     auto reply = world.submit(world.an_opinion_event("op-1"));
//     world.settle();                       // commits, callbacks, deliveries, until nothing moves
#pragma once

#include <boost/test/unit_test.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/format.h"
#include "adapters/documents/samples.h"
#include "gateway/exchange/counters.h"
#include "gateway/exchange/exchange.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/peers.h"
#include "tests/support/exchange/troubled_store.h"
#include "tests/support/fake_world.h"
#include "tests/support/routing_cast.h"

namespace sekisho::tests {

// A peer that does what it was told, call by call, then what it does by default; and remembers what
// came.
class ScriptedPeer final : public adapters::Adapter {
  public:
    struct Received {
        std::string source_and_id;
        std::string body;
        std::uint32_t attempt = 0;
    };

    adapters::Capabilities capabilities() const override {
        return {.name = "scripted", .answers = true};
    }
    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override;
    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override;
    adapters::Health probe(adapters::Deadline) override { return {.reachable = reachable}; }

    bool reachable = true;
    std::deque<adapters::Fate> fates{};  // for the next deliveries; then `usually`
    adapters::Fate usually = adapters::Fate::delivered;
    std::function<adapters::Fate(const adapters::Delivery&)> decide{};  // before both, where set
    adapters::Answer answer{
        .fate = adapters::AnswerFate::answered, .media_type = "application/json", .body = "[]"};
    std::vector<Received> received{};
    std::vector<std::string> asked{};
    std::function<void(const model::Envelope&)> on_question{};
};

class ExchangeWorld {
  public:
    static constexpr std::uint64_t kMemory = 64 * model::limits::kMebibyte;  // for documents

    // The seed is of its keys too; the budget is that of the internet zone.
    explicit ExchangeWorld(unsigned seed = 7, const model::Budget& budget = {});
    virtual ~ExchangeWorld();

    // Attributes of a CloudEvent and its document, from the party that speaks.
    struct Event {
        model::PartyId speaker;
        std::string zone = "internet";
        exchange::Attributes attributes;
        std::string document{};
        void set(const std::string& name, const std::string& value);
    };
    Event an_opinion_event(const std::string& id,
                           const documents::OpinionSample& sample = {.office = "1319900021"}) const;
    // The insurer's request for that opinion, to the clinic.
    Event a_request_event(const std::string& id, const documents::RequestSample& sample = {}) const;
    // A unit of a home plan, from the care manager to the office its files name.
    Event a_plan_event(const std::string& id, const documents::CareplanSample& sample = {}) const;
    Event a_card_event(const std::string& id, const std::string& type,
                       const std::vector<std::string>& insured) const;
    Event a_progress_question(const std::string& id, const std::string& insured) const;
    // About hanako(): consent-json, registration-json.
    Event a_consent_event(const std::string& id, std::string_view taker,
                          const std::string& document) const;
    Event a_registration_event(const std::string& id, std::string_view source,
                               const std::string& document) const;

    // Given its answer once it has one; empty until then.
    using Pending = std::shared_ptr<std::optional<exchange::Reply>>;
    using PendingAnswer = std::shared_ptr<std::optional<exchange::QueryReply>>;
    Pending submit(const Event& event, bool admitted = false);
    PendingAnswer ask(const Event& event);
    exchange::Reply submit_and_settle(const Event& event, bool admitted = false);
    exchange::QueryReply ask_and_settle(const Event& event);

    void commit();                              // one group of the writer
    void settle();                              // everything that can happen without time passing
    void pass(std::chrono::milliseconds time);  // time passes, and what it sets off settles

    platform::MemoryAllowance::Share holding_all_memory();  // for documents; until it is gone

    void record_facts(const model::Facts& facts);
    std::vector<std::string> leaves();
    std::vector<std::string> leaves_of_kind(const std::string& kind);
    model::PersonFacts known_of(const model::Person& person);
    exchange::MessageFate fate_of(const std::string& source, const std::string& id);
    std::uint64_t waited_for();  // how many documents that were asked for

    FakeClock clock;
    SeededRandom random;
    StepExecutor executor;
    FakeTimer timer{clock, executor};
    MemoryFiles files;
    platform::Keyring keyring;
    TroubledStore store;
    exchange::SnapshotSource snapshots;
    documents::Formats formats;
    exchange::Peers peers;
    exchange::Legs legs;
    exchange::MailboxWaiters waiters;
    exchange::Counters counters;
    platform::MemoryAllowance memory{kMemory};
    platform::SilentLog log;
    ScriptedPeer* platform = nullptr;  // owned by peers
    ScriptedPeer* municipal = nullptr;
    ScriptedPeer* line = nullptr;  // another way to the platform, where a test's directory has it
    std::unique_ptr<exchange::Lanes> lanes;
    std::unique_ptr<exchange::Exchange> exchange;

  private:
    Event a_note_event(const std::string& id, std::string_view source, const std::string& kind,
                       const std::string& document) const;
    exchange::Arrival arrive_with(const Event& event);
    exchange::Attributes basic(const std::string& id, const model::PartyId& speaker,
                               const std::string& type) const;
};

// The cast's snapshot, with formats for cards and limit cards and a route that pushes limit cards
// to a named reader: by `limit_cards_via`, or the way the reader is served.
plan::Snapshot exchange_snapshot(const model::Via& limit_cards_via = model::Via{"municipal"});

// Why the submission or the question was refused; fails the test where it was not.
template <typename Answer>
model::Problem problem_of(const Answer& answer) {
    BOOST_TEST_REQUIRE(!answer.has_value());
    return answer.error().problem;
}

}  // namespace sekisho::tests
