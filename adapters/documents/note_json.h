// Notes as JSON: consent-json:1 and registration-json:1, read into the records they make.
//
// The record's `municipal` is not of the note's saying: it follows from who sends it.
#pragma once

#include "adapters/documents/json.h"
#include "routing/model/note.h"

namespace sekisho::documents {

// Of a note that fits its schema and whose times are times.
model::Consent consent_of(const Json& note);
model::Registration registration_of(const Json& note);

}  // namespace sekisho::documents
