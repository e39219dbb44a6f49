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

// The way that its route names for a delivery; empty where it is free among its recipient's own.
// What the route says for whoever may be meant (`$recipient`, `$insurer`) confirms the way it waits
// at, and leads it to no other. Nothing where it waits at a way that is not its recipient's own and
// no route names it: whether the way was named for it once, or its recipient was served there,
// nobody can tell any more, so it neither leaves nor moves.
std::optional<model::Via> pinned_by(const Snapshot& snapshot, const PlannedDelivery& delivery);

// For what waits at one way: another that answers, where the rule lets it go there meanwhile, or
// where its own leads there no more or may not carry it any more.
std::optional<model::Via> other_way(const Snapshot& snapshot, const model::TypeId& type,
                                    const PlannedDelivery& waiting,
                                    const path::Conditions& conditions);

}  // namespace sekisho::plan
