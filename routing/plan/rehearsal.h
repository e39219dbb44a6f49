// What would become of everything that leaves, were a network down: the routes that are in effect,
// type by type, gone through with the legs as they would stand then.
//
// Nothing is sent and nobody's data is asked for: who may have what is not decided here, only by
// which way it would go. Recipients that are served alike are one row. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "routing/path/choice.h"
#include "routing/plan/plan.h"

namespace sekisho::plan {

struct Rehearsed {
    model::RouteId route;
    model::TypeId type;
    model::Intent intent = model::Intent::file;
    std::vector<path::Leg> legs{};  // by which they are reached
    std::uint64_t recipients = 0;
    model::PartyId example;      // one of them
    std::size_t carried_by = 0;  // so many of the legs
    path::WhenDown when_down{};  // what its rule says
    path::Choice today{};        // as the legs stand
    path::Choice then{};         // were it down

    bool is_touched() const {
        const bool stands = then.why == path::Why::only || then.why == path::Why::preferred;
        return today.leg != then.leg || (today.why != then.why && !stands);
    }
    // It would wait though its rule says to go another way ...
    bool is_against_rule() const {
        return when_down == path::WhenDown::other && then.why == path::Why::waits;
    }
    // ... and there is one, which does not answer.
    bool is_stuck() const { return is_against_rule() && carried_by > 1; }
};

// The conditions as they would be: every adapter on that network silent, and nobody who comes over
// it to a mailbox.
path::Conditions without(const Snapshot& snapshot, const model::ZoneName& network,
                         path::Conditions conditions);

// In the order of the routes and of the catalogue; for `$recipient` all to whom the catalogue lets
// the type go.
std::vector<Rehearsed> rehearse(const Snapshot& snapshot, const model::ZoneName& network,
                                const path::Conditions& today, model::Instant at);

}  // namespace sekisho::plan
