#include "routing/policy/policy.h"

#include <algorithm>

namespace sekisho::policy {

namespace {

using model::Problem;

const model::Reason* reason_in(const model::Decision& decision, Problem problem) {
    const auto found = std::ranges::find(decision.reasons, problem, &model::Reason::problem);
    return found == decision.reasons.end() ? nullptr : &*found;
}

}  // namespace

bool may_speak_for(const model::Directory& directory, const model::PartyId& source,
                   const model::PartyId& author, const model::TypeId& type, model::Instant now) {
    if (source == author) return true;
    const model::Party* carrier = directory.find(source);
    if (carrier == nullptr) return false;
    const auto mandates =
        std::ranges::equal_range(carrier->speaks_for, author, {}, &model::Mandate::author);
    return std::ranges::any_of(mandates, [&](const model::Mandate& mandate) {
        return mandate.period.contains(now) &&
               (mandate.types.empty() ||
                std::ranges::find(mandate.types, type) != mandate.types.end());
    });
}

model::Decision disclosed(const model::Decision& decision, model::Intent intent) {
    if (intent == model::Intent::file) return decision;
    for (const Problem alone : {Problem::not_registered, Problem::admission_needed}) {
        const auto* reason = reason_in(decision, alone);
        if (reason != nullptr) return {.verdict = decision.verdict, .reasons = {*reason}};
    }
    model::Decision told = decision;
    if (reason_in(told, Problem::reader_not_allowed) != nullptr ||
        reason_in(told, Problem::author_not_allowed) != nullptr) {
        std::erase_if(told.reasons, [](const model::Reason& reason) {
            return reason.problem == Problem::person_ended;
        });
    }
    return told;
}

}  // namespace sekisho::policy
