// A decision is a value with its reasons. Three verdicts: "could not be decided" is not "no",
// though it refuses too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/problem.h"

namespace sekisho::model {

enum class Verdict : std::uint8_t { permit, deny, indeterminate };

std::string_view to_string(Verdict verdict);

struct [[nodiscard]] Decision {
    Verdict verdict = Verdict::deny;  // default deny
    std::vector<Reason>
        reasons{};  // empty for a permit; every reason, in the order of the rules, otherwise

    bool permitted() const { return verdict == Verdict::permit; }
    friend bool operator==(const Decision&, const Decision&) = default;
};

// "permit"; "deny: wrong-author (medical:1319900021), no-route (certification.opinion)". The
// canonical text that records, `explain` and tests share.
std::string to_string(const Decision& decision);

// The answer a refused sender gets: one reason is its own problem; several are `not-permitted` with
// all of them; indeterminate is `undecided`, to be tried again.
Refusal to_refusal(const Decision& decision);

}  // namespace sekisho::model
