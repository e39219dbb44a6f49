#include "adapters/api/module_values.h"

namespace sekisho::adapters {

namespace {

template <class T>
T strong(sekisho_text_v1 text) {
    return T{std::string{from_c(text)}};
}

template <class T>
std::optional<T> optional_strong(sekisho_text_v1 text) {
    if (text.size == 0) return std::nullopt;
    return strong<T>(text);
}

template <class T>
sekisho_text_v1 optional_c(const std::optional<T>& value) {
    return value ? to_c(value->text()) : sekisho_text_v1{nullptr, 0};
}

bool read_parties(const sekisho_envelope_v1& c, model::Envelope& envelope) {
    const auto source = model::parse_party_id(from_c(c.source));
    const auto author = model::parse_party_id(from_c(c.author));
    if (!source || !author) return false;
    envelope.source = *source;
    envelope.author = *author;
    for (std::size_t i = 0; i < c.recipient_count; ++i) {
        const auto recipient = model::parse_party_id(from_c(c.recipients[i]));
        if (!recipient) return false;
        envelope.recipients.push_back(*recipient);
    }
    return true;
}

bool read_persons(const sekisho_envelope_v1& c, model::Envelope& envelope) {
    for (std::size_t i = 0; i < c.person_count; ++i) {
        const auto insurer = model::parse_insurer_number(from_c(c.persons[i].insurer));
        const auto insured = model::parse_insured_number(from_c(c.persons[i].insured));
        if (!insurer || !insured) return false;
        envelope.persons.push_back({*insurer, *insured});
    }
    return true;
}

}  // namespace

CEnvelope::CEnvelope(const model::Envelope& envelope)
    : source_(to_string(envelope.source)), author_(to_string(envelope.author)) {
    for (const model::PartyId& recipient : envelope.recipients)
        recipient_texts_.push_back(to_string(recipient));
    for (const std::string& text : recipient_texts_) recipients_.push_back(to_c(text));
    for (const model::Person& person : envelope.persons)
        persons_.push_back({to_c(person.insurer.text()), to_c(person.insured.text())});
    c_.struct_size = sizeof c_;
    c_.id = to_c(envelope.id.text());
    c_.source = to_c(source_);
    c_.author = to_c(author_);
    c_.type = to_c(envelope.type.text());
    c_.zone = to_c(envelope.zone.text());
    c_.purpose = to_c(envelope.purpose.text());
    c_.actor = to_c(envelope.actor);
    c_.role = optional_c(envelope.role);
    c_.media_type = to_c(envelope.media_type);
    c_.format = optional_c(envelope.format);
    c_.business_key = optional_c(envelope.business_key);
    c_.correlation = to_c(envelope.correlation);
    c_.trace_parent = to_c(envelope.trace_parent);
    c_.person_consent = to_c(envelope.person_consent);
    c_.status = to_c(envelope.status);
    c_.subject = to_c(envelope.subject);
    c_.persons = persons_.data();
    c_.person_count = persons_.size();
    c_.recipients = recipients_.data();
    c_.recipient_count = recipients_.size();
    c_.time_ms = envelope.time.time_since_epoch().count();
    c_.has_expiry = envelope.expiry ? 1 : 0;
    c_.expiry_ms = envelope.expiry ? envelope.expiry->time_since_epoch().count() : 0;
    c_.intent = envelope.intent == model::Intent::read ? SEKISHO_INTENT_READ : SEKISHO_INTENT_FILE;
}

std::optional<model::Envelope> to_envelope(const sekisho_envelope_v1& c) {
    if (c.struct_size < sizeof c) return std::nullopt;
    model::Envelope envelope;
    const auto id = model::parse_message_id(from_c(c.id));
    if (!id || !read_parties(c, envelope) || !read_persons(c, envelope)) return std::nullopt;
    envelope.id = *id;
    envelope.type = strong<model::TypeId>(c.type);
    envelope.intent = c.intent == SEKISHO_INTENT_READ ? model::Intent::read : model::Intent::file;
    envelope.time = model::Instant{model::Duration{c.time_ms}};
    envelope.zone = strong<model::ZoneName>(c.zone);
    envelope.purpose = strong<model::Purpose>(c.purpose);
    envelope.actor = from_c(c.actor);
    envelope.role = optional_strong<model::Role>(c.role);
    envelope.media_type = from_c(c.media_type);
    envelope.format = optional_strong<model::FormatName>(c.format);
    envelope.business_key = optional_strong<model::BusinessKey>(c.business_key);
    if (c.has_expiry != 0) envelope.expiry = model::Instant{model::Duration{c.expiry_ms}};
    envelope.correlation = from_c(c.correlation);
    envelope.trace_parent = from_c(c.trace_parent);
    envelope.person_consent = from_c(c.person_consent);
    envelope.status = from_c(c.status);
    envelope.subject = from_c(c.subject);
    return envelope;
}

}  // namespace sekisho::adapters
