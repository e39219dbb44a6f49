#include "adapters/ledger/calls.h"

#include <algorithm>

#include "adapters/documents/base64.h"
#include "adapters/documents/percent.h"

namespace sekisho::ledger {

using adapters::HttpCall;
using adapters::HttpReply;

HttpReply json_reply(const documents::Json& json) {
    return {200, {{"Content-Type", "application/json"}}, to_text(json)};
}

HttpReply error_reply(std::string code, std::string message) {
    return json_reply(documents::Json::object()
                          .set("result", "error")
                          .set("errorCode", std::move(code))
                          .set("message", std::move(message)));
}

std::optional<std::string> event_attribute(const HttpCall& call, std::string_view name) {
    const auto value = find_header(call.headers, "ce-" + std::string{name});
    return value ? documents::percent_decode(*value) : std::nullopt;
}

std::string bearer_token(const HttpCall& call) {
    constexpr std::string_view kScheme = "Bearer ";
    const auto value = find_header(call.headers, "Authorization").value_or("");
    return std::string{value.starts_with(kScheme) ? value.substr(kScheme.size()) : ""};
}

std::optional<Received> read_event(const HttpCall& call) {
    const auto source = event_attribute(call, "source");
    const auto id = event_attribute(call, "id");
    const auto type = event_attribute(call, "type");
    if (event_attribute(call, "specversion") != "1.0" || !source || !id || !type)
        return std::nullopt;
    return Received{*source, *id, *type, call.body};
}

bool digest_matches(const HttpCall& call) {
    const auto digest = find_header(call.headers, "Content-Digest");
    if (!digest) return true;
    constexpr std::string_view kPrefix = "sha-256=:";
    if (!digest->starts_with(kPrefix) || !digest->ends_with(':')) return false;
    const auto text = digest->substr(kPrefix.size(), digest->size() - kPrefix.size() - 1);
    const auto bytes = documents::from_base64(text);
    if (!bytes || bytes->size() != std::tuple_size_v<model::Sha256>) return false;
    model::Sha256 claimed{};
    std::ranges::transform(*bytes, claimed.begin(),
                           [](char c) { return static_cast<std::uint8_t>(c); });
    return model::to_hex(claimed) == sha256_hex(call.body);
}

std::string reception_number(std::string_view prefix, const Received& document) {
    std::string digest = sha256_hex(document.source + "\n" + document.id).substr(0, 16);
    std::ranges::transform(digest, digest.begin(), [](char c) {
        return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return std::string{prefix} + digest;
}

documents::Json names_of(const Received& document) {
    auto json = documents::Json::object();
    json.set("source", document.source);
    json.set("id", document.id);
    json.set("sha256", sha256_hex(document.body));
    return json;
}

HttpReply reply_to(Arrival arrival, HttpReply taken, HttpReply conflict) {
    if (arrival == Arrival::conflict) return conflict;
    if (arrival == Arrival::lost) return {503, {}, {}};
    return taken;
}

}  // namespace sekisho::ledger
