#include "routing/path/choice.h"

#include <algorithm>

#include "routing/model/party.h"

namespace sekisho::path {

namespace {

// The place of its network in the rule; past the end where it may not carry the type. A mailbox
// from which nobody may collect yet passes none: it is kept there, and over which network it goes
// is asked of who comes.
std::size_t rank(const PathRule* rule, const Leg& leg) {
    if (rule == nullptr || (leg.via == model::kMailbox && leg.network.empty())) return 0;
    const auto found = std::ranges::find(rule->networks, leg.network);
    return static_cast<std::size_t>(found - rule->networks.begin());
}

bool may_carry(const PathRule* rule, const Leg& leg) {
    return rule == nullptr || rank(rule, leg) < rule->networks.size();
}

}  // namespace

Standing Conditions::of(const Leg& leg) const {
    if (leg.via == model::kMailbox) {
        const bool comes = network_down.empty() || leg.network != network_down;
        return comes ? Standing::answers : Standing::silent;
    }
    const auto found = ways.find(leg.via);
    return found == ways.end() ? Standing::unknown : found->second;
}

bool Conditions::is_silent(const model::Via& via) const {
    const auto found = ways.find(via);
    return found != ways.end() && found->second == Standing::silent;
}

std::string_view to_string(Standing standing) {
    switch (standing) {
        case Standing::unknown:
            return "unknown";
        case Standing::answers:
            return "answers";
        case Standing::silent:
            return "silent";
    }
    return "";
}

std::string_view to_string(Why why) {
    switch (why) {
        case Why::only:
            return "only";
        case Why::preferred:
            return "preferred";
        case Why::instead:
            return "instead";
        case Why::waits:
            return "waits";
        case Why::refused:
            return "refused";
        case Why::not_carried:
            return "not-carried";
    }
    return "";
}

Choice choose(const PathRule* rule, std::span<const Leg> legs, const Conditions& conditions) {
    const Leg* first = nullptr;    // that may carry it
    const Leg* answers = nullptr;  // the first of them that is not silent
    std::size_t count = 0;
    for (const Leg& leg : legs) {
        if (!may_carry(rule, leg)) continue;
        ++count;
        const auto comes_before = [&](const Leg* other) {
            return other == nullptr || rank(rule, leg) < rank(rule, *other);
        };
        if (comes_before(first)) first = &leg;
        const bool silent = conditions.of(leg) == Standing::silent;
        if (!silent && comes_before(answers)) answers = &leg;
    }
    if (first == nullptr) return {};
    if (answers == first) return {.leg = *first, .why = count == 1 ? Why::only : Why::preferred};
    const WhenDown when_down = rule == nullptr ? kWithoutRule : rule->when_down;
    const bool in_a_mailbox = first->via == model::kMailbox;
    if (when_down == WhenDown::refuse && !in_a_mailbox) {
        return {.leg = *first, .why = Why::refused};
    }
    if ((when_down != WhenDown::other && !in_a_mailbox) || answers == nullptr) {
        return {.leg = *first, .why = Why::waits};
    }
    return {.leg = *answers, .why = Why::instead};
}

std::vector<Considered> consider(const PathRule* rule, std::span<const Leg> legs,
                                 const Conditions& conditions) {
    std::vector<std::pair<std::size_t, std::size_t>> order;  // by network, then as they are named
    order.reserve(legs.size());
    for (std::size_t i = 0; i < legs.size(); ++i) order.emplace_back(rank(rule, legs[i]), i);
    std::ranges::sort(order);
    std::vector<Considered> considered;
    considered.reserve(legs.size());
    for (const auto& [network, place] : order) {
        const Leg& leg = legs[place];
        considered.push_back(
            {.leg = leg, .may_carry = may_carry(rule, leg), .standing = conditions.of(leg)});
    }
    return considered;
}

}  // namespace sekisho::path
