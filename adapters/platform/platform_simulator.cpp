#include "adapters/platform/platform_simulator.h"

#include <ranges>

#include "adapters/documents/base64.h"
#include "adapters/ledger/calls.h"
#include "adapters/ledger/kept_plans.h"
#include "adapters/platform/plan_records.h"
#include "adapters/platform/rows.h"
#include "routing/model/event_type.h"

namespace sekisho::platform_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

HttpReply error_reply(std::string code, std::string message) {
    auto json = Json::object();
    json.set("result", "error");
    json.set("errorCode", std::move(code));
    json.set("message", std::move(message));
    return ledger::json_reply(json);
}

std::vector<Json> profiles_in(const std::vector<ledger::Received>& received) {
    std::vector<Json> profiles;
    for (const ledger::Received& document : received) {
        if (auto json = documents::parse_json(document.body)) profiles.push_back(std::move(*json));
    }
    return profiles;
}

bool is_about(const ledger::Received& document, std::string_view insurer,
              std::string_view insured) {
    return find_header(document.attributes, "insurer") == insurer &&
           find_header(document.attributes, "insured") == insured;
}

// The newest document about the person that is no JSON, as its sender wrote it; null where there is
// none.
Json document_about(const std::vector<ledger::Received>& received, std::string_view insurer,
                    std::string_view insured) {
    for (const ledger::Received& document : std::views::reverse(received)) {
        const auto media_type = find_header(document.attributes, "datacontenttype");
        if (!media_type || documents::parse_json(document.body) ||
            !is_about(document, insurer, insured))
            continue;
        return Json::object()
            .set("mediaType", std::string{*media_type})
            .set("content", documents::to_base64(document.body));
    }
    return {};
}

}  // namespace

PlatformSimulator::PlatformSimulator(std::string ledger_file) : ledger_(std::move(ledger_file)) {}

HttpReply PlatformSimulator::business_error() const {
    return error_reply("KJ-1001", "this document cannot be taken");
}

HttpReply PlatformSimulator::take_document(const HttpCall& call) {
    auto document = ledger::read_event(call);
    if (!document) return error_reply("KJ-1002", "an attribute is missing");
    if (const auto media_type = find_header(call.headers, "Content-Type"))
        document->attributes.push_back({"datacontenttype", std::string{*media_type}});
    for (const char* name : {"status", "insurer", "insured"}) {
        if (auto value = ledger::event_attribute(call, name))
            document->attributes.push_back({name, std::move(*value)});
    }
    if (!ledger::digest_matches(call))
        return error_reply("KJ-9002", "the bytes were damaged; send again");
    auto json = ledger::names_of(*document);
    json.set("result", "ok");
    json.set("receiptNumber", ledger::reception_number("KJR-", *document));
    return ledger::reply_to(ledger_.receive(*document), ledger::json_reply(json),
                            error_reply("KJ-1009", "another document has this source and id"));
}

HttpReply PlatformSimulator::answer_question(const HttpCall& call) const {
    auto question = documents::parse_json(call.body);
    if (!question) return {400, {}, {}};
    const auto type = question->string_at("type");
    const auto insurer = question->string_at("insurer");
    const auto insured = question->string_at("insured");
    if (!type || !insurer || !insured) return error_reply("KJ-1002", "an attribute is missing");
    const auto received = ledger_.of_type(model::event_type(*type));
    auto data = newest_row(profiles_in(received), *insurer, *insured);
    if (type->starts_with("care-plan.")) {
        const Json plans = plan_records(ledger::kept_files(received), *insurer, *insured);
        for (const Json& plan : plans.items()) data.push(plan);
    }
    auto document = Json{};
    if (data.items().empty()) document = document_about(received, *insurer, *insured);
    auto json = std::move(*question);
    json.set("result", "ok");
    if (document.is_object()) {
        json.set("document", std::move(document));
    } else {
        json.set("data", std::move(data));
    }
    return ledger::json_reply(json);
}

HttpReply PlatformSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == "/platform/v1/documents") return take_document(call);
    if (post && call.path == "/platform/v1/queries") {
        ++queries_;
        return answer_question(call);
    }
    if (call.method == "GET" && call.path == "/platform/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/plans")
        return ledger::json_reply(to_json(ledger::kept_plans(ledger_.of_type(""))));
    if (call.method == "GET" && call.path == "/sim/state") {
        auto state = ledger_.state();
        state.set("queries", Json::number(static_cast<std::int64_t>(queries_.load())));
        return ledger::json_reply(state);
    }
    return {404, {}, {}};
}

}  // namespace sekisho::platform_adapter
