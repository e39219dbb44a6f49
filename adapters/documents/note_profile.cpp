// Notes: one person's consent or registration. Offices and insurers write both kinds, so no author
// stands in them.
#include "adapters/documents/note_json.h"
#include "adapters/documents/person_profile.h"

namespace sekisho::documents {

model::Result<std::unique_ptr<const Format>> consent_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check) {
    return person_profile(name, schema_file, check, [](const Json& note, DocumentFacts& facts) {
        facts.note = consent_of(note);
    });
}

model::Result<std::unique_ptr<const Format>> registration_profile(const std::string& name,
                                                                  const std::string& schema_file,
                                                                  ProfileCheck check) {
    return person_profile(name, schema_file, check, [](const Json& note, DocumentFacts& facts) {
        facts.note = registration_of(note);
    });
}

}  // namespace sekisho::documents
