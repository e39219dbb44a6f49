#include "adapters/municipal/municipal_simulator.h"

#include "adapters/documents/samples.h"
#include "adapters/ledger/calls.h"
#include "adapters/municipal/codec.h"

namespace sekisho::municipal_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

constexpr std::string_view kInsurer = "139964";

HttpReply error_reply(std::string code, std::string message) {
    auto json = Json::object();
    json.set("status", "error");
    json.set("code", std::move(code));
    json.set("message", std::move(message));
    return ledger::json_reply(json);
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

}  // namespace

MunicipalSimulator::MunicipalSimulator(std::string ledger_file, ledger::UplinkOptions uplink)
    : ledger_(std::move(ledger_file)), uplink_(std::move(uplink)) {}

HttpReply MunicipalSimulator::business_error() const {
    return error_reply("M-101", "this document cannot be taken");
}

HttpReply MunicipalSimulator::take_document(const HttpCall& call) {
    const auto document = unwrapped(call.body);
    if (!document) return error_reply("M-102", "the wrapper cannot be read");
    const ledger::Received received{document->source, document->id, document->kind,
                                    document->content};
    auto json = ledger::names_of(received);
    json.set("status", "accepted");
    json.set("receptionNumber", ledger::reception_number("U-", received));
    return ledger::reply_to(ledger_.receive(received), ledger::json_reply(json),
                            error_reply("M-109", "another document has this source and id"));
}

HttpReply MunicipalSimulator::send_daily() {
    if (!uplink_.is_named()) return {409, {}, "no gateway was named at start"};
    const auto now =
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
    auto results = Json::array();
    for (const Difference& difference : daily_differences(now)) {
        const std::string id = "daily-" + std::to_string(now.time_since_epoch().count()) + "-" +
                               difference.type.substr(difference.type.find('.') + 1);
        results.push(uplink_.send({.id = id,
                                   .source = "/insurers/" + std::string{kInsurer},
                                   .type = difference.type,
                                   .format = difference.format,
                                   .media_type = "application/json",
                                   .body = difference.body},
                                  now));
    }
    auto json = Json::object();
    json.set("results", std::move(results));
    return ledger::json_reply(json);
}

HttpReply MunicipalSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == "/municipal/v1/documents") return take_document(call);
    if (post && call.path == "/sim/send-daily") return send_daily();
    if (call.method == "GET" && call.path == "/municipal/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state")
        return ledger::json_reply(ledger_.state());
    return {404, {}, {}};
}

}  // namespace sekisho::municipal_adapter
