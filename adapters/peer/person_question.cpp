#include "adapters/peer/person_question.h"

namespace sekisho::peer {

using adapters::Answer;
using adapters::AnswerFate;
using documents::Json;

std::optional<model::Person> person_in(const Json& json) {
    const auto insurer = model::parse_insurer_number(json.string_at("insurer").value_or(""));
    const auto insured = model::parse_insured_number(json.string_at("insured").value_or(""));
    if (!insurer || !insured) return std::nullopt;
    return model::Person{*insurer, *insured};
}

Json to_json(const model::Person& person) {
    return Json::object()
        .set("insurer", person.insurer.text())
        .set("insured", person.insured.text());
}

std::optional<std::string> person_question(const model::Envelope& question) {
    if (question.persons.size() != 1) return std::nullopt;
    Json json = to_json(question.persons.front());
    json.set("cardEvidence", question.subject);
    return to_text(json);
}

Answer answered(std::string body) {
    return {AnswerFate::answered, "application/json", std::move(body), {}};
}

Answer unavailable(std::string detail) {
    return {AnswerFate::unavailable, {}, {}, std::move(detail)};
}

std::expected<Json, Answer> read_yes(const Dialect& dialect, std::string_view code_prefix,
                                     int status, std::string_view body) {
    if (status != 200) {
        const auto fate = is_final(status) ? AnswerFate::rejected : AnswerFate::unavailable;
        return std::unexpected(Answer{fate, {}, {}, "HTTP " + std::to_string(status)});
    }
    auto verdict = read_verdict(dialect, body);
    if (!verdict || (!verdict->yes && !is_own_code(verdict->code, code_prefix))) {
        return std::unexpected(unavailable("HTTP 200 with an answer that cannot be read"));
    }
    if (verdict->yes) return std::move(verdict->json);
    const auto fate = is_later(dialect, *verdict) ? AnswerFate::unavailable : AnswerFate::rejected;
    return std::unexpected(Answer{fate, {}, {}, "error " + verdict->code});
}

Answer read_person_answer(const model::Envelope& question, const Json& yes, std::string_view body) {
    const bool is_about = question.persons.size() == 1 &&
                          person_in(yes) == question.persons.front() &&
                          yes.string_at("cardEvidence") == question.subject;
    if (!is_about) return unavailable("HTTP 200 about another question");
    const Json* data = yes.find("data");
    if (data == nullptr || !data->is_array()) return unavailable("HTTP 200 without data");
    const std::size_t size = data->end_offset() - data->begin_offset();
    return answered(std::string{body.substr(data->begin_offset(), size)});
}

}  // namespace sekisho::peer
