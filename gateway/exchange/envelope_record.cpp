#include "gateway/exchange/envelope_record.h"

#include "adapters/documents/json.h"

namespace sekisho::exchange {

namespace {

using documents::Json;

Json to_persons(const model::Envelope& envelope) {
    Json persons = Json::array();
    for (const model::Person& person : envelope.persons) {
        persons.push(Json::object({{"insurer", Json::string(person.insurer.text())},
                                   {"insured", Json::string(person.insured.text())}}));
    }
    return persons;
}

void set_if(Json& record, const char* name, const std::string& value) {
    if (!value.empty()) record.set(name, value);
}

std::string text_at(const Json& record, std::string_view name) {
    return std::string{record.string_at(name).value_or("")};
}

bool read_parties(const Json& record, model::Envelope& envelope) {
    const auto source = model::parse_party_id(text_at(record, "source"));
    const auto author = model::parse_party_id(text_at(record, "author"));
    if (!source || !author) return false;
    envelope.source = *source;
    envelope.author = *author;
    if (const Json* recipients = record.find("recipients")) {
        for (const Json& item : recipients->items()) {
            const auto party = model::parse_party_id(item.text());
            if (!party) return false;
            envelope.recipients.push_back(*party);
        }
    }
    return true;
}

bool read_persons(const Json& record, model::Envelope& envelope) {
    const Json* persons = record.find("persons");
    if (persons == nullptr) return false;
    for (const Json& item : persons->items()) {
        const auto insurer = model::parse_insurer_number(text_at(item, "insurer"));
        const auto insured = model::parse_insured_number(text_at(item, "insured"));
        if (!insurer || !insured) return false;
        envelope.persons.push_back({.insurer = *insurer, .insured = *insured});
    }
    return true;
}

}  // namespace

std::string to_record(const model::Envelope& envelope) {
    Json record = Json::object();
    record.set("id", envelope.id.text());
    record.set("source", model::to_string(envelope.source));
    record.set("author", model::to_string(envelope.author));
    record.set("type", envelope.type.text());
    record.set("intent", envelope.intent == model::Intent::read ? "read" : "file");
    record.set("time", model::to_rfc3339(envelope.time));
    record.set("zone", envelope.zone.text());
    if (envelope.protected_by != model::Protection::none) {
        record.set("protectedby", std::string{model::to_string(envelope.protected_by)});
    }
    record.set("persons", to_persons(envelope));
    Json recipients = Json::array();
    for (const auto& party : envelope.recipients) {
        recipients.push(Json::string(model::to_string(party)));
    }
    record.set("recipients", std::move(recipients));
    set_if(record, "purpose", envelope.purpose.text());
    set_if(record, "actor", envelope.actor);
    if (envelope.role) record.set("role", envelope.role->text());
    set_if(record, "mediatype", envelope.media_type);
    if (envelope.format) record.set("format", envelope.format->text());
    if (envelope.business_key) record.set("businesskey", envelope.business_key->text());
    if (envelope.expiry) record.set("expiry", model::to_rfc3339(*envelope.expiry));
    set_if(record, "correlation", envelope.correlation);
    set_if(record, "traceparent", envelope.trace_parent);
    set_if(record, "personconsent", envelope.person_consent);
    set_if(record, "status", envelope.status);
    return documents::to_text(record);
}

std::optional<model::Envelope> from_record(std::string_view text) {
    const auto parsed = documents::parse_json(text);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    const Json& record = *parsed;
    model::Envelope envelope;
    const auto time = model::parse_rfc3339(text_at(record, "time"));
    if (!time || !read_parties(record, envelope) || !read_persons(record, envelope)) {
        return std::nullopt;
    }
    envelope.id = model::MessageId{text_at(record, "id")};
    envelope.type = model::TypeId{text_at(record, "type")};
    envelope.intent =
        text_at(record, "intent") == "read" ? model::Intent::read : model::Intent::file;
    envelope.time = *time;
    envelope.zone = model::ZoneName{text_at(record, "zone")};
    envelope.protected_by =
        model::parse_protection(text_at(record, "protectedby")).value_or(model::Protection::none);
    envelope.purpose = model::Purpose{text_at(record, "purpose")};
    envelope.actor = text_at(record, "actor");
    if (record.find("role")) envelope.role = model::Role{text_at(record, "role")};
    envelope.media_type = text_at(record, "mediatype");
    if (record.find("format")) envelope.format = model::FormatName{text_at(record, "format")};
    if (record.find("businesskey")) {
        envelope.business_key = model::BusinessKey{text_at(record, "businesskey")};
    }
    envelope.expiry = model::parse_rfc3339(text_at(record, "expiry"));
    envelope.correlation = text_at(record, "correlation");
    envelope.trace_parent = text_at(record, "traceparent");
    envelope.person_consent = text_at(record, "personconsent");
    envelope.status = text_at(record, "status");
    return envelope;
}

}  // namespace sekisho::exchange
