#include "routing/model/decision.h"

#include <algorithm>
#include <ranges>

#include "routing/model/limits.h"

namespace sekisho::model {

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::permit:
            return "permit";
        case Verdict::deny:
            return "deny";
        case Verdict::indeterminate:
            return "indeterminate";
    }
    return "deny";
}

std::string to_string(const Decision& decision) {
    std::string text{to_string(decision.verdict)};
    std::string_view separator = ": ";
    for (const Reason& reason : decision.reasons) {
        text.append(separator).append(entry_of(reason.problem).name);
        if (!reason.about.empty()) text.append(" (").append(reason.about).append(")");
        separator = ", ";
    }
    return text;
}

namespace {

// Nothing speaks against it but networks that are down.
bool is_for_now(const Decision& decision) {
    const auto is_down = [](const Reason& reason) {
        return reason.problem == Problem::network_down;
    };
    return !decision.reasons.empty() && std::ranges::all_of(decision.reasons, is_down);
}

}  // namespace

// The first reasons, as of a document's errors; all are on record.
Refusal to_refusal(const Decision& decision) {
    const auto told = decision.reasons | std::views::take(limits::kLocatedErrorsMax);
    Refusal refusal{.problem = Problem::not_permitted, .reasons = {told.begin(), told.end()}};
    if (decision.verdict == Verdict::indeterminate) {
        refusal.problem = Problem::undecided;
        refusal.retry_after = std::chrono::seconds{5};
    } else if (is_for_now(decision)) {
        refusal.problem = Problem::network_down;
        refusal.retry_after = limits::kNetworkRetryAfter;
    } else if (decision.reasons.size() == 1) {
        refusal.problem = decision.reasons.front().problem;
    }
    return refusal;
}

}  // namespace sekisho::model
