#include "adapters/documents/note_json.h"

#include <algorithm>

#include "routing/model/party.h"

namespace sekisho::documents {

namespace {

std::string text_of(const Json& note, std::string_view key) {
    const Json* value = note.find(key);
    return value == nullptr ? std::string{} : value->text();
}

std::optional<model::Instant> moment_of(const Json& note, std::string_view key) {
    const Json* value = note.find(key);
    if (value == nullptr) return std::nullopt;
    return model::parse_rfc3339(value->text());
}

std::vector<model::ConsentKind> kinds_of(const Json& list) {
    std::vector<model::ConsentKind> kinds;
    for (const Json& item : list.items()) {
        if (const auto kind = model::parse_consent_kind(item.text())) kinds.push_back(*kind);
    }
    return kinds;
}

bool holds_all(const Json& given) {
    return std::ranges::any_of(given.items(), [](const Json& item) { return item.text() == "*"; });
}

}  // namespace

model::Consent consent_of(const Json& note) {
    const Json& given = *note.find("given");
    model::Consent consent{.comprehensive = holds_all(given),
                           .refused = kinds_of(*note.find("refused")),
                           .given_at = moment_of(note, "given_at").value_or(model::Instant{}),
                           .withdrawn_at = moment_of(note, "withdrawn_at"),
                           .id = text_of(note, "id")};
    if (!consent.comprehensive) consent.given = kinds_of(given);
    return consent;
}

model::Registration registration_of(const Json& note) {
    return {.party = model::parse_party_id(text_of(note, "party")).value_or(model::PartyId{}),
            .assurance = text_of(note, "assurance"),
            .period = {.from = moment_of(note, "from"), .until = moment_of(note, "until")},
            .id = text_of(note, "id")};
}

}  // namespace sekisho::documents
