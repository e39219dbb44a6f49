// The exchange: the life of a message.
//
// arrive() runs on a worker and never waits for the disk; durable() is called back when the commit
// is on disk. Every origin comes through the same door. Nothing is acknowledged before it is
// durable; nothing leaves before it is; what cannot be decided is refused and recorded as
// undecided. The order of the steps is the order of arrive() in exchange.cpp, which is meant to be
// read from top to bottom.
//
// Thread-safe. Answers are called exactly once, from any thread. The collaborators outlive the
// exchange and every answer it owes.
#pragma once

#include <chrono>
#include <map>
#include <memory>

#include "adapters/api/adapter.h"
#include "adapters/documents/format.h"
#include "adapters/documents/json.h"
#include "gateway/audit/leaf.h"
#include "gateway/exchange/arrival.h"
#include "gateway/exchange/lookup.h"
#include "gateway/exchange/snapshot_source.h"
#include "gateway/platform/keyring.h"
#include "gateway/platform/ports.h"
#include "gateway/store/store.h"
#include "routing/model/budget.h"

namespace sekisho::exchange {

class Lanes;
class Legs;
class MailboxWaiters;
class Peers;
struct Counters;

struct Collaborators {
    store::Store& store;
    SnapshotSource& snapshots;
    const platform::Keyring& keyring;
    const documents::Formats& formats;
    Lanes& lanes;
    MailboxWaiters& waiters;
    const Legs& legs;
    const Peers& peers;
    platform::Clock& clock;
    platform::Random& random;
    platform::Timer& timer;
    platform::MemoryAllowance& memory;
    platform::Executor& workers;  // decides, seals, signs
    platform::Executor& askers;   // may block on a peer until its deadline
};

struct Settings {
    std::string instance;  // `logorigin` and `iss`
    store::Spool spool;
    const std::unordered_map<model::InsurerNumber, std::string>* unions = nullptr;
    std::map<model::ZoneName, model::Budget> budgets{};  // a zone that is not here knows no bound
};

class Exchange {
  public:
    Exchange(Collaborators collaborators, Settings settings, Counters& counters);
    ~Exchange();

    // How large the body of a message of this type may be, before it is read. Unknown types get the
    // general limit.
    std::uint64_t body_bytes_max(std::string_view type) const;
    BodyIntake intake(std::uint64_t bytes_max);

    void arrive(Arrival arrival, Answer answer);
    void ask(Arrival question, std::chrono::milliseconds deadline, QueryAnswer answer);

    // What the gateway itself knows of a person; the look is on record before it is answered.
    void look_up(Lookup lookup, LookupAnswer answer);
    // The record of that id, for whoever makes the message that ends it: nothing of it may be told
    // before that message was accepted. record_unknown.
    model::Result<NamedRecord> consent_named(const std::string& id) const;
    model::Result<NamedRecord> registration_named(const std::string& id) const;

    // Answered with {"insurer","insured"} by the peer that knows, or {} where it knows nobody.
    void ask_about_card(const CardQuestion& card, std::chrono::milliseconds deadline,
                        QueryAnswer answer);

    // The first answer to a message that was accepted before; message_unknown.
    model::Result<Accepted> answered_before(const model::MessageKey& key) const;

    // A refusal at the rim of an identified speaker, made before an envelope could be read:
    // recorded as a leaf, with what was found out and is not answered.
    void note_refusal(const model::Speaker& speaker, const model::Refusal& refusal,
                      const audit::Finding& finding = {});

    model::Result<MessageFate> fate(const model::Speaker& speaker, const model::MessageId& id,
                                    const std::optional<model::PartyId>& source);

    // Waits (by timer, holding no thread) until something is there or `wait` is over. Empty is a
    // good answer. What may not be carried over the zone it is collected from stays.
    struct Collector {
        model::PartyId party;
        model::ZoneName zone{};
    };
    void collect(const Collector& collector, std::size_t events_max, std::chrono::milliseconds wait,
                 CollectAnswer answer);
    void acknowledge(const model::PartyId& recipient, const std::string& handle, Done done);
    struct Rejection {
        std::string reason;
        bool final = false;
    };
    void reject(const model::PartyId& recipient, const std::string& handle,
                const Rejection& rejection, Done done);

    documents::Json public_keys() const;  // JWKS
    void drain();                         // from now on: `draining`

    struct State;  // shared by the parts of this room; incomplete to everyone else

  private:
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::exchange
