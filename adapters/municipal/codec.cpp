#include "adapters/municipal/codec.h"

#include <algorithm>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "adapters/peer/verdict.h"

namespace sekisho::municipal_adapter {

using documents::Json;

namespace {

std::string kind_of(const model::TypeId& type) {
    std::string kind = type.text();
    std::ranges::transform(kind, kind.begin(), [](char c) {
        if (c == '.' || c == '-') return '_';
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return kind;
}

std::string extension_of(std::string_view media_type) {
    if (media_type.starts_with("text/csv")) return "csv";
    if (media_type.starts_with("application/json")) return "json";
    return "bin";
}

constexpr peer::Dialect kDialect{.peer = "the municipality",
                                 .peer_ja = "市町村のシステム",
                                 .verdict = "status",
                                 .yes = "accepted",
                                 .no = "error",
                                 .code = "code",
                                 .later = "M-9",
                                 .number = "receptionNumber",
                                 .number_name = "reception"};

}  // namespace

std::string wrapped(const adapters::Delivery& delivery, std::string_view bytes) {
    const model::Envelope& envelope = *delivery.envelope;
    const std::string kind = kind_of(envelope.type);
    auto json = Json::object();
    json.set("fileName", kind + "_" + envelope.source.number + "_" + envelope.id.text() + "." +
                             extension_of(envelope.media_type));
    json.set("kind", kind);
    json.set("source", to_source(envelope.source));
    json.set("id", envelope.id.text());
    json.set("format", envelope.format ? envelope.format->text() : "");
    json.set("mediaType", envelope.media_type);
    if (envelope.persons.size() == 1) {
        json.set("insurer", envelope.persons.front().insurer.text());
        json.set("insured", envelope.persons.front().insured.text());
    }
    json.set("sentAt", model::to_rfc3339(envelope.time));
    json.set("sha256", model::to_hex(delivery.sha256));
    json.set("contentBase64", documents::to_base64(bytes));
    return to_text(json);
}

std::optional<Wrapped> unwrapped(std::string_view text) {
    const auto json = documents::parse_json(text);
    if (!json) return std::nullopt;
    const auto source = json->string_at("source");
    const auto id = json->string_at("id");
    const auto kind = json->string_at("kind");
    const auto encoded = json->string_at("contentBase64");
    if (!source || !id || !kind || !encoded || id->empty()) return std::nullopt;
    auto content = documents::from_base64(*encoded);
    if (!content) return std::nullopt;
    return Wrapped{std::string{*source}, std::string{*id}, std::string{*kind}, std::move(*content)};
}

adapters::Outcome read_reply(const adapters::Delivery& delivery, int status,
                             std::string_view body) {
    return peer::read_outcome(kDialect, delivery, status, body);
}

}  // namespace sekisho::municipal_adapter
