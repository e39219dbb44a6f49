// A document about one person as a whole: what notes and requests have in common.
//
// Strict JSON, the profile's schema, the insurer's check digit, then what `check` says; its person
// stands in `insurer` and `insured`. What more it says is `add`'s to read, of a document that has
// passed all of that.
#pragma once

#include "adapters/documents/profile.h"

namespace sekisho::documents {

using AddFacts = void (*)(const Json& document, DocumentFacts& facts);

model::Result<std::unique_ptr<const Format>> person_profile(const std::string& name,
                                                            const std::string& schema_file,
                                                            ProfileCheck check, AddFacts add);

}  // namespace sekisho::documents
