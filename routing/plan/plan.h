// Where, by which way, and may it: the one question the gateway asks of the mind.
//
// plan(snapshot, envelope, known, now) -> a decision and, when it permits, the deliveries. A pure
// function over an immutable snapshot; the same inputs give the same plan at any time, which is
// what `explain --at` relies on. plan is also the only maker of Authorized<Envelope>: nothing else
// in the program can construct one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "routing/catalogue/catalogue.h"
#include "routing/model/authorized.h"
#include "routing/model/decision.h"
#include "routing/model/envelope.h"
#include "routing/model/facts.h"
#include "routing/path/choice.h"
#include "routing/path/path_policy.h"
#include "routing/policy/policy.h"
#include "routing/table/rollout.h"
#include "routing/table/route_table.h"

namespace sekisho::plan {

// Everything decisions rest on, at one revision. Immutable; swapped whole on reload; shared by
// shared_ptr<const>.
struct Snapshot {
    std::uint64_t revision = 0;
    catalogue::Catalogue catalogue;
    model::Directory directory;
    table::RouteTable routes;
    table::Rollout rollout;
    path::PathPolicy paths{};
};

struct PlannedDelivery {
    model::PartyId recipient;
    model::Via via;  // an adapter's name or "mailbox"
    model::RouteId route;
    bool as_reader = false;     // decided again at delivery
    model::ZoneName network{};  // that this way passes, where it is known
    path::Why why = path::Why::only;
    friend bool operator==(const PlannedDelivery&, const PlannedDelivery&) = default;
};

struct [[nodiscard]] Plan {
    model::Decision decision;
    std::vector<PlannedDelivery>
        deliveries;  // for a question: whom to ask, exactly one; empty unless permitted
    std::uint64_t revision = 0;
    std::vector<std::string> withheld{};  // of a question: what its reader is not shown
};

// Files: may_file, then each target of the matching routes, each of which must be permitted and
// have a leg that may carry the type (one refusal refuses the whole: a document is not
// half-delivered). Reads: may_read, then the one route that answers. Of several legs it is the one
// to take while they stand like that.
Plan plan(const Snapshot& snapshot, const model::Envelope& envelope, const model::Facts& facts,
          model::Instant now, const path::Conditions& conditions = {});

// Decides the right to one delivery again, when it is about to leave. A filing was decided at
// acceptance and goes on whatever is withdrawn since; a reader's right is asked anew; and whether
// its way may carry it is, of both (path_not_carried).
model::Result<model::Authorized<model::Envelope>> authorize(const Snapshot& snapshot,
                                                            const model::Envelope& envelope,
                                                            const PlannedDelivery& delivery,
                                                            const model::Facts& facts,
                                                            model::Instant now);

// Canonical text: the decision, then a line `-> recipient via` for each delivery, sorted. What
// tests compare.
std::string to_string(const Plan& plan);

}  // namespace sekisho::plan
