#include "routing/policy/checks.h"

#include <algorithm>

namespace sekisho::policy {

namespace {

using model::Problem;

bool is_known(const Case& c, const model::InsurerNumber& insurer, Rollout rollout) {
    if (c.world.directory.find(model::insurer_party(insurer)) == nullptr) return false;
    return rollout == Rollout::not_asked ||
           c.world.rollout.state(insurer, c.now) != table::RolloutState::unknown;
}

void check_party(const Case& c, const model::PartyId& id, Reasons& reasons) {
    const model::Party* party = c.world.directory.find(id);
    if (party == nullptr || !party->active.contains(c.now)) {
        reasons.add(Problem::party_unknown, to_string(id));
    } else if (party->suspended) {
        reasons.add(Problem::party_suspended, to_string(id));
    }
}

}  // namespace

// Without a person no rule about persons could refuse: what must be about somebody is refused
// instead.
void check_persons_named(const Case& c, Rollout rollout, Reasons& reasons) {
    const catalogue::Subject subject = c.type.subject;
    if (!c.envelope.persons.empty() || subject == catalogue::Subject::none) return;
    if (subject == catalogue::Subject::many && rollout == Rollout::not_asked) return;
    reasons.add(Problem::person_missing, c.type.id.text());
}

void check_insurers_known(const Case& c, Rollout rollout, Reasons& reasons) {
    for (const model::InsurerNumber& insurer : c.insurers) {
        if (is_known(c, insurer, rollout)) continue;
        reasons.add(Problem::insurer_unknown, to_string(model::insurer_party(insurer)));
    }
}

void check_zone(const Case& c, Reasons& reasons) {
    const auto& zones = c.type.zones;
    if (!zones.empty() && std::ranges::find(zones, c.envelope.zone) == zones.end()) {
        reasons.add(Problem::zone_not_allowed, c.envelope.zone.text());
    }
    if (!c.world.catalogue.protects(c.envelope.zone, c.envelope.protected_by)) {
        reasons.add(Problem::network_unprotected, c.envelope.zone.text());
    }
}

void check_purpose(const Case& c, Reasons& reasons) {
    const auto& purposes = c.type.purposes;
    if (std::ranges::find(purposes, c.envelope.purpose) != purposes.end()) return;
    reasons.add(Problem::purpose_not_allowed, c.envelope.purpose.text());
}

// A carrier needs the author's mandate and the catalogue's leave; an unknown carrier is
// check_parties' to name.
void check_carrier(const Case& c, Reasons& reasons) {
    const model::PartyId& source = c.envelope.source;
    const model::PartyId& author = c.envelope.author;
    if (source == author) return;
    if (!may_speak_for(c.world.directory, source, author, c.type.id, c.now)) {
        reasons.add(Problem::author_not_represented, to_string(author));
    }
    const model::Party* carrier = c.world.directory.find(source);
    if (carrier == nullptr) return;
    if (!c.world.catalogue.belongs_to_any(*carrier, c.type.carriers, c.now)) {
        reasons.add(Problem::carrier_not_allowed, to_string(source));
    }
}

void check_parties(const Case& c, Reasons& reasons) {
    check_party(c, c.envelope.source, reasons);
    if (c.envelope.author != c.envelope.source) check_party(c, c.envelope.author, reasons);
}

bool insures_all(const model::PartyId& party, const std::vector<model::InsurerNumber>& insurers) {
    return party.kind == model::PartyKind::insurer &&
           std::ranges::all_of(insurers, [&](const model::InsurerNumber& insurer) {
               return insurer.text() == party.number;
           });
}

}  // namespace sekisho::policy
