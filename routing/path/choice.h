// Which of several legs a delivery or a question takes now, and why.
//
// Of the legs whose network may carry the type the preferred one comes first: by the rule's order
// of networks, among those of one network by the order in which they are named. A leg of which
// nothing is known yet counts as one that answers: nothing is held back on a suspicion. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "routing/path/path_policy.h"

namespace sekisho::path {

enum class Standing : std::uint8_t { unknown, answers, silent };

std::string_view to_string(Standing standing);

// How the legs stand: adapters by their probes, of which what is not here is unknown. Over a
// network that is taken to be down (a drill's) nobody comes to a mailbox either, which answers
// otherwise.
struct Conditions {
    std::unordered_map<model::Via, Standing> ways{};
    model::ZoneName network_down{};  // none where empty

    Standing of(const Leg& leg) const;
    bool is_silent(const model::Via& via) const;  // of an adapter
};

enum class Why : std::uint8_t {
    only,         // its only leg
    preferred,    // the first of several
    instead,      // the first that answers, since what comes before does not
    waits,        // none that it may take answers: it stays with the first until that does, as
                  // in a mailbox whatever the rule says
    refused,      // the first does not answer, and the rule says to refuse then
    not_carried,  // no leg passes a network that may carry it
};

std::string_view to_string(Why why);

struct Choice {
    std::optional<Leg> leg{};  // none where it is not carried
    Why why = Why::not_carried;
};

// Of what no rule names.
inline constexpr WhenDown kWithoutRule = WhenDown::other;

// `rule` may be nullptr: any network carries it, and the first leg that answers takes it.
Choice choose(const PathRule* rule, std::span<const Leg> legs, const Conditions& conditions);

// Each leg in the order in which it is considered, for `explain` and the rehearsal.
struct Considered {
    Leg leg;
    bool may_carry = false;
    Standing standing = Standing::unknown;
};
std::vector<Considered> consider(const PathRule* rule, std::span<const Leg> legs,
                                 const Conditions& conditions);

}  // namespace sekisho::path
