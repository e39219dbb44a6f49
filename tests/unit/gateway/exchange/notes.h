// What is noted of the person of the tests, and what they read: consents, withdrawals,
// registrations, cards.
#pragma once

#include <string>
#include <string_view>

#include "adapters/documents/samples.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

inline const std::string kBegin = R"("insurer":"139980","insured":"0000000001",)";
inline const std::string kWords =
    R"("occasion":"new-certification","explanation":"2026-04","given_at":"2026-11-21T00:00:00Z")";

inline std::string a_consent(const std::string& id, const std::string& given = R"("*")",
                             const std::string& refused = "") {
    return R"({"format":"consent-json:1","id":")" + id + "\"," + kBegin + R"("given":[)" + given +
           R"(],"refused":[)" + refused + "]," + kWords + "}";
}

inline std::string a_withdrawal(const std::string& id,
                                const std::string& at = "2026-11-21T00:00:00Z") {
    std::string note = a_consent(id);
    note.pop_back();
    return note + R"(,"withdrawn_at":")" + at + "\"}";
}

inline std::string a_registration(const std::string& id, std::string_view office,
                                  const std::string& until = "") {
    std::string note = R"({"format":"registration-json:1","id":")" + id + "\"," + kBegin +
                       R"("party":")" + std::string{office} +
                       R"(","assurance":"card","from":"2026-11-21T00:00:00Z")";
    if (!until.empty()) note += R"(,"until":")" + until + '"';
    return note + "}";
}

// A limit card for the care manager, who reads it with consent and is served by `municipal`.
inline ExchangeWorld::Event a_limit_card(const ExchangeWorld& world, const std::string& id) {
    auto event = world.a_card_event(id, "certification.limit-card", {"0000000001"});
    event.set("recipient", std::string{kCareManager});
    return event;
}

// The card's record as the insurer says it, made at six in the morning of `sample.day`.
inline ExchangeWorld::Event a_card(const ExchangeWorld& world, const documents::LoadSample& sample,
                                   const std::string& lost_on = "") {
    auto event =
        world.a_card_event("card-" + sample.day + lost_on, "certification.card", sample.insured);
    event.document = documents::a_card_json(sample);
    if (lost_on.empty()) return event;
    const auto at = event.document.find(R"("insured": )");
    event.document.insert(at, R"("lost_on":")" + lost_on + R"(",)");
    return event;
}

}  // namespace sekisho::tests
