#include "gateway/exchange/attributes.h"

#include <algorithm>
#include <array>

#include "adapters/documents/my_number.h"
#include "routing/model/event_type.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

using model::Problem;
using model::Result;

constexpr std::string_view kFormatPrefix = "urn:sekisho:format:";

std::unexpected<model::Refusal> wrong(Problem problem, std::string_view attribute) {
    model::Refusal refusal{.problem = problem};
    refusal.detail = {.ja = "属性 " + std::string{attribute},
                      .en = "attribute " + std::string{attribute}};
    refusal.errors.push_back({.field = std::string{attribute}, .code = problem});
    return std::unexpected(std::move(refusal));
}

// The attributes by name. Absent and empty are the same: no attribute of ours may be empty.
class Reader {
  public:
    explicit Reader(const Attributes& attributes) : attributes_(attributes) {}

    std::string_view text(std::string_view name) const {
        const auto found = std::ranges::find(attributes_, name, &Attribute::first);
        return found == attributes_.end() ? std::string_view{} : std::string_view{found->second};
    }

    bool has(std::string_view name) const { return !text(name).empty(); }

  private:
    const Attributes& attributes_;
};

Result<void> read_identity(const Reader& reader, const model::Speaker& speaker,
                           model::Envelope& envelope) {
    if (reader.text("specversion") != "1.0") {
        return wrong(
            reader.has("specversion") ? Problem::attribute_invalid : Problem::attribute_missing,
            "specversion");
    }
    if (!reader.has("id")) return wrong(Problem::attribute_missing, "id");
    const auto id = model::parse_message_id(reader.text("id"));
    if (!id) return wrong(Problem::attribute_invalid, "id");
    if (!reader.has("source")) return wrong(Problem::attribute_missing, "source");
    const auto source = model::parse_source(reader.text("source"));
    if (!source) return wrong(Problem::attribute_invalid, "source");
    if (*source != speaker.party) return wrong(Problem::source_not_yours, "source");
    envelope.id = *id;
    envelope.source = *source;
    envelope.author = *source;
    envelope.zone = speaker.zone;
    envelope.protected_by = speaker.protected_by;
    if (reader.has("author")) {
        const auto author = model::parse_party_id(reader.text("author"));
        if (!author) return wrong(Problem::attribute_invalid, "author");
        envelope.author = *author;
    }
    return {};
}

Result<const catalogue::InformationType*> read_type(const Reader& reader,
                                                    const catalogue::Catalogue& catalogue,
                                                    model::Intent intent) {
    const std::string_view text = reader.text("type");
    if (text.empty()) return wrong(Problem::attribute_missing, "type");
    const auto name = model::type_of_event(text);
    if (!name || model::is_question_type(text) != (intent == model::Intent::read)) {
        return wrong(Problem::unknown_type, "type");
    }
    const auto* type = catalogue.find(*name);
    if (type == nullptr || type->internal) return wrong(Problem::unknown_type, "type");
    return type;
}

Result<void> read_times(const Reader& reader, model::Envelope& envelope) {
    if (!reader.has("time")) return wrong(Problem::attribute_missing, "time");
    const auto time = model::parse_rfc3339(reader.text("time"));
    if (!time) return wrong(Problem::attribute_invalid, "time");
    envelope.time = *time;
    if (reader.has("expirytime")) {
        const auto expiry = model::parse_rfc3339(reader.text("expirytime"));
        if (!expiry) return wrong(Problem::attribute_invalid, "expirytime");
        envelope.expiry = *expiry;
    }
    return {};
}

// `one` needs the pair; `many` may give it; `none` must not.
Result<void> read_person(const Reader& reader, catalogue::Subject subject, model::Intent intent,
                         model::Envelope& envelope) {
    const bool given = reader.has("insurer") || reader.has("insured");
    const bool needed = subject == catalogue::Subject::one || intent == model::Intent::read;
    if (!given) {
        if (needed && subject != catalogue::Subject::none) {
            return wrong(Problem::attribute_missing, "insurer");
        }
        return {};
    }
    if (subject == catalogue::Subject::none) return wrong(Problem::attribute_invalid, "insurer");
    if (!reader.has("insurer")) return wrong(Problem::attribute_missing, "insurer");
    if (!reader.has("insured")) return wrong(Problem::attribute_missing, "insured");
    const auto insurer = model::parse_insurer_number(reader.text("insurer"));
    if (!insurer) return wrong(Problem::attribute_invalid, "insurer");
    if (documents::is_my_number(reader.text("insured"))) {
        return wrong(Problem::my_number_present, "insured");
    }
    const auto insured = model::parse_insured_number(reader.text("insured"));
    if (!insured) return wrong(Problem::attribute_invalid, "insured");
    envelope.persons.push_back({.insurer = *insurer, .insured = *insured});
    return {};
}

Result<void> read_recipients(const Reader& reader, model::Envelope& envelope) {
    std::string_view rest = reader.text("recipient");
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view one = rest.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        const auto party = model::parse_party_id(one);
        if (!party || envelope.recipients.size() == model::limits::kRecipientsMax) {
            return wrong(Problem::attribute_invalid, "recipient");
        }
        if (std::ranges::find(envelope.recipients, *party) == envelope.recipients.end()) {
            envelope.recipients.push_back(*party);
        }
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    std::ranges::sort(envelope.recipients);
    return {};
}

constexpr auto kRoles = std::to_array<std::string_view>(
    {"care-manager", "physician", "dentist", "nurse", "pharmacist", "therapist", "dietitian",
     "care-worker", "social-worker", "office-staff", "insurer-staff", "person"});

Result<void> read_actor(const Reader& reader, model::Envelope& envelope) {
    const bool needed = envelope.intent == model::Intent::read;
    if (needed && !reader.has("actor")) return wrong(Problem::attribute_missing, "actor");
    if (needed && !reader.has("role")) return wrong(Problem::attribute_missing, "role");
    envelope.actor = reader.text("actor");
    if (reader.has("role")) {
        if (std::ranges::find(kRoles, reader.text("role")) == kRoles.end()) {
            return wrong(Problem::attribute_invalid, "role");
        }
        envelope.role = model::Role{std::string{reader.text("role")}};
    }
    return {};
}

Result<void> read_document(const Reader& reader, const catalogue::InformationType& type,
                           model::Envelope& envelope) {
    envelope.media_type = reader.text("datacontenttype");
    const std::string_view schema = reader.text("dataschema");
    if (envelope.intent == model::Intent::read) return {};
    if (schema.empty()) return wrong(Problem::attribute_missing, "dataschema");
    if (!schema.starts_with(kFormatPrefix)) return wrong(Problem::unknown_format, "dataschema");
    const model::FormatName format{std::string{schema.substr(kFormatPrefix.size())}};
    if (std::ranges::find(type.formats, format) == type.formats.end()) {
        return wrong(Problem::unknown_format, "dataschema");
    }
    envelope.format = format;
    return {};
}

Result<void> read_the_rest(const Reader& reader, const catalogue::InformationType& type,
                           model::Envelope& envelope) {
    envelope.purpose = type.purposes.front();
    if (reader.has("purpose")) {
        envelope.purpose = model::Purpose{std::string{reader.text("purpose")}};
    }
    if (reader.has("businesskey")) {
        const auto key = model::parse_business_key(reader.text("businesskey"));
        if (!key) return wrong(Problem::attribute_invalid, "businesskey");
        envelope.business_key = *key;
    }
    const std::string_view status = reader.text("status");
    if (!status.empty() && status != "draft" && status != "agreed") {
        return wrong(Problem::attribute_invalid, "status");
    }
    envelope.status = status;
    envelope.correlation = reader.text("correlationid");
    envelope.person_consent = reader.text("personconsent");
    return {};
}

}  // namespace

Result<model::Envelope> read_envelope(const Attributes& attributes, const model::Speaker& speaker,
                                      const catalogue::Catalogue& catalogue, model::Intent intent) {
    for (const auto& [name, value] : attributes) {
        if (value.size() > model::limits::kAttributeBytesMax) {
            return wrong(Problem::attribute_invalid, name);
        }
    }
    const Reader reader{attributes};
    model::Envelope envelope{.intent = intent};
    if (auto done = read_identity(reader, speaker, envelope); !done) {
        return std::unexpected(done.error());
    }
    const auto type = read_type(reader, catalogue, intent);
    if (!type) return std::unexpected(type.error());
    envelope.type = (*type)->id;
    if (auto done = read_times(reader, envelope); !done) return std::unexpected(done.error());
    if (auto done = read_person(reader, (*type)->subject, intent, envelope); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = read_recipients(reader, envelope); !done) return std::unexpected(done.error());
    if (auto done = read_actor(reader, envelope); !done) return std::unexpected(done.error());
    if (auto done = read_document(reader, **type, envelope); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = read_the_rest(reader, **type, envelope); !done) {
        return std::unexpected(done.error());
    }
    return envelope;
}

}  // namespace sekisho::exchange
