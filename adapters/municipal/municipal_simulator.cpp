#include "adapters/municipal/municipal_simulator.h"

#include <algorithm>

#include "adapters/documents/samples.h"
#include "adapters/municipal/codec.h"

namespace sekisho::municipal_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

constexpr std::string_view kInsurer = "139964";
constexpr std::chrono::seconds kSendDeadline{20};

HttpReply json_reply(const Json& json) {
    return {200, {{"Content-Type", "application/json"}}, to_text(json)};
}

HttpReply error_reply(std::string code, std::string message) {
    auto json = Json::object();
    json.set("status", "error");
    json.set("code", std::move(code));
    json.set("message", std::move(message));
    return json_reply(json);
}

std::string reception_number(const Wrapped& document) {
    std::string digest = ledger::sha256_hex(document.source + "\n" + document.id).substr(0, 12);
    std::ranges::transform(digest, digest.begin(), [](char c) {
        return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return "U-" + digest;
}

struct Difference {
    std::string type;
    std::string format;
    std::string body;
};

std::vector<Difference> daily_differences(model::Instant now) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count();
    const documents::LoadSample sample{.insurer = std::string{kInsurer},
                                       .insured = {"0000000005"},
                                       .day = model::to_japan_date(now),
                                       .history = static_cast<int>(minutes)};
    return {{"certification.card", "card-json:1", documents::a_card_json(sample)},
            {"certification.limit-card", "limit-card-json:1", documents::a_limit_card_json(sample)},
            {"certification.survey", "survey-json:1", documents::a_survey_json(sample)},
            {"certification.progress", "progress-json:1", documents::a_progress_json(sample)}};
}

http::Request request_of(const std::string& gateway, const Difference& difference,
                         const std::string& id, model::Instant now) {
    return {.method = "POST",
            .url = gateway + "/v1/messages",
            .headers = {{"ce-specversion", "1.0"},
                        {"ce-id", id},
                        {"ce-source", "/insurers/" + std::string{kInsurer}},
                        {"ce-type", "jp.sekisho." + difference.type},
                        {"ce-time", model::to_rfc3339(now)},
                        {"ce-dataschema", "urn:sekisho:format:" + difference.format},
                        {"Content-Type", "application/json"}},
            .body = difference.body};
}

Json result_of(const Difference& difference, const std::string& id,
               const std::expected<http::Reply, http::Failure>& reply) {
    auto result = Json::object();
    result.set("type", difference.type);
    result.set("id", id);
    result.set("sha256", ledger::sha256_hex(difference.body));
    result.set("status", Json::number(reply ? reply->status : 0));
    if (!reply) return result.set("trouble", std::string{to_string(reply.error().trouble)});
    if (const auto json = documents::parse_json(reply->body))
        result.set("receipt", std::string{json->string_at("receipt").value_or("")});
    return result;
}

}  // namespace

MunicipalSimulator::MunicipalSimulator(std::string ledger_file, Uplink uplink)
    : ledger_(std::move(ledger_file)), uplink_(std::move(uplink)), client_(uplink_.client) {}

HttpReply MunicipalSimulator::business_error() const {
    return error_reply("M-101", "this document cannot be taken");
}

HttpReply MunicipalSimulator::take_document(const HttpCall& call) {
    const auto document = unwrapped(call.body);
    if (!document) return error_reply("M-102", "the wrapper cannot be read");
    switch (ledger_.receive({document->source, document->id, document->kind, document->content})) {
        case ledger::Arrival::conflict:
            return error_reply("M-109", "another document has this source and id");
        case ledger::Arrival::lost:
            return {503, {}, {}};
        case ledger::Arrival::first:
        case ledger::Arrival::repeated:
            break;
    }
    auto json = Json::object();
    json.set("status", "accepted");
    json.set("receptionNumber", reception_number(*document));
    return json_reply(json);
}

HttpReply MunicipalSimulator::send_daily() {
    if (uplink_.gateway_url.empty()) return {409, {}, "no gateway was named at start"};
    const auto now =
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
    auto results = Json::array();
    for (const Difference& difference : daily_differences(now)) {
        const std::string id = "daily-" + std::to_string(now.time_since_epoch().count()) + "-" +
                               difference.type.substr(difference.type.find('.') + 1);
        const auto reply = client_.send(request_of(uplink_.gateway_url, difference, id, now),
                                        std::chrono::steady_clock::now() + kSendDeadline);
        results.push(result_of(difference, id, reply));
    }
    auto json = Json::object();
    json.set("results", std::move(results));
    return json_reply(json);
}

HttpReply MunicipalSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == "/municipal/v1/documents") return take_document(call);
    if (post && call.path == "/sim/send-daily") return send_daily();
    if (call.method == "GET" && call.path == "/municipal/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state") return json_reply(ledger_.state());
    return {404, {}, {}};
}

}  // namespace sekisho::municipal_adapter
