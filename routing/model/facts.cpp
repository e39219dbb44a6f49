#include "routing/model/facts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::model {

namespace {

constexpr auto kKinds = std::to_array<std::pair<ConsentKind, std::string_view>>({
    {ConsentKind::certification, "certification"},
    {ConsentKind::limit_card, "limit-card"},
    {ConsentKind::life, "life"},
    {ConsentKind::care_plan, "care-plan"},
    {ConsentKind::housing, "housing"},
});

bool names(const std::vector<ConsentKind>& kinds, ConsentKind kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

bool withdrawn_by(const Consent& consent, Instant at) {
    return consent.withdrawn_at && *consent.withdrawn_at <= at;
}

// What one record says of a kind; nothing where it does not speak about it.
std::optional<ConsentState> word_of(const Consent& consent, ConsentKind kind) {
    if (names(consent.refused, kind)) return ConsentState::refused;
    if (consent.comprehensive || names(consent.given, kind)) return ConsentState::given;
    return std::nullopt;
}

}  // namespace

std::string_view to_string(ConsentKind kind) {
    return std::ranges::find(kKinds, kind, [](const auto& row) { return row.first; })->second;
}

std::optional<ConsentKind> parse_consent_kind(std::string_view text) {
    const auto* found = std::ranges::find(kKinds, text, [](const auto& row) { return row.second; });
    if (found == kKinds.end()) return std::nullopt;
    return found->first;
}

ConsentState consent_state(const PersonFacts& facts, ConsentKind kind, Instant at) {
    ConsentState state = ConsentState::not_asked;
    for (const Consent& consent : facts.consents) {
        if (at < consent.given_at) continue;
        const auto word = word_of(consent, kind);
        if (word) state = withdrawn_by(consent, at) ? ConsentState::not_asked : *word;
    }
    return state;
}

bool is_registered(const PersonFacts& facts, const PartyId& party, Instant at) {
    return std::ranges::any_of(facts.registrations, [&](const Registration& registration) {
        return registration.party == party && registration.period.contains(at);
    });
}

bool is_registered_by_card(const PersonFacts& facts, const PartyId& party, Instant at) {
    return std::ranges::any_of(facts.registrations, [&](const Registration& registration) {
        return registration.party == party && registration.assurance == "card" &&
               registration.period.contains(at);
    });
}

const Consent* consent_of(const PersonFacts& facts, const std::string& id) {
    const auto found = std::ranges::find(facts.consents, id, &Consent::id);
    return found == facts.consents.end() ? nullptr : &*found;
}

const Registration* registration_of(const PersonFacts& facts, const std::string& id) {
    const auto found = std::ranges::find(facts.registrations, id, &Registration::id);
    return found == facts.registrations.end() ? nullptr : &*found;
}

}  // namespace sekisho::model
