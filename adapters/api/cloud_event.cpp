#include "adapters/api/cloud_event.h"

#include <string_view>

#include "routing/model/event_type.h"

namespace sekisho::adapters {

namespace {

class Attributes {
  public:
    void add(std::string_view name, const std::string& value) {
        if (!value.empty()) rows_.push_back({std::string{name}, value});
    }
    std::vector<EventAttribute> take() { return std::move(rows_); }

  private:
    std::vector<EventAttribute> rows_;
};

std::string joined(const std::vector<model::PartyId>& parties) {
    std::string text;
    for (const model::PartyId& party : parties) {
        if (!text.empty()) text += ',';
        text += to_string(party);
    }
    return text;
}

}  // namespace

std::vector<EventAttribute> event_attributes(const model::Envelope& envelope) {
    const bool asks = envelope.intent == model::Intent::read;
    const std::string& type = envelope.type.text();
    Attributes rows;
    rows.add("specversion", "1.0");
    rows.add("id", envelope.id.text());
    rows.add("source", to_source(envelope.source));
    rows.add("type", asks ? model::question_type(type) : model::event_type(type));
    rows.add("time", model::to_rfc3339(envelope.time));
    rows.add("subject", envelope.subject);
    rows.add("datacontenttype", envelope.media_type);
    if (envelope.format) rows.add("dataschema", "urn:sekisho:format:" + envelope.format->text());
    if (envelope.author != envelope.source) rows.add("author", to_string(envelope.author));
    if (envelope.persons.size() == 1) {
        rows.add("insurer", envelope.persons.front().insurer.text());
        rows.add("insured", envelope.persons.front().insured.text());
    }
    rows.add("recipient", joined(envelope.recipients));
    rows.add("purpose", envelope.purpose.text());
    rows.add("actor", envelope.actor);
    if (envelope.role) rows.add("role", envelope.role->text());
    if (envelope.expiry) rows.add("expirytime", model::to_rfc3339(*envelope.expiry));
    rows.add("correlationid", envelope.correlation);
    if (envelope.business_key) rows.add("businesskey", envelope.business_key->text());
    rows.add("personconsent", envelope.person_consent);
    rows.add("status", envelope.status);
    return rows.take();
}

}  // namespace sekisho::adapters
