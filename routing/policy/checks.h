// The rules that filing and reading share, each adding what speaks against to the reasons. Private
// to policy.
#pragma once

#include <cstdint>
#include <vector>

#include "routing/policy/policy.h"
#include "routing/policy/reasons.h"

namespace sekisho::policy {

// What one decision is about. References live as long as the call.
struct Case {
    const World& world;
    const catalogue::InformationType& type;
    const model::Envelope& envelope;
    model::Instant now;
    std::vector<model::InsurerNumber> insurers;  // of the persons, each once
};

// A reading is of the platform, so every reading asks for the rollout; of the filings only the
// gated types do.
enum class Rollout : std::uint8_t { asked, not_asked };

void check_persons_named(const Case& c, Rollout rollout, Reasons& reasons);
void check_insurers_known(const Case& c, Rollout rollout, Reasons& reasons);
void check_zone(const Case& c, Reasons& reasons);
void check_purpose(const Case& c, Reasons& reasons);
void check_carrier(const Case& c, Reasons& reasons);
void check_parties(const Case& c, Reasons& reasons);

// The state that refuses: loading or not connected. `exempt` says of an insurer whether loading is
// no obstacle.
template <class Exempt>
void check_rollout(const Case& c, Exempt exempt, Reasons& reasons) {
    for (const model::InsurerNumber& insurer : c.insurers) {
        const auto state = c.world.rollout.state(insurer, c.now);
        if (state == table::RolloutState::not_connected) {
            reasons.add(model::Problem::insurer_not_connected,
                        to_string(model::insurer_party(insurer)));
        } else if (state == table::RolloutState::loading && !exempt(insurer)) {
            reasons.add(model::Problem::insurer_loading, to_string(model::insurer_party(insurer)));
        }
    }
}

// Is this party the insurer of every one of the persons?
bool insures_all(const model::PartyId& party, const std::vector<model::InsurerNumber>& insurers);

}  // namespace sekisho::policy
