// Detours: what waits at a leg that is silent goes by another, where the rule of its type lets it.
//
// Only what is queued moves; a call that is under way ends first. The peer at the other end is the
// same, so a message that did arrive by the first leg is known there by its source and id. Order
// keys hold across legs, because they are of recipients. Internal to the room.
#pragma once

#include <memory>
#include <optional>
#include <set>

#include "gateway/exchange/lanes.h"

namespace sekisho::exchange {

// Moves one that is queued, if there is another way for it; the way it waits at from now on.
model::Result<std::optional<model::Via>> take_other_way(store::Transaction& transaction,
                                                        const LaneCollaborators& with,
                                                        const store::StoredDelivery& waiting);

// Everything that waits at `via`, some hundred in one transaction; `wake` is called for each way
// that got something.
void relieve(const LaneCollaborators& with, const model::Via& via,
             std::function<void(const model::Via&)> wake);

}  // namespace sekisho::exchange
