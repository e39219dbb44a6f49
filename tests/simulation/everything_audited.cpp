#include <algorithm>

#include "adapters/documents/json.h"
#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

namespace {

std::string at(const documents::Json& leaf, std::string_view name) {
    return std::string{leaf.string_at(name).value_or("")};
}

std::pair<std::string, std::string> name_of(const model::MessageKey& message) {
    return {model::to_source(message.source), message.id.text()};
}

}  // namespace

void EverythingAudited::see_leaves(const LeavesAppended& seen) {
    for (const std::string& text : seen.leaves) {
        const auto leaf = documents::parse_json(text);
        if (!leaf) {
            complain("a leaf is no JSON: " + text);
            continue;
        }
        const std::string kind = at(*leaf, "kind");
        if (kind == "acceptance") ++acceptances_[{at(*leaf, "source"), at(*leaf, "id")}];
        if (kind == "decision") ++refusals_[{at(*leaf, "party"), at(*leaf, "problem")}];
        if (kind == "access") ++accesses_[{at(*leaf, "party"), at(*leaf, "id")}];
        if (kind != "outcome") continue;
        outcomes_[{at(*leaf, "source"), at(*leaf, "id"), at(*leaf, "recipient")}].push_back(
            at(*leaf, "state"));
    }
}

void EverythingAudited::see_answered(const Answered& seen) {
    const std::string party = model::to_string(seen.message.source);
    if (seen.verdict == Verdict::accepted && acceptances_[name_of(seen.message)] == 0) {
        complain(to_text(seen.message) + " was acknowledged before its leaf was on disk");
    }
    if (seen.verdict == Verdict::denied) {
        const std::pair refusal{party, seen.problem};
        if (++refused_[refusal] > refusals_[refusal]) {
            complain(to_text(seen.message) + " was refused (" + seen.problem + ") without a leaf");
        }
    }
    if (seen.verdict == Verdict::told) {
        const std::pair access{party, seen.message.id.text()};
        if (++told_[access] > accesses_[access]) {
            complain(to_text(seen.message) + " was told without an access leaf");
        }
    }
}

void EverythingAudited::see_store(const StoreRead& seen) {
    for (const auto& [message, kept] : seen.messages) {
        const std::size_t count = acceptances_[name_of(message)];
        if (count != 1) {
            complain(to_text(message) + " has " + std::to_string(count) + " acceptance leaves");
        }
        for (const auto& delivery : kept.deliveries) check_outcomes(message, delivery);
    }
    for (const auto& [name, count] : acceptances_) {
        const bool there = std::ranges::any_of(
            seen.messages, [&](const auto& entry) { return name_of(entry.first) == name; });
        if (count > 0 && !there) {
            complain(name.first + "/" + name.second + " has an acceptance leaf and is not there");
        }
    }
}

// A dead one may expire yet; nothing else has two ends.
void EverythingAudited::check_outcomes(const model::MessageKey& message,
                                       const KeptDelivery& delivery) {
    using store::DeliveryState;
    const auto [source, id] = name_of(message);
    std::vector<std::string> states = outcomes_[{source, id, model::to_string(delivery.recipient)}];
    if (delivery.state == DeliveryState::expired && states.size() == 2 && states[0] == "dead") {
        states.erase(states.begin());
    }
    std::vector<std::string> expected;
    if (store::is_settled(delivery.state)) expected.emplace_back(store::to_string(delivery.state));
    if (states == expected) return;
    std::string found;
    for (const std::string& state : states) found += " " + state;
    complain(to_text(message) + " for " + model::to_string(delivery.recipient) + " is " +
             std::string{store::to_string(delivery.state)} + ", its outcome leaves say:" + found);
}

}  // namespace sekisho::tests::simulation
