// Leaves: what the log says happened, each one RFC 8785 canonical JSON.
//
// Kinds: acceptance, decision (a refusal after identity), outcome (of a delivery), access (a
// reading), release (to a reader), admission, consent, registration, routes (a new revision),
// operator. A leaf carries digests and keyed hashes, never personal data; persons are PersonHash.
// The index of a leaf is its place in the log and stands not in the leaf.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/documents/json.h"
#include "routing/model/decision.h"
#include "routing/model/envelope.h"

namespace sekisho::audit {

// What all leaves about a message share. `persons` in the order of the envelope.
struct Subject {
    model::Instant at{};
    const model::Envelope& envelope;
    const std::vector<model::PersonHash>& persons;
    const model::Speaker& speaker;
};

struct AcceptanceLeaf {
    model::Sha256 sha256{};
    std::uint64_t size = 0;
    std::uint64_t routes = 0;  // revision
    std::vector<std::pair<model::PartyId, model::Via>> deliveries{};
};

std::string acceptance_leaf(const Subject& subject, const AcceptanceLeaf& acceptance);

// A refusal of an identified sender: verdict and reasons for a decision of policy; the problem
// alone otherwise.
std::string decision_leaf(const Subject& subject, const model::Refusal& refusal,
                          const std::optional<model::Decision>& decision);

// What a refusal's record says more than its answer: words of this program, never the sender's.
struct Finding {
    std::string fault{};  // "challenge-foreign"
    std::string why{};    // "list-outdated"
};

// A refusal before an envelope could be read: who, when, and the problem.
std::string refusal_leaf(model::Instant at, const model::Speaker& speaker,
                         const model::Refusal& refusal, const Finding& finding = {});

struct OutcomeLeaf {
    model::Instant at{};
    model::MessageKey message;
    model::PartyId recipient;
    model::Via via;
    std::string state;  // delivered, rejected, withdrawn, expired, dead
    std::uint32_t attempts = 0;
    std::string peer_code{};
};

std::string outcome_leaf(const OutcomeLeaf& outcome);

// A reading that was permitted: who looked, at which type, of whom, why. The answer itself is not
// kept.
std::string access_leaf(const Subject& subject, const model::PartyId& asked);

// A document that is released to a reader: its right was decided at this place of the log, by what
// stands before it.
struct ReleaseLeaf {
    model::Instant at{};
    const model::Envelope& envelope;
    const std::vector<model::PersonHash>& persons;
    model::PartyId recipient;
    model::Via via;
    std::uint32_t attempt = 0;
};

std::string release_leaf(const ReleaseLeaf& release);

// A consent or registration that was recorded, or the end of a person's pair.
struct RecordLeaf {
    model::Instant at{};
    std::string kind;  // "consent", "registration" or "person"
    std::string id;    // of the record; empty for a person
    model::PersonHash person;
    std::string what;  // "given", "refused", "withdrawn", "registered", "ended", "goes-on"
    std::string by;    // party id or "seed"
};

std::string record_leaf(const RecordLeaf& record);

std::string routes_leaf(model::Instant at, std::uint64_t revision, const model::Sha256& digest);

}  // namespace sekisho::audit
