// An insurer's request for an opinion (主治医意見書作成依頼), its reminder (督促) or withdrawal
// (取下げ): one person, one writer, and the number that the opinion will give back.
#include "adapters/documents/person_profile.h"
#include "routing/model/instant.h"

namespace sekisho::documents {

namespace {

using Kind = OpinionRequest::Kind;

Kind kind_of(std::string_view word) {
    if (word == "reminder") return Kind::reminder;
    return word == "withdrawal" ? Kind::withdrawal : Kind::request;
}

void add_request(const Json& request, DocumentFacts& facts) {
    const auto text_of = [&](std::string_view key) { return request.find(key)->text(); };
    const Json& insurer = *request.find("insurer");
    facts.author_number = insurer.text();
    facts.author_line = insurer.line();
    facts.author_field = profile_label("/insurer");
    facts.recipient_number = text_of("writer");
    const std::string kind = text_of("kind");
    const std::string opinion =
        insurer.text() + ":" + text_of("insured") + ":" + text_of("request_number");
    // There may be several reminders of one request.
    facts.business_key = model::BusinessKey{
        kind == "request" ? opinion : opinion + ":" + kind + ":" + text_of("created")};
    facts.request = OpinionRequest{
        .kind = kind_of(kind),
        .opinion = model::BusinessKey{opinion},
        .applied = model::parse_japan_date(text_of("applied_on")).value_or(model::Instant{})};
}

}  // namespace

model::Result<std::unique_ptr<const Format>> request_profile(const std::string& name,
                                                             const std::string& schema_file,
                                                             ProfileCheck check) {
    return person_profile(name, schema_file, check, add_request);
}

}  // namespace sekisho::documents
