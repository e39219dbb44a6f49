// The JSON profiles: own, assumed layouts of what the platform's interfaces have not published.
//
// A profile's document is an object whose `format` names it. Load documents (card-json:1,
// limit-card-json:1, survey-json:1, progress-json:1) carry one insurer's records, each about one
// person; notes (consent-json:1, registration-json:1) and requests (opinion-request-json:1) are
// about one person as a whole. Reading goes from the outside in: strict JSON, the number of
// records, the profile's JSON Schema, then what a schema cannot say: check digits, days that exist,
// periods that do not end before they begin, values that a record needs unless it is marked as
// deleted. Records are looked at one by one; a load document is never held as a tree.
//
// Errors are located by line and column of the value, the field is its JSON pointer and Japanese
// name:
// "/records/3/insured 被保険者番号". The insurer is the author of a load document; a note names
// none.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "adapters/documents/findings.h"
#include "adapters/documents/format.h"
#include "adapters/documents/json.h"
#include "adapters/documents/schema.h"

namespace sekisho::documents {

// A document while its meaning is checked: where the checking stands, and what it found.
class ProfileReading {
  public:
    ProfileReading(const FormatContext& context, Findings& findings)
        : context_(context), findings_(findings) {}

    void enter(std::string pointer) { pointer_ = std::move(pointer); }
    void find(const Json& value, std::string_view key, model::Problem code);

    // Each passes over what is absent.
    void check_insurer(const Json& object, std::string_view key);
    void check_date(const Json& object, std::string_view key);   // YYYY-MM-DD, a day that exists
    void check_time(const Json& object, std::string_view key);   // RFC 3339 with a zone
    void check_party(const Json& object, std::string_view key);  // a party id
    // Both ends or neither, in their order.
    void check_days(const Json& object, std::string_view from, std::string_view until);

    void require(const Json& object, std::string_view key);

  private:
    const FormatContext& context_;
    Findings& findings_;
    std::string pointer_;  // of the object being checked
};

// "/records/3/insured 被保険者番号"
std::string profile_label(std::string_view pointer);

// Whether the schema takes the value that stands at `pointer` of its document; if not, a finding.
bool fits(const Schema& schema, const Json& value, std::string_view pointer, Findings& findings);

// A warning for each text that mentions what may be one (my_number.h).
void warn_of_my_number(const Json& value, std::string_view pointer, const Findings& findings,
                       std::vector<model::LocatedError>& warnings);

// What reading said of a text that is no JSON, as a refusal of the document.
model::Refusal as_document(model::Refusal refusal);

// The meaning of one record, or of a whole note, beyond its schema.
using ProfileCheck = void (*)(const Json& object, ProfileReading& reading);

model::Result<std::unique_ptr<const Format>> load_profile(const std::string& name,
                                                          const std::string& schema_file,
                                                          ProfileCheck check);
model::Result<std::unique_ptr<const Format>> card_profile(const std::string& name,
                                                          const std::string& schema_file,
                                                          ProfileCheck check);
model::Result<std::unique_ptr<const Format>> request_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check);
model::Result<std::unique_ptr<const Format>> consent_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check);
model::Result<std::unique_ptr<const Format>> registration_profile(const std::string& name,
                                                                  const std::string& schema_file,
                                                                  ProfileCheck check);

}  // namespace sekisho::documents
