// Paths (経路網の方針): over which networks a type of information may leave, which is preferred,
// and what happens while that one is down.
//
// A network is named as the gateway's own zone on it. A leg is one way to a recipient: an adapter,
// which passes the network that the configuration names for it, or the mailbox, from which the
// recipient collects over the networks on which it is known. Which networks may carry a type is a
// rule that nothing softens: while none of them leads anywhere, it waits or is refused. How legs
// stand comes from outside, as facts about persons do. Pure functions and values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/problem.h"

namespace sekisho::path {

// What to do while the leg that comes first does not answer.
enum class WhenDown : std::uint8_t {
    wait,    // it stays until that leg is back
    other,   // the next leg that answers takes it
    refuse,  // its sender keeps it (503); what was accepted before waits
};

std::string_view to_string(WhenDown when_down);
std::optional<WhenDown> parse_when_down(std::string_view text);

struct PathRule {
    std::vector<std::string> types{};         // ids, or a prefix ending in ".*"; empty: any other
    std::vector<model::ZoneName> networks{};  // that may carry it, the preferred one first
    WhenDown when_down = WhenDown::wait;
};

struct Leg {
    model::Via via;           // an adapter's name or "mailbox"
    model::ZoneName network;  // empty: of an adapter for which none is named
    friend bool operator==(const Leg&, const Leg&) = default;
};

using Networks = std::unordered_map<model::Via, model::ZoneName>;  // that each adapter passes

class PathPolicy {
  public:
    PathPolicy() =
        default;  // any network may carry anything; of several legs the first that answers

    // Refuses rules without networks, types that are no pattern, a pattern that two rules name, and
    // a network that a rule names twice.
    static model::Result<PathPolicy> build(std::vector<PathRule> rules, Networks networks);

    // The one that names the type, by its id before a prefix, by a longer prefix before a shorter.
    // nullptr: none does.
    const PathRule* rule_for(const model::TypeId& type) const;
    bool may_carry(const model::ZoneName& network, const model::TypeId& type) const;
    Leg leg_by(const model::Via& via) const;  // of an adapter
    const std::vector<PathRule>& rules() const { return rules_; }
    const Networks& networks() const { return networks_; }

  private:
    // False: it is no pattern, or another rule's already.
    bool place(const std::string& pattern, std::size_t rule);
    bool place_prefix(std::string_view prefix, std::size_t rule);

    std::vector<PathRule> rules_;
    std::unordered_map<std::string, std::size_t> by_type_;
    std::vector<std::pair<std::string, std::size_t>> by_prefix_;  // the longest first
    Networks networks_;
};

}  // namespace sekisho::path
