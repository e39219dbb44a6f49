// What is asked of the sharing service of medical records (電子カルテ情報共有サービス) and what its
// answers mean.
//
// ASSUMED profile; README.md says what is public of the real one. One question: what institutions
// have shared of a person (`medical.shared`: 6情報, 3文書), who shows the card at this visit. Pure
// functions.
#pragma once

#include "adapters/peer/asked_peer.h"
#include "adapters/peer/person_question.h"

namespace sekisho::emr_sharing_adapter {

inline constexpr std::string_view kRecordsPath = "/emr-sharing/v1/records";

// adapters/peer/person_question.h. nullopt for a question of another type, about nobody, or about
// several.
std::optional<peer::Call> call_of(const model::Envelope& question);

// The array of what is known, byte for byte. Errors as `peer::read_yes` says, with codes ES-nnnn,
// of which ES-9nnn says "later".
adapters::Answer read_reply(const model::Envelope& question, int status, std::string_view body);

}  // namespace sekisho::emr_sharing_adapter
