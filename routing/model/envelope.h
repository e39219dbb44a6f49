// The envelope: what is written on the outside of a document, parsed once at the rim into typed
// values.
//
// CloudEvents 1.0 attributes and Sekisho's extensions of them. Everything inside the gateway
// decides by the envelope and by facts about the persons in it, never by raw text. A value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"
#include "routing/model/party.h"
#include "routing/model/protection.h"

namespace sekisho::model {

enum class Intent : std::uint8_t {
    file,  // 格納: put a document where law or contract wants it; consent does not govern it
    read,  // 閲覧: ask for information; registration and consent govern it
};

// Who stands at the door: the certificate's party and where it came in. Made by identity only.
struct Speaker {
    PartyId party;
    ZoneName zone;
    Sha256 certificate{};  // SHA-256 of its DER: x5t#S256
    Protection protected_by = Protection::none;
};

struct Envelope {
    MessageId id;
    PartyId source;  // the carrier: whose certificate speaks
    PartyId author;  // whose document it is; the source unless said otherwise
    TypeId type;
    Intent intent = Intent::file;
    Instant time{};
    ZoneName zone;  // where it came in
    Protection protected_by = Protection::none;
    std::vector<Person>
        persons{};  // empty for types about nobody; the codec adds those of a `many` document
    std::vector<PartyId> recipients{};  // as the sender named them; routes decide
    Purpose purpose;
    std::string actor{};  // opaque staff id; queries and admissions only
    std::optional<Role> role{};
    std::string media_type{};
    std::optional<FormatName> format{};
    std::optional<BusinessKey> business_key{};
    std::optional<Instant> expiry{};
    std::string correlation{};
    std::string trace_parent{};
    std::string person_consent{};  // `personconsent` of a notice that needs the person's word (F6)
    std::string status{};          // "draft" or "agreed", for plans
    // What the gateway itself tells the peer of a question: the certificate of the card whose
    // holder is looked for, or the visit that a card opened for the one person asked about.
    // CloudEvents' `subject`; no sender writes it. It stands in no record and no log.
    std::string subject{};
};

// The idempotency key: a sender and the id it gave.
struct MessageKey {
    PartyId source;
    MessageId id;
    friend auto operator<=>(const MessageKey&, const MessageKey&) = default;
};

inline MessageKey key_of(const Envelope& envelope) {
    return {.source = envelope.source, .id = envelope.id};
}

// Each insurer of these persons once, in the order of first appearance.
std::vector<InsurerNumber> insurers_of(const std::vector<Person>& persons);

}  // namespace sekisho::model
