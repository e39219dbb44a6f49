#include "routing/model/note.h"

#include <algorithm>

namespace sekisho::model {

namespace {

Consent taken(const Consent& consent, const PersonFacts& facts, Instant now) {
    const Consent* first = consent_of(facts, consent.id);
    Consent record = first == nullptr ? consent : *first;
    record.given_at = std::min(record.given_at, now);
    if (consent.withdrawn_at) {
        const Instant withdrawn = std::min(*consent.withdrawn_at, now);
        record.withdrawn_at = std::min(record.withdrawn_at.value_or(withdrawn), withdrawn);
    }
    return record;
}

Registration taken(const Registration& registration, const PersonFacts& facts, Instant) {
    const Registration* first = registration_of(facts, registration.id);
    if (first == nullptr) return registration;
    Registration record = *first;
    if (const auto& until = registration.period.until) {
        record.period.until = std::min(record.period.until.value_or(*until), *until);
    }
    return record;
}

}  // namespace

const std::string& id_of(const Note& note) {
    return std::visit([](const auto& record) -> const std::string& { return record.id; }, note);
}

bool is_ending(const Note& note, const PersonFacts& facts) {
    if (const auto* consent = std::get_if<Consent>(&note)) return consent->withdrawn_at.has_value();
    return registration_of(facts, id_of(note)) != nullptr;
}

Note taken_at(const Note& note, const PersonFacts& facts, Instant now) {
    return std::visit([&](const auto& record) -> Note { return taken(record, facts, now); }, note);
}

}  // namespace sekisho::model
