// What comes in at the door and what goes back: the values between a listener (or a folder, a page,
// a test) and the exchange.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/platform/memory_allowance.h"
#include "gateway/store/records.h"
#include "gateway/store/sealing.h"
#include "routing/model/envelope.h"
#include "routing/model/problem.h"

namespace sekisho::exchange {

// CloudEvents attributes as read at the rim: names without `ce-`, lower case; values already
// percent-decoded. A name that came twice is refused by the rim already.
using Attribute = std::pair<std::string, std::string>;
using Attributes = std::vector<Attribute>;

// A body as it was taken in: hashed and sealed while it came. `plain` holds small ones for the
// format check.
struct Body {
    model::Sha256 sha256{};
    std::uint64_t size = 0;
    std::optional<std::string> plain{};
    std::optional<store::SealedBody> sealed{};
    std::unique_ptr<store::BodySealer>
        sealer{};  // keeps the data key, and the spool file until it is committed
};

// Takes a body in, piece by piece, within its limit. One thread at a time.
class BodyIntake {
  public:
    BodyIntake(const platform::Keyring& keyring, platform::Random& random, store::Spool spool,
               std::uint64_t bytes_max);

    model::Result<void> append(std::string_view piece);  // body_too_large, store_unavailable
    model::Result<Body> finish();

  private:
    std::uint64_t bytes_max_;
    std::uint64_t size_ = 0;
    std::string plain_;
    bool spilled_ = false;
    platform::Sha256Stream hash_;
    std::unique_ptr<store::BodySealer> sealer_;
};

// The visit (来所) at which a person showed the card to the gateway itself. Its reference becomes
// the `subject` of a question's envelope, where a sender writes nothing.
struct CardVisit {
    std::string reference;
    model::Person person;
};

struct Arrival {
    model::Speaker speaker;
    Attributes attributes;
    Body body;
    std::string trace_parent{};
    // How the gateway itself verified the person whom it is about (本人確認): "card good", "card
    // not-checked", "document"; empty where it did not.
    std::string admission{};
    std::optional<CardVisit> visit{};  // of a question
};

// Whose card it is: asked for an office once the card's evidence was verified (本人確認). The
// serial is the certificate's and not the person; it is kept no longer than the question.
struct CardQuestion {
    model::Speaker speaker;
    std::string issuer;  // RFC 2253
    std::string serial;  // hexadecimal
    std::string actor{};
    model::Purpose purpose{};  // what the card signed for; empty: the usual one
};

struct AnsweredDelivery {
    model::PartyId recipient;
    model::Via via;
    store::DeliveryState state = store::DeliveryState::queued;
};

struct Accepted {
    model::MessageKey message;
    bool replay = false;  // the same again: 200 in place of 202
    std::vector<AnsweredDelivery> deliveries{};
    std::string receipt{};
    std::vector<model::LocatedError> warnings{};  // what its sender should look at; not of a replay
};

using Reply = std::expected<Accepted, model::Refusal>;
using Answer = std::move_only_function<void(Reply)>;

struct Found {
    std::string id;  // of the answer event
    model::TypeId type;
    std::string media_type;
    std::string body;
    std::vector<std::string> withheld{};  // members that its reader may not see
};
using QueryReply = std::expected<Found, model::Refusal>;
using QueryAnswer = std::move_only_function<void(QueryReply)>;

struct DeliveryFate {
    AnsweredDelivery delivery;
    std::uint32_t attempts = 0;
    std::vector<store::HistoryEntry> history{};
};

// What a request waits for: until which day the certification is to be decided (that day's
// beginning in Japan), and how many days are left to it: 0 on the day itself, less when it is past.
struct AwaitedFate {
    model::Instant due{};
    std::int64_t days_left = 0;
    store::WaitingState state = store::WaitingState::waiting;
};

struct MessageFate {
    store::StoredMessage message;
    std::vector<DeliveryFate> deliveries{};
    std::optional<AwaitedFate> awaited{};  // of a request
};

struct CollectedEvent {
    model::Envelope envelope;
    std::string body;
    std::string handle;
    model::Instant lease_until{};
    platform::MemoryAllowance::Share memory{};  // of what is made of it, until it was written
};
using Collected = std::expected<std::vector<CollectedEvent>, model::Refusal>;
using CollectAnswer = std::move_only_function<void(Collected)>;

using Done = std::move_only_function<void(model::Result<void>)>;

}  // namespace sekisho::exchange
