// A note: a document that changes what the gateway itself decides by. A consent, a refusal or a
// withdrawal (同意・拒否・撤回), or the registration of a responsible office and its end
// (担当事業所登録).
//
// A note makes a record, or ends the record of that id: a consent by its `withdrawn_at`, a
// registration by the end of its period. What else a note that ends a record says of it is not
// taken: the record stands as it was first written.
#pragma once

#include <string>
#include <variant>

#include "routing/model/facts.h"

namespace sekisho::model {

using Note = std::variant<Consent, Registration>;

const std::string& id_of(const Note& note);

// Does it end a record, rather than make one?
bool is_ending(const Note& note, const PersonFacts& facts);

// The record as it is kept once the note is taken at `now`. No consent and no withdrawal is of a
// later moment than that: a clock that is ahead must not keep open what the person closed. An
// earlier end stays.
Note taken_at(const Note& note, const PersonFacts& facts, Instant now);

}  // namespace sekisho::model
