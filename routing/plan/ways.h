// The ways to a recipient: its adapters, or its mailbox over the networks on which it is known.
//
// A route that names a way leaves no other. Pure functions.
#pragma once

#include <optional>
#include <vector>

#include "routing/path/choice.h"
#include "routing/plan/plan.h"

namespace sekisho::plan {

// Empty where nothing reaches it. `pinned`: the way that the route names, or empty.
std::vector<path::Leg> legs_to(const Snapshot& snapshot, const model::PartyId& recipient,
                               const model::Via& pinned);

// The leg that a document or question of that type takes to the recipient now.
path::Choice way_to(const Snapshot& snapshot, const model::TypeId& type,
                    const model::PartyId& recipient, const model::Via& pinned,
                    const path::Conditions& conditions);

// The way that its route names for a delivery; empty where it names none. Where the route is there
// no more, or does not name its recipient any more: empty while it waits at one of the recipient's
// own ways, else the way it waits at, which was named for it once.
model::Via pinned_by(const Snapshot& snapshot, const PlannedDelivery& delivery);

// For what waits at one way: another that answers, where the rule lets it go there meanwhile, or
// where its own leads there no more or may not carry it any more.
std::optional<model::Via> other_way(const Snapshot& snapshot, const model::TypeId& type,
                                    const PlannedDelivery& waiting,
                                    const path::Conditions& conditions);

}  // namespace sekisho::plan
