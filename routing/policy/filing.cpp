#include "routing/policy/checks.h"
#include "routing/policy/policy.h"

namespace sekisho::policy {

namespace {

using model::Problem;

void check_author(const Case& c, Reasons& reasons) {
    const model::Party* author = c.world.directory.find(c.envelope.author);
    if (author == nullptr) return;  // check_parties names it
    if (!c.world.catalogue.belongs_to_any(*author, c.type.authors, c.now)) {
        reasons.add(Problem::author_not_allowed, to_string(c.envelope.author));
    }
}

// F1: while an insurer loads, what it files itself is taken.
void check_filing_rollout(const Case& c, Reasons& reasons) {
    const auto files_itself = [&](const model::InsurerNumber& insurer) {
        const model::PartyId id = model::insurer_party(insurer);
        return c.envelope.author == id || c.envelope.source == id;
    };
    check_rollout(c, files_itself, reasons);
}

// An insurer files about its own insured only, for itself and for whom it carries (F1).
void check_own_insured(const Case& c, Reasons& reasons) {
    const auto is_others = [&](const model::PartyId& party) {
        return party.kind == model::PartyKind::insurer && !insures_all(party, c.insurers);
    };
    const model::PartyId& author = c.envelope.author;
    const model::PartyId& carrier = c.envelope.source;
    if (is_others(author)) reasons.add(Problem::author_not_allowed, to_string(author));
    if (carrier != author && is_others(carrier)) {
        reasons.add(Problem::carrier_not_allowed, to_string(carrier));
    }
}

}  // namespace

model::Decision may_file(const World& world, const model::Envelope& envelope, model::Instant now) {
    Reasons reasons;
    const catalogue::InformationType* type = world.catalogue.find(envelope.type);
    if (type == nullptr) {
        reasons.add(Problem::unknown_type, envelope.type.text());
        return std::move(reasons).decide(envelope.type);
    }
    const Case c{.world = world,
                 .type = *type,
                 .envelope = envelope,
                 .now = now,
                 .insurers = model::insurers_of(envelope.persons)};
    const Rollout rollout = type->gated ? Rollout::asked : Rollout::not_asked;
    check_persons_named(c, rollout, reasons);
    check_insurers_known(c, rollout, reasons);
    check_zone(c, reasons);
    check_author(c, reasons);
    check_carrier(c, reasons);
    check_purpose(c, reasons);
    if (type->gated) check_filing_rollout(c, reasons);
    check_own_insured(c, reasons);
    check_parties(c, reasons);
    return std::move(reasons).decide(type->id);
}

}  // namespace sekisho::policy
