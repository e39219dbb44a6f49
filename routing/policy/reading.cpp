#include <algorithm>
#include <optional>

#include "routing/policy/checks.h"
#include "routing/policy/policy.h"

namespace sekisho::policy {

namespace {

using catalogue::Grant;
using catalogue::Reader;
using model::PersonFacts;
using model::Problem;

// Who would read, and in which qualification. A pushed document meets no human: it has no role.
struct Reading {
    const model::Party& reader;
    const model::Facts& facts;
    const std::optional<model::Role>& role;
};

const PersonFacts* known(const model::Facts& facts, const model::Person& person) {
    const auto found = facts.find(person);
    return found == facts.end() || !found->second.known ? nullptr : &found->second;
}

// A person of whom nothing is known leaves the question open; the other checks look at the others.
void check_known(const Case& c, const Reading& reading, Reasons& reasons) {
    for (const model::Person& person : c.envelope.persons) {
        if (known(reading.facts, person) == nullptr) reasons.leave_open();
    }
}

void check_registration(const Case& c, const Reader& cell, const Reading& reading,
                        Reasons& reasons) {
    const model::PartyId& reader = reading.reader.id;
    for (const model::Person& person : c.envelope.persons) {
        const PersonFacts* facts = known(reading.facts, person);
        if (facts == nullptr) continue;
        if (!model::is_registered(*facts, reader, c.now)) {
            reasons.add(Problem::not_registered, to_string(reader));
        } else if (cell.by_card && !model::is_registered_by_card(*facts, reader, c.now)) {
            reasons.add(Problem::assurance_too_low, to_string(reader));
        }
    }
}

// The gateway itself saw the card at this visit, or nobody did: a paper is no card, and a card of
// an earlier day is not of this one.
void check_visit(const Case& c, const Reading& reading, Reasons& reasons) {
    if (!c.envelope.subject.empty()) return;
    reasons.add(Problem::assurance_too_low, to_string(reading.reader.id));
}

void check_role(const Reader& cell, const Reading& reading, Reasons& reasons) {
    if (cell.roles.empty()) return;
    if (reading.role && std::ranges::find(cell.roles, *reading.role) != cell.roles.end()) return;
    reasons.add(Problem::role_not_allowed,
                reading.role ? reading.role->text() : to_string(reading.reader.id));
}

// A ◎ of a type for which no kind of consent exists cannot be consented to.
void check_consent(const Case& c, const Reading& reading, Reasons& reasons) {
    if (!c.type.consent_kind) return reasons.add(Problem::no_consent, c.type.id.text());
    const model::ConsentKind kind = *c.type.consent_kind;
    for (const model::Person& person : c.envelope.persons) {
        const PersonFacts* facts = known(reading.facts, person);
        if (facts == nullptr) continue;
        const auto state = model::consent_state(*facts, kind, c.now);
        if (state == model::ConsentState::given) continue;
        const bool refused = state == model::ConsentState::refused;
        reasons.add(refused ? Problem::consent_refused : Problem::no_consent,
                    std::string{model::to_string(kind)});
    }
}

// The latest word counts, whatever it was about: who refused anything since, or took the consent
// back, did not have in mind what no kind names.
bool consents_to_all(const PersonFacts& facts, model::Instant at) {
    std::optional<model::Instant> last;
    bool consents = false;
    const auto hear = [&](model::Instant said, bool opens) {
        if (at < said || (last && said < *last)) return;
        last = said;
        consents = opens;
    };
    for (const model::Consent& consent : facts.consents) {
        hear(consent.given_at, consent.comprehensive);
        if (consent.withdrawn_at) hear(*consent.withdrawn_at, false);
    }
    return consents;
}

void check_comprehensive(const Case& c, const Reading& reading, Reasons& reasons) {
    for (const model::Person& person : c.envelope.persons) {
        const PersonFacts* facts = known(reading.facts, person);
        if (facts == nullptr || consents_to_all(*facts, c.now)) continue;
        reasons.add(Problem::no_consent, c.type.id.text());
    }
}

void check_ended(const Case& c, const Reading& reading, Reasons& reasons) {
    for (const model::Person& person : c.envelope.persons) {
        const PersonFacts* facts = known(reading.facts, person);
        if (facts == nullptr || !facts->ended || *facts->ended > c.now) continue;
        reasons.add(Problem::person_ended, to_string(model::insurer_party(person.insurer)));
    }
}

Reasons judge(const Case& c, const Reader& cell, const Reading& reading) {
    Reasons reasons;
    if (cell.own_insurer && !insures_all(reading.reader.id, c.insurers)) {
        reasons.add(Problem::reader_not_allowed, to_string(reading.reader.id));
        return reasons;
    }
    if (cell.registered && !cell.own_insurer) check_registration(c, cell, reading, reasons);
    if (cell.card_each_visit) check_visit(c, reading, reasons);
    check_role(cell, reading, reasons);
    if (cell.grant == Grant::consent) check_consent(c, reading, reasons);
    if (cell.grant == Grant::comprehensive) check_comprehensive(c, reading, reasons);
    return reasons;
}

bool applies(const Case& c, const Reader& cell, const model::Party& reader) {
    return cell.enabled && c.world.catalogue.belongs(reader, cell.who, c.now);
}

bool has_cell(const Case& c, const model::Party& reader) {
    return std::ranges::any_of(c.type.readers,
                               [&](const Reader& cell) { return applies(c, cell, reader); });
}

// The cell nearest to granting decides, the first among equals: one that grants has no reasons.
Reasons judge_cells(const Case& c, const Reading& reading) {
    std::optional<Reasons> nearest;
    for (const Reader& cell : c.type.readers) {
        if (!applies(c, cell, reading.reader)) continue;
        Reasons reasons = judge(c, cell, reading);
        if (!nearest || reasons.against() < nearest->against()) nearest = std::move(reasons);
    }
    if (nearest) return *std::move(nearest);
    Reasons no_cell;
    no_cell.add(Problem::reader_not_allowed, to_string(reading.reader.id));
    return no_cell;
}

void check_cells(const Case& c, const Reading& reading, Reasons& reasons) {
    if (c.world.catalogue.belongs_to_any(reading.reader, c.type.never_to, c.now)) {
        return reasons.add(Problem::reader_not_allowed, to_string(reading.reader.id));
    }
    reasons.absorb(judge_cells(c, reading));
}

void check_reading_rollout(const Case& c, Reasons& reasons) {
    check_rollout(c, [](const model::InsurerNumber&) { return false; }, reasons);
}

// Answers that hold for the type whoever asks; further reasons would only hide them.
std::optional<Problem> not_asked_here(const catalogue::InformationType* type) {
    if (type == nullptr) return Problem::unknown_type;
    if (type->held_elsewhere) return Problem::held_elsewhere;
    if (!type->queried) return Problem::reader_not_allowed;
    return std::nullopt;
}

model::Decision one_reason(Problem problem, std::string about) {
    return {.verdict = model::Verdict::deny,
            .reasons = {{.problem = problem, .about = std::move(about)}}};
}

// A document pushed to a reader: the plan exchange and LIFE run regardless of the rollout, gated
// types do not.
model::Decision may_be_pushed(const Case& c, const model::Party& reader,
                              const model::Facts& facts) {
    const std::optional<model::Role> no_human;
    const Reading reading{.reader = reader, .facts = facts, .role = no_human};
    const Rollout rollout = c.type.gated ? Rollout::asked : Rollout::not_asked;
    Reasons reasons;
    check_persons_named(c, Rollout::asked, reasons);
    check_insurers_known(c, rollout, reasons);
    check_cells(c, reading, reasons);
    check_known(c, reading, reasons);
    check_ended(c, reading, reasons);
    if (c.type.gated) check_reading_rollout(c, reasons);
    if (reader.suspended) reasons.add(Problem::party_suspended, to_string(reader.id));
    return std::move(reasons).decide(c.type.id);
}

}  // namespace

model::Decision may_read(const World& world, const model::Envelope& envelope,
                         const model::Facts& facts, model::Instant now) {
    const catalogue::InformationType* type = world.catalogue.find(envelope.type);
    if (const auto problem = not_asked_here(type)) {
        return one_reason(*problem, envelope.type.text());
    }
    const Case c{.world = world,
                 .type = *type,
                 .envelope = envelope,
                 .now = now,
                 .insurers = model::insurers_of(envelope.persons)};
    Reasons reasons;
    check_persons_named(c, Rollout::asked, reasons);
    check_insurers_known(c, Rollout::asked, reasons);
    check_carrier(c, reasons);
    if (const model::Party* reader = world.directory.find(envelope.author)) {
        const Reading reading{.reader = *reader, .facts = facts, .role = envelope.role};
        check_cells(c, reading, reasons);
        check_known(c, reading, reasons);
        check_ended(c, reading, reasons);
    }
    check_reading_rollout(c, reasons);
    check_purpose(c, reasons);
    check_zone(c, reasons);
    check_parties(c, reasons);  // names a reader that the directory does not know
    return std::move(reasons).decide(type->id);
}

std::vector<std::string> withheld_from(const World& world, const model::Envelope& envelope,
                                       const model::Facts& facts, model::Instant now) {
    const catalogue::InformationType* type = world.catalogue.find(envelope.type);
    const model::Party* reader = world.directory.find(envelope.author);
    if (type == nullptr || reader == nullptr) return {};
    const Case c{.world = world,
                 .type = *type,
                 .envelope = envelope,
                 .now = now,
                 .insurers = model::insurers_of(envelope.persons)};
    const Reading reading{.reader = *reader, .facts = facts, .role = envelope.role};
    const Reader* least = nullptr;
    for (const Reader& cell : type->readers) {
        if (!applies(c, cell, *reader) || judge(c, cell, reading).against() > 0) continue;
        if (least == nullptr || cell.withheld.size() < least->withheld.size()) least = &cell;
    }
    return least == nullptr ? std::vector<std::string>{} : least->withheld;
}

Handing may_receive(const World& world, const model::Envelope& envelope,
                    const model::PartyId& recipient, const model::Facts& facts,
                    model::Instant now) {
    const catalogue::InformationType* type = world.catalogue.find(envelope.type);
    if (type == nullptr) return {one_reason(Problem::unknown_type, envelope.type.text())};
    const model::Party* party = world.directory.find(recipient);
    if (party == nullptr || !party->active.contains(now)) {
        return {one_reason(Problem::recipient_unknown, to_string(recipient))};
    }
    const Case c{.world = world,
                 .type = *type,
                 .envelope = envelope,
                 .now = now,
                 .insurers = model::insurers_of(envelope.persons)};
    const bool never = world.catalogue.belongs_to_any(*party, type->never_to, now);
    if (!never && world.catalogue.belongs_to_any(*party, type->filed_to, now)) {
        const bool foreign =
            recipient.kind == model::PartyKind::insurer && !insures_all(recipient, c.insurers);
        if (!foreign) return {{.verdict = model::Verdict::permit}};
    } else if (!never && has_cell(c, *party)) {
        return {.decision = may_be_pushed(c, *party, facts), .as_reader = true};
    }
    return {one_reason(Problem::recipient_not_allowed, to_string(recipient))};
}

}  // namespace sekisho::policy
