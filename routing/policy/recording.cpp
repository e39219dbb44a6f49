// Who records consent (同意) and registration (担当事業所登録): the person's own insurer always;
// the person, through the window that speaks for it, refuses and withdraws; offices take consent
// for the municipality until that has asked the person itself, and register themselves once they
// have verified the person.
#include <algorithm>

#include "routing/policy/policy.h"
#include "routing/policy/reasons.h"

namespace sekisho::policy {

namespace {

using model::Consent;
using model::Problem;
using model::Registration;

struct Writing {
    const World& world;
    const model::Envelope& envelope;
    const Recording& recording;
    const model::Party& author;
    model::Instant now;

    const model::PersonFacts& facts() const { return recording.facts; }
    bool by_insurer() const { return author.id.kind == model::PartyKind::insurer; }
    bool by_person() const {
        return world.catalogue.belongs(author, world.catalogue.consent().person, now);
    }
    bool on_behalf() const {
        return world.catalogue.belongs(author, world.catalogue.consent().on_behalf, now);
    }
    std::string about() const { return to_string(author.id); }
};

bool gives(const Consent& consent) {
    return consent.comprehensive || !consent.given.empty();
}

bool is_asked_by_municipality(const model::PersonFacts& facts) {
    return std::ranges::any_of(facts.consents, &Consent::municipal);
}

// What was recorded under that id must be the same; a message sent again is told apart before.
template <class Record>
void check_id(const Writing& w, const Record* first, const Record& record, Reasons& reasons) {
    if (first != nullptr && *first != record) reasons.add(Problem::record_conflict, w.about());
}

bool has_ended(const Writing& w) {
    return w.facts().ended.has_value() && *w.facts().ended <= w.now;
}

void check_ended(const Writing& w, Reasons& reasons) {
    if (has_ended(w)) reasons.add(Problem::person_ended, w.about());
}

void check_registered(const Writing& w, Reasons& reasons) {
    if (model::is_registered(w.facts(), w.author.id, w.now)) return;
    reasons.add(Problem::not_registered, w.about());
}

void check_withdrawal(const Writing& w, const Consent& consent, Reasons& reasons) {
    if (!w.by_insurer() && !w.by_person()) check_registered(w, reasons);
    if (model::consent_of(w.facts(), consent.id) != nullptr) return;
    reasons.add(Problem::record_unknown, w.about());
}

void check_new_consent(const Writing& w, const Consent& consent, Reasons& reasons) {
    check_ended(w, reasons);
    check_id(w, model::consent_of(w.facts(), consent.id), consent, reasons);
    if (w.by_insurer()) return;
    if (w.by_person()) {
        const bool open = w.world.catalogue.consent().person_gives;
        if (gives(consent) && !open) reasons.add(Problem::giving_not_open, w.about());
        return;
    }
    if (!w.on_behalf()) return reasons.add(Problem::author_not_allowed, w.about());
    check_registered(w, reasons);
    if (is_asked_by_municipality(w.facts())) reasons.add(Problem::consent_closed, w.about());
}

void check(const Writing& w, const Consent& consent, Reasons& reasons) {
    if (consent.withdrawn_at) return check_withdrawal(w, consent, reasons);
    check_new_consent(w, consent, reasons);
}

void check_end(const Writing& w, const Registration& first, const Registration& end,
               Reasons& reasons) {
    if (!w.by_insurer() && !w.by_person() && first.party != w.author.id) {
        reasons.add(Problem::author_not_allowed, w.about());
    }
    if (!end.period.until || end.party != first.party) {
        reasons.add(Problem::record_conflict, w.about());
    }
}

// An office that was carried here was verified by its carrier, as its mandate says (WEBサービス).
// No paper of a pair that has ended verifies anybody: the office is told that alone (`disclosed`),
// as whoever verified nobody is, since by numbers that it tries it could learn of whom there was
// one.
void check_identity(const Writing& w, const Registration& registration, Reasons& reasons) {
    if (registration.party != w.author.id) {
        return reasons.add(Problem::author_not_allowed, w.about());
    }
    const bool verified = w.recording.admitted || w.envelope.source != w.envelope.author;
    if (!verified || has_ended(w)) reasons.add(Problem::admission_needed, w.about());
}

void check_new_registration(const Writing& w, const Registration& registration, Reasons& reasons) {
    check_ended(w, reasons);
    const model::Party* party = w.world.directory.find(registration.party);
    if (party == nullptr || !party->active.contains(w.now)) {
        reasons.add(Problem::party_unknown, to_string(registration.party));
    }
    if (!w.by_insurer()) check_identity(w, registration, reasons);
}

void check(const Writing& w, const Registration& registration, Reasons& reasons) {
    const auto* first = model::registration_of(w.facts(), registration.id);
    if (first != nullptr) return check_end(w, *first, registration, reasons);
    check_new_registration(w, registration, reasons);
}

}  // namespace

model::Decision may_record(const World& world, const model::Envelope& envelope,
                           const Recording& recording, model::Instant now) {
    Reasons reasons;
    const model::Party* author = world.directory.find(envelope.author);
    if (author == nullptr) {
        reasons.add(Problem::party_unknown, to_string(envelope.author));
    } else if (!recording.facts.known) {
        reasons.leave_open();
    } else {
        const Writing w{.world = world,
                        .envelope = envelope,
                        .recording = recording,
                        .author = *author,
                        .now = now};
        std::visit([&](const auto& record) { check(w, record, reasons); }, recording.note);
    }
    return std::move(reasons).decide(envelope.type);
}

}  // namespace sekisho::policy
