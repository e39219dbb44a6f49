// What the store remembers, as plain values.
//
// Personal attributes rest sealed under the message's own data key (`sealed_envelope`, the body);
// what is searchable is not personal: parties, types, digests, keyed hashes of persons. Deleting
// the data key deletes the content and leaves the evidence.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/platform/keyring.h"
#include "routing/model/envelope.h"
#include "routing/model/facts.h"

namespace sekisho::store {

// A sealed document. Small ones rest in the store itself, large ones in a spool file of sealed
// segments.
struct SealedBody {
    platform::WrappedKey data_key;
    std::string bytes{};       // sealed segments, when small
    std::string spool_file{};  // name within the spool folder, when large
    std::uint64_t size = 0;    // of the plain document
    friend bool operator==(const SealedBody&, const SealedBody&) = default;
};

struct StoredMessage {
    model::MessageKey key;
    model::PartyId author;
    model::TypeId type;
    model::Sha256 sha256{};  // of the document's bytes
    model::Sha256 digest{};  // for idempotency: document, type, persons, recipients
    std::uint64_t size = 0;
    model::Instant accepted_at{};
    std::uint64_t leaf = 0;    // index of the acceptance leaf
    std::uint64_t routes = 0;  // revision of the route table
    model::Sha256 certificate{};
    std::string sealed_envelope{};
    std::vector<model::PersonHash> persons{};
    std::string admission{};  // how the gateway itself verified the person: "card good"
    friend bool operator==(const StoredMessage&, const StoredMessage&) = default;
};

// (author or source, type, key): the key itself as a keyed hash, since it may hold an insured
// number.
struct BusinessScope {
    model::PartyId owner;
    model::TypeId type;
    model::Sha256 key_hash{};
    friend auto operator<=>(const BusinessScope&, const BusinessScope&) = default;
};

// A document that another one asks for (主治医意見書の依頼): known by the business key that it will
// have, and wanted by a day. Kept for good, so that the request's fate tells what became of it.
enum class WaitingState : std::uint8_t { waiting, filed, withdrawn };  // as the database has them
std::string_view to_string(WaitingState state);

struct AwaitedDocument {
    model::MessageKey request;
    BusinessScope document;  // whose it will be, of which type
    model::Instant due{};
    WaitingState state = WaitingState::waiting;
    friend bool operator==(const AwaitedDocument&, const AwaitedDocument&) = default;
};

// How many are waited for until then.
struct AwaitedCount {
    model::Instant due{};
    std::uint64_t count = 0;
    friend bool operator==(const AwaitedCount&, const AwaitedCount&) = default;
};

enum class DeliveryState : std::uint8_t {
    queued,
    leased,
    delivered,
    rejected,
    withdrawn,
    expired,
    dead,
};

std::string_view to_string(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);
inline bool is_settled(DeliveryState state) {
    return state != DeliveryState::queued && state != DeliveryState::leased;
}

using DeliveryId = std::int64_t;

struct StoredDelivery {
    DeliveryId id = 0;  // given by the store
    model::MessageKey message;
    model::PartyId recipient;
    model::Via via;  // an adapter's name or "mailbox"
    model::RouteId route;
    bool as_reader = false;  // the right is decided again at delivery
    std::string
        order_key{};  // deliveries of one key to one recipient leave in the order of their ids
    DeliveryState state = DeliveryState::queued;
    std::uint32_t attempts = 0;
    model::Instant turn{};          // of the first attempt: the earliest of a lane goes first
    model::Instant next_attempt{};  // not taken before it; for the first, when it was accepted
    model::Instant lease_until{};
    std::string lease{};  // URL-safe handle of the present lease; of the last one once settled
    model::Instant expires{};
    friend bool operator==(const StoredDelivery&, const StoredDelivery&) = default;
};

struct HistoryEntry {
    model::Instant at{};
    DeliveryState state = DeliveryState::queued;
    std::string detail{};  // one line, no personal data
    friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

struct LeaseRequest {
    model::Via via;
    std::optional<model::PartyId> recipient{};  // the mailbox: only this one's
    std::vector<model::TypeId> types_barred{};  // of the mailbox: that are left there
    std::size_t deliveries_max = 1;
    bool tried_first = false;  // of a lane: begins with what was tried, not with what never was
    model::Instant now{};
    model::Instant until{};
    std::vector<std::string> handles{};  // fresh and unguessable, at least deliveries_max of them

    std::size_t most() const { return std::min(deliveries_max, handles.size()); }
};

// A place in the order of expiry and id, in which what waits is gone through.
struct WaitingAfter {
    model::Instant expires{};
    DeliveryId id = 0;
};

struct WaitingDelivery {
    StoredDelivery delivery;
    model::TypeId type;  // of its message
};

// From one way to another: due there at once, with the turn it has.
struct Move {
    DeliveryId delivery = 0;
    model::Via via;
    model::Instant at{};
    std::string detail{};
};

// What became of a leased delivery. `queued` puts it back, due at `next_attempt`.
struct Settlement {
    DeliveryId delivery = 0;
    std::string lease{};  // must still be the present one
    DeliveryState state = DeliveryState::delivered;
    model::Instant at{};
    model::Instant next_attempt{};
    std::string detail{};
};

// Records of persons. `sealed_record` is the whole note that made it: the person, the occasion, the
// taker, the representative.
struct StoredRegistration {
    model::PersonHash person;
    model::Registration registration;
    std::string sealed_record{};
};

struct StoredConsent {
    model::PersonHash person;
    model::Consent consent;
    std::string sealed_record{};
};

// What an insurer's feed says in one of a person's records of the end of the pair (資格喪失). The
// record of the greatest history that was not sent in error decides.
struct EndWord {
    std::uint64_t history = 0;
    model::Instant said{};               // of two about one history the later counts
    std::optional<model::Instant> at{};  // nothing: the pair goes on
    bool deleted = false;                // the record was sent in error

    bool is_end() const { return at && !deleted; }
};

struct TreeHead {
    std::uint64_t size = 0;
    model::Sha256 root{};
    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

// Queue figures for metrics, by adapter or mailbox.
struct QueueDepth {
    model::Via via;
    std::uint64_t queued = 0;
    std::uint64_t leased = 0;
    std::uint64_t dead = 0;
};

}  // namespace sekisho::store
