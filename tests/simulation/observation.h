// What can be seen of the gateway from outside, and of its store by an auditor: the only things the
// checkers are told.
//
// Parties are party ids, persons the made-up insured numbers of the run, contents the SHA-256 of a
// document in hexadecimal.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "gateway/store/records.h"
#include "routing/model/envelope.h"

namespace sekisho::tests::simulation {

using Request = std::uint64_t;  // one call of a client; each has its own number

// A client waits for an answer from now on. `message` and `content` for documents; a question has
// no content.
struct Asked {
    Request request = 0;
    model::MessageKey message;
    std::string content{};
};

enum class Verdict : std::uint8_t {
    accepted,     // for good: a receipt was given
    denied,       // for good: this must not happen
    unavailable,  // not now; the client knows nothing
    told,         // a question's answer was released
};

struct Answered {
    Request request = 0;
    model::MessageKey message;
    std::string content{};
    Verdict verdict = Verdict::unavailable;
    std::string problem{};       // of a refusal
    std::size_t recipients = 0;  // of an acceptance
};

struct LeavesAppended {
    std::uint64_t from = 0;
    std::vector<std::string> leaves;
};

struct ConsentWithdrawn {
    std::string person;
};

// A document left the gateway, whatever became of it.
struct Handed {
    model::MessageKey message;
    model::PartyId recipient;
    std::string content;
    std::string reader_about{};  // the person, where it goes to a reader
};

// A recipient acted on it.
struct Applied {
    model::MessageKey message;
    model::PartyId recipient;
    std::string content;
    std::string business{};   // author, type and business key; empty: none
    std::string order_key{};  // empty: in no series
    std::int64_t place = 0;   // the delivery's id: the order of acceptance within a series
};

struct KeptDelivery {
    model::PartyId recipient;
    store::DeliveryState state = store::DeliveryState::queued;
};

struct Kept {
    std::string content;
    std::vector<KeptDelivery> deliveries{};
};

// The whole of what rests in the store: after each restart, and at the end when all should be done.
struct StoreRead {
    enum class Moment : std::uint8_t { restart, end };
    Moment moment = Moment::end;
    store::TreeHead head{};
    std::vector<std::string> leaves{};
    std::map<model::MessageKey, Kept> messages{};
    std::uint64_t backlog = 0;      // deliveries that the gateway counts as under way
    bool may_have_given_up = true;  // on a peer that was away
};

using Observation =
    std::variant<Asked, Answered, LeavesAppended, ConsentWithdrawn, Handed, Applied, StoreRead>;

std::string to_text(const model::MessageKey& message);
std::string to_text(const Observation& observation);  // one line of the trace

}  // namespace sekisho::tests::simulation
