// The route table: from an envelope to where it goes, or the nearest reason why nowhere.
//
// Routes are data with effective dates and a revision number. All routes that match take effect
// together (fan-out); two that name the same recipient are one delivery. `$insurer` stands for each
// person's insurer, `$recipient` for the recipients the sender named (and only those), anything
// else is a party id. The table decides where, never whether: that is policy's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "routing/model/envelope.h"
#include "routing/model/problem.h"

namespace sekisho::table {

struct RouteTarget {
    std::string to;    // "$insurer", "$recipient", or a party id
    model::Via via{};  // empty: as the recipient's entry in the directory says
};

// What must hold for a route to match. Empty lists match anything.
struct RouteMatch {
    std::vector<std::string> types{};  // type ids, or a prefix ending in ".*"
    model::Intent intent = model::Intent::file;
    std::vector<model::ZoneName> zones{};
    std::vector<model::PartyId> sources{};
    std::vector<model::InsurerNumber> insurers{};  // any person's insurer
};

struct Route {
    model::RouteId id;
    RouteMatch match{};
    std::vector<RouteTarget> targets{};
    model::Period effective{};
};

struct Target {
    model::PartyId recipient;
    model::Via via;  // empty: the directory's
    model::RouteId route;
};

// Why a route did or did not match, for `explain`.
struct RouteTrace {
    model::RouteId route;
    bool matched = false;
    std::string
        why{};  // the first that fails: "type", "intent", "zone", "source", "insurer", "effective"
};

class RouteTable {
  public:
    RouteTable() = default;

    // Refuses duplicate ids, targets that are neither a placeholder nor a party id, routes without
    // targets, and type patterns with a `*` anywhere but in a final `.*`.
    static model::Result<RouteTable> build(std::uint64_t revision, std::vector<Route> routes);

    std::vector<Target> match(const model::Envelope& envelope, model::Instant now) const;
    std::vector<RouteTrace> trace(const model::Envelope& envelope, model::Instant now) const;
    std::uint64_t revision() const { return revision_; }
    const std::vector<Route>& routes() const { return routes_; }
    const Route* find(const model::RouteId& id) const;  // nullptr: there is none

  private:
    // Positions in routes_, by the narrowest condition a route has, so that a match touches only
    // routes that can.
    struct Candidates {
        std::vector<std::size_t> any;
        std::unordered_map<model::PartyId, std::vector<std::size_t>> by_source;
        std::unordered_map<model::InsurerNumber, std::vector<std::size_t>> by_insurer;
    };

    void index(std::size_t position);
    void index_by_type(std::size_t position, const std::string& pattern);
    static void place(Candidates& among, const RouteMatch& match, std::size_t position);
    std::vector<std::size_t> candidates(const model::Envelope& envelope,
                                        const std::vector<model::InsurerNumber>& insurers) const;

    std::uint64_t revision_ = 0;
    std::vector<Route> routes_;
    std::unordered_map<model::RouteId, std::size_t> by_id_;
    std::vector<std::vector<model::PartyId>>
        parties_;  // of each route's targets; unused where a placeholder stands
    std::unordered_map<std::string, Candidates> by_type_;
    std::vector<std::pair<std::string, Candidates>>
        by_prefix_;  // "certification."; "" for routes of any type
};

// One line for each route, sorted by id: what tests, `explain` and diffs compare.
std::string to_string(const RouteTable& table);

}  // namespace sekisho::table
