#include "gateway/admission/card_fault.h"

#include <algorithm>
#include <array>

#include "routing/model/limits.h"

namespace sekisho::admission {

namespace {

using model::Problem;

struct Row {
    CardFault fault;
    std::string_view word;
    Problem problem;
};

constexpr auto kRows = std::to_array<Row>({
    {CardFault::challenge_unknown, "challenge-unknown", Problem::card_challenge_unknown},
    {CardFault::challenge_foreign, "challenge-foreign", Problem::card_challenge_unknown},
    {CardFault::challenge_late, "challenge-late", Problem::card_challenge_late},
    {CardFault::challenge_used, "challenge-used", Problem::card_challenge_used},
    {CardFault::malformed, "malformed", Problem::card_certificate_malformed},
    {CardFault::signing_certificate, "signing-certificate", Problem::card_certificate_for_signing},
    {CardFault::unknown_authority, "unknown-authority", Problem::card_authority_unknown},
    {CardFault::authority_not_valid, "authority-not-valid", Problem::card_authority_unknown},
    {CardFault::forged, "forged", Problem::card_certificate_forged},
    {CardFault::weak_signature, "weak-signature", Problem::card_certificate_too_weak},
    {CardFault::weak_key, "weak-key", Problem::card_certificate_too_weak},
    {CardFault::wrong_purpose, "wrong-purpose", Problem::card_certificate_unsuitable},
    {CardFault::wrong_policy, "wrong-policy", Problem::card_certificate_unsuitable},
    {CardFault::unsuitable, "unsuitable", Problem::card_certificate_unsuitable},
    {CardFault::expired, "expired", Problem::card_certificate_expired},
    {CardFault::not_yet_valid, "not-yet-valid", Problem::card_certificate_not_yet_valid},
    {CardFault::wrong_signature, "wrong-signature", Problem::card_signature_wrong},
    {CardFault::other_use, "other-use", Problem::purpose_not_allowed},
    {CardFault::revoked, "revoked", Problem::card_certificate_revoked},
    {CardFault::status_unknown, "status-unknown", Problem::card_status_unknown},
    {CardFault::status_unreachable, "status-unreachable", Problem::card_status_unreachable},
});

const Row& row_of(CardFault fault) {
    return *std::ranges::find(kRows, fault, &Row::fault);
}

}  // namespace

std::string_view to_string(CardFault fault) {
    return row_of(fault).word;
}

Problem problem_of(CardFault fault) {
    return row_of(fault).problem;
}

model::Refusal to_refusal(const CardRefusal& refusal) {
    model::Refusal answer{.problem = problem_of(refusal.fault)};
    if (refusal.fault == CardFault::status_unreachable) {
        answer.retry_after = model::limits::kCardStatusRetryAfter;
        answer.detail = new_challenge_needed();
    }
    return answer;
}

model::Text new_challenge_needed() {
    return {.ja =
                "チャレンジは使用済みです。やり直すときはチャレンジを取り直し、"
                "もう一度カードをかざしてください",
            .en =
                "The challenge is used up: a new attempt needs a new challenge, signed by the "
                "card again"};
}

}  // namespace sekisho::admission
