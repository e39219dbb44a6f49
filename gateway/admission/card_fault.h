// Everything that can be wrong with a card's evidence, told apart for the record.
//
// The answer to the caller says less than the record where more would help a thief: a challenge
// that is somebody else's is answered like one that never was. problem_of() is that table; nothing
// else turns a fault into an answer. No fault says anything about whether the person is known here:
// all are found before anybody asks who the person is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "routing/model/problem.h"

namespace sekisho::admission {

enum class CardFault : std::uint8_t {
    challenge_unknown,
    challenge_foreign,  // of another party, or of another TLS certificate of the same
    challenge_late,
    challenge_used,
    malformed,            // not one certificate in DER
    signing_certificate,  // 署名用: for documents, not for showing who one is
    unknown_authority,
    authority_not_valid,  // its own certificate has run out, or has not begun
    forged,               // names an authority that did not sign it
    weak_signature,       // the authority's, by MD5 or SHA-1
    weak_key,
    wrong_purpose,
    wrong_policy,
    unsuitable,  // an authority's, of another version, with a demand nobody here understands
    expired,
    not_yet_valid,
    wrong_signature,  // the card did not sign this challenge
    other_use,        // it signed for another purpose than what is made of it
    revoked,
    status_unknown,      // asked, and what was said does not settle it
    status_unreachable,  // nobody answered
};

std::string_view to_string(CardFault fault);  // "challenge-foreign": for records and logs
model::Problem problem_of(CardFault fault);

// A fault and what more the record may say of it: words of this program, never the peer's.
struct CardRefusal {
    CardFault fault = CardFault::malformed;
    std::string why{};
    friend bool operator==(const CardRefusal&, const CardRefusal&) = default;
};

// What cannot be said now says when to come again, and that the same call will not do then.
model::Refusal to_refusal(const CardRefusal& refusal);

// The detail of every answer that says "later" to evidence whose challenge was taken.
model::Text new_challenge_needed();

}  // namespace sekisho::admission
