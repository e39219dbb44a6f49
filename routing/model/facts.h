// What is known about the persons of an envelope: registrations (担当事業所登録) and consents
// (同意).
//
// Facts are inputs to the policy; fetching them is not its business. A person whose facts could not
// be fetched is `unknown`, which is not the same as having none: unknown makes a reading
// indeterminate, none makes it denied.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"
#include "routing/model/party.h"

namespace sekisho::model {

enum class ConsentKind : std::uint8_t { certification, limit_card, life, care_plan, housing };

std::string_view to_string(ConsentKind kind);  // "care-plan"
std::optional<ConsentKind> parse_consent_kind(std::string_view text);

enum class ConsentState : std::uint8_t { not_asked, given, refused };

struct Registration {
    PartyId party;
    std::string assurance;  // "card" or "document"
    Period period;
    std::string id{};
    friend bool operator==(const Registration&, const Registration&) = default;
};

// One consent record: comprehensive (包括同意) or by kinds, with the kinds refused; later records
// replace earlier ones for the kinds they speak about; those a withdrawn record spoke about are
// unasked from then on, because what it replaced does not come back.
struct Consent {
    bool comprehensive = false;
    std::vector<ConsentKind> given{};
    std::vector<ConsentKind> refused{};
    Instant given_at{};
    std::optional<Instant> withdrawn_at{};
    bool municipal = false;  // the person's insurer asked: nobody asks on its behalf any more
    std::string id{};
    friend bool operator==(const Consent&, const Consent&) = default;
};

struct PersonFacts {
    bool known = true;  // false: could not be asked
    std::vector<Registration> registrations{};
    std::vector<Consent> consents{};  // oldest first
    std::optional<Instant> ended{};   // the pair was end-dated by its insurer
};

using Facts = std::map<Person, PersonFacts>;

ConsentState consent_state(const PersonFacts& facts, ConsentKind kind, Instant at);
bool is_registered(const PersonFacts& facts, const PartyId& party, Instant at);
bool is_registered_by_card(const PersonFacts& facts, const PartyId& party, Instant at);

// The record of that id; null where the person has none.
const Consent* consent_of(const PersonFacts& facts, const std::string& id);
const Registration* registration_of(const PersonFacts& facts, const std::string& id);

}  // namespace sekisho::model
