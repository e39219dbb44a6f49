#include "adapters/platform/platform_simulator.h"

#include <algorithm>

#include "adapters/documents/base64.h"
#include "adapters/documents/percent.h"
#include "adapters/platform/rows.h"

namespace sekisho::platform_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

HttpReply json_reply(int status, const Json& json) {
    return {status, {{"Content-Type", "application/json"}}, to_text(json)};
}

HttpReply error_reply(std::string code, std::string message) {
    auto json = Json::object();
    json.set("result", "error");
    json.set("errorCode", std::move(code));
    json.set("message", std::move(message));
    return json_reply(200, json);
}

std::optional<std::string> attribute(const HttpCall& call, std::string_view name) {
    const auto value = find_header(call.headers, "ce-" + std::string{name});
    return value ? documents::percent_decode(*value) : std::nullopt;
}

std::string receipt_number(const ledger::Received& document) {
    std::string digest = ledger::sha256_hex(document.source + "\n" + document.id).substr(0, 16);
    std::ranges::transform(digest, digest.begin(), [](char c) {
        return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return "KJR-" + digest;
}

// RFC 9530, one algorithm. A call without one is taken; one that does not match was damaged on its
// way.
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
    return model::to_hex(claimed) == ledger::sha256_hex(call.body);
}

}  // namespace

PlatformSimulator::PlatformSimulator(std::string ledger_file) : ledger_(std::move(ledger_file)) {}

HttpReply PlatformSimulator::business_error() const {
    return error_reply("KJ-1001", "this document cannot be taken");
}

HttpReply PlatformSimulator::take_document(const HttpCall& call) {
    const auto source = attribute(call, "source");
    const auto id = attribute(call, "id");
    const auto type = attribute(call, "type");
    if (attribute(call, "specversion") != "1.0" || !source || !id || !type)
        return error_reply("KJ-1002", "an attribute is missing");
    if (!digest_matches(call)) return error_reply("KJ-9002", "the bytes were damaged; send again");
    const ledger::Received document{*source, *id, *type, call.body};
    switch (ledger_.receive(document)) {
        case ledger::Arrival::conflict:
            return error_reply("KJ-1009", "another document has this source and id");
        case ledger::Arrival::lost:
            return {503, {}, {}};
        case ledger::Arrival::first:
        case ledger::Arrival::repeated:
            break;
    }
    auto json = Json::object();
    json.set("result", "ok");
    json.set("receiptNumber", receipt_number(document));
    return json_reply(200, json);
}

HttpReply PlatformSimulator::answer_question(const HttpCall& call) const {
    const auto question = documents::parse_json(call.body);
    if (!question) return {400, {}, {}};
    const auto type = question->string_at("type");
    const auto insurer = question->string_at("insurer");
    const auto insured = question->string_at("insured");
    if (!type || !insurer || !insured) return error_reply("KJ-1002", "an attribute is missing");
    std::vector<Json> profiles;
    for (const ledger::Received& received : ledger_.of_type("jp.sekisho." + std::string{*type})) {
        if (auto json = documents::parse_json(received.body)) profiles.push_back(std::move(*json));
    }
    auto json = Json::object();
    json.set("result", "ok");
    json.set("data", newest_row(profiles, *insurer, *insured));
    return json_reply(200, json);
}

HttpReply PlatformSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == "/platform/v1/documents") return take_document(call);
    if (post && call.path == "/platform/v1/queries") {
        ++queries_;
        return answer_question(call);
    }
    if (call.method == "GET" && call.path == "/platform/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state") {
        auto state = ledger_.state();
        state.set("queries", Json::number(static_cast<std::int64_t>(queries_.load())));
        return json_reply(200, state);
    }
    return {404, {}, {}};
}

}  // namespace sekisho::platform_adapter
