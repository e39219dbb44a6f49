#include "adapters/platform/codec.h"

#include <algorithm>

#include "adapters/api/cloud_event.h"
#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "adapters/documents/percent.h"

namespace sekisho::platform_adapter {

using adapters::Answer;
using adapters::AnswerFate;
using adapters::Fate;
using adapters::Outcome;
using documents::Json;

namespace {

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

bool is_busy(std::string_view code) {
    return code.starts_with("KJ-9");
}

bool is_final(int status) {
    return status == 400 || status == 413 || status == 415 || status == 422;
}

// nullopt where the answer is not the peer's JSON; then it means nothing.
struct Verdict {
    bool ok = false;
    std::string code{};  // where it is an error
    Json json{};
};

std::optional<Verdict> read_verdict(std::string_view body) {
    auto json = documents::parse_json(body);
    if (!json) return std::nullopt;
    const auto result = json->string_at("result");
    const auto code = json->string_at("errorCode");
    if (result == "ok" && !code) return Verdict{true, {}, std::move(*json)};
    if (result == "error" && code && is_code(*code))
        return Verdict{false, std::string{*code}, std::move(*json)};
    return std::nullopt;
}

}  // namespace

std::vector<adapters::HttpHeader> document_headers(const adapters::Delivery& delivery) {
    std::vector<adapters::HttpHeader> headers;
    for (const adapters::EventAttribute& row : adapters::event_attributes(*delivery.envelope)) {
        if (row.name == "datacontenttype") {
            headers.push_back({"Content-Type", row.value});
        } else {
            headers.push_back({"ce-" + row.name, documents::percent_encode(row.value)});
        }
    }
    const std::string_view digest{reinterpret_cast<const char*>(delivery.sha256.data()),
                                  delivery.sha256.size()};
    headers.push_back({"Content-Digest", "sha-256=:" + documents::to_base64(digest) + ":"});
    return headers;
}

std::string question_text(const model::Envelope& question) {
    if (question.persons.size() != 1) return {};
    auto json = Json::object();
    json.set("type", question.type.text());
    json.set("insurer", question.persons.front().insurer.text());
    json.set("insured", question.persons.front().insured.text());
    return to_text(json);
}

Outcome read_delivery_reply(int status, std::string_view body) {
    if (status != 200)
        return {
            is_final(status) ? Fate::rejected : Fate::retry, "HTTP " + std::to_string(status), {}};
    const auto verdict = read_verdict(body);
    if (!verdict) return {Fate::retry, "HTTP 200 with an answer that cannot be read", {}};
    if (!verdict->ok) {
        const bool busy = is_busy(verdict->code);
        return {busy ? Fate::retry : Fate::rejected,
                busy ? "the platform is busy" : "the platform refused the document", verdict->code};
    }
    const auto receipt = verdict->json.string_at("receiptNumber");
    if (!receipt || !is_code(*receipt))
        return {Fate::retry, "HTTP 200 without a receipt number", {}};
    return {Fate::delivered, "receipt " + std::string{*receipt}, {}};
}

Answer read_question_reply(int status, std::string_view body) {
    if (status != 200) {
        const auto fate = is_final(status) ? AnswerFate::rejected : AnswerFate::unavailable;
        return {fate, {}, {}, "HTTP " + std::to_string(status)};
    }
    const auto verdict = read_verdict(body);
    if (!verdict)
        return {AnswerFate::unavailable, {}, {}, "HTTP 200 with an answer that cannot be read"};
    if (!verdict->ok) {
        const auto fate = is_busy(verdict->code) ? AnswerFate::unavailable : AnswerFate::rejected;
        return {fate, {}, {}, "error " + verdict->code};
    }
    const Json* data = verdict->json.find("data");
    if (data == nullptr || !data->is_array())
        return {AnswerFate::unavailable, {}, {}, "HTTP 200 without data"};
    const std::string_view slice =
        body.substr(data->begin_offset(), data->end_offset() - data->begin_offset());
    return {AnswerFate::answered, "application/json", std::string{slice}, {}};
}

}  // namespace sekisho::platform_adapter
