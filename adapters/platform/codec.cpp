#include "adapters/platform/codec.h"

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "adapters/documents/media_type.h"
#include "adapters/peer/verdict.h"

namespace sekisho::platform_adapter {

using adapters::Answer;
using adapters::AnswerFate;
using documents::Json;

namespace {

constexpr peer::Dialect kDialect{.peer = "the platform",
                                 .peer_ja = "介護情報基盤",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "errorCode",
                                 .later = "KJ-9",
                                 .number = "receiptNumber",
                                 .number_name = "receipt"};

bool is_about(const Json& answer, const model::Envelope& question) {
    return question.persons.size() == 1 && answer.string_at("type") == question.type.text() &&
           answer.string_at("insurer") == question.persons.front().insurer.text() &&
           answer.string_at("insured") == question.persons.front().insured.text();
}

// What is no JSON comes as its bytes, in place of the data.
Answer answer_with(const Json& document, bool has_data) {
    const auto media_type = document.string_at("mediaType");
    auto bytes = documents::from_base64(document.string_at("content").value_or(""));
    const bool is_one = media_type && documents::parse_media_type(*media_type) && bytes &&
                        !bytes->empty() && !has_data;
    if (!is_one)
        return {AnswerFate::unavailable, {}, {}, "HTTP 200 with a document that cannot be read"};
    return {AnswerFate::answered, std::string{*media_type}, std::move(*bytes), {}};
}

}  // namespace

std::string question_text(const model::Envelope& question) {
    if (question.persons.size() != 1) return {};
    auto json = Json::object();
    json.set("type", question.type.text());
    json.set("insurer", question.persons.front().insurer.text());
    json.set("insured", question.persons.front().insured.text());
    return to_text(json);
}

adapters::Outcome read_delivery_reply(const adapters::Delivery& delivery, int status,
                                      std::string_view body) {
    return peer::read_outcome(kDialect, delivery, status, body);
}

Answer read_question_reply(const model::Envelope& question, int status, std::string_view body) {
    if (status != 200) {
        const auto fate = peer::is_final(status) ? AnswerFate::rejected : AnswerFate::unavailable;
        return {fate, {}, {}, "HTTP " + std::to_string(status)};
    }
    const auto verdict = peer::read_verdict(kDialect, body);
    if (!verdict)
        return {AnswerFate::unavailable, {}, {}, "HTTP 200 with an answer that cannot be read"};
    if (!verdict->yes) {
        const bool later = peer::is_later(kDialect, *verdict);
        const auto fate = later ? AnswerFate::unavailable : AnswerFate::rejected;
        return {fate, {}, {}, "error " + verdict->code};
    }
    if (!is_about(verdict->json, question))
        return {AnswerFate::unavailable, {}, {}, "HTTP 200 about another question"};
    const Json* data = verdict->json.find("data");
    if (const Json* document = verdict->json.find("document"))
        return answer_with(*document, data != nullptr);
    if (data == nullptr || !data->is_array())
        return {AnswerFate::unavailable, {}, {}, "HTTP 200 without data"};
    const std::string_view slice =
        body.substr(data->begin_offset(), data->end_offset() - data->begin_offset());
    return {AnswerFate::answered, "application/json", std::string{slice}, {}};
}

}  // namespace sekisho::platform_adapter
