#include "routing/policy/policy.h"

#include <algorithm>

namespace sekisho::policy {

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
    const auto unregistered = std::ranges::find(decision.reasons, model::Problem::not_registered,
                                                &model::Reason::problem);
    if (unregistered == decision.reasons.end()) return decision;
    return {.verdict = decision.verdict, .reasons = {*unregistered}};
}

}  // namespace sekisho::policy
