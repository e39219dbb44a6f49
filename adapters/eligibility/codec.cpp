#include "adapters/eligibility/codec.h"

#include <algorithm>

#include "adapters/peer/verdict.h"

namespace sekisho::eligibility_adapter {

using adapters::Answer;
using adapters::AnswerFate;
using documents::Json;

namespace {

constexpr std::string_view kCardOwner = "admission.person";
constexpr std::string_view kMedical = "medical.query";
constexpr std::string_view kCodePrefix = "OQ-";
constexpr std::size_t kCodeDigits = 4;

constexpr peer::Dialect kDialect{.peer = "the eligibility system",
                                 .peer_ja = "オンライン資格確認等システム",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "errorCode",
                                 .later = "OQ-9"};

Answer unavailable(std::string detail) {
    return {AnswerFate::unavailable, {}, {}, std::move(detail)};
}

Answer answered(std::string body) {
    return {AnswerFate::answered, "application/json", std::move(body), {}};
}

// A serial number is a code by its letters; one of ours it is not.
bool is_own_code(std::string_view code) {
    if (!code.starts_with(kCodePrefix)) return false;
    const std::string_view digits = code.substr(kCodePrefix.size());
    return digits.size() == kCodeDigits &&
           std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Card> card_of(const model::Envelope& question) {
    const auto json = documents::parse_json(question.subject);
    return json ? card_in(*json) : std::nullopt;
}

Json to_json(const Card& card) {
    return Json::object().set("issuer", card.issuer).set("serial", card.serial);
}

Json to_json(const model::Person& person) {
    return Json::object()
        .set("insurer", person.insurer.text())
        .set("insured", person.insured.text());
}

Answer read_owner(const model::Envelope& question, const Json& json) {
    const auto card = card_of(question);
    if (!card || card_in(json) != card) return unavailable("HTTP 200 about another question");
    const Json* owner = json.find("owner");
    if (owner == nullptr) return unavailable("HTTP 200 without an owner");
    if (owner->is_null()) return answered("{}");
    const auto person = person_in(*owner);
    if (!person) return unavailable("HTTP 200 with an owner that cannot be read");
    return answered(to_text(to_json(*person)));
}

Answer read_medical(const model::Envelope& question, const Json& json, std::string_view body) {
    const bool is_about = question.persons.size() == 1 &&
                          person_in(json) == question.persons.front() &&
                          json.string_at("cardEvidence") == question.subject;
    if (!is_about) return unavailable("HTTP 200 about another question");
    const Json* data = json.find("data");
    if (data == nullptr || !data->is_array()) return unavailable("HTTP 200 without data");
    const std::size_t size = data->end_offset() - data->begin_offset();
    return answered(std::string{body.substr(data->begin_offset(), size)});
}

}  // namespace

std::optional<Card> card_in(const Json& json) {
    const auto issuer = json.string_at("issuer");
    const auto serial = json.string_at("serial");
    if (!issuer || !serial || issuer->empty() || serial->empty()) return std::nullopt;
    return Card{std::string{*issuer}, std::string{*serial}};
}

std::optional<model::Person> person_in(const Json& json) {
    const auto insurer = model::parse_insurer_number(json.string_at("insurer").value_or(""));
    const auto insured = model::parse_insured_number(json.string_at("insured").value_or(""));
    if (!insurer || !insured) return std::nullopt;
    return model::Person{*insurer, *insured};
}

std::optional<Call> call_of(const model::Envelope& question) {
    if (question.type.text() == kCardOwner) {
        const auto card = card_of(question);
        if (!card) return std::nullopt;
        return Call{kCardOwnersPath, to_text(to_json(*card))};
    }
    if (question.type.text() != kMedical || question.persons.size() != 1) return std::nullopt;
    Json json = to_json(question.persons.front());
    json.set("cardEvidence", question.subject);
    return Call{kMedicalPath, to_text(json)};
}

Answer read_reply(const model::Envelope& question, int status, std::string_view body) {
    if (status != 200) {
        const auto fate = peer::is_final(status) ? AnswerFate::rejected : AnswerFate::unavailable;
        return {fate, {}, {}, "HTTP " + std::to_string(status)};
    }
    const auto verdict = peer::read_verdict(kDialect, body);
    if (!verdict || (!verdict->yes && !is_own_code(verdict->code)))
        return unavailable("HTTP 200 with an answer that cannot be read");
    if (!verdict->yes) {
        const bool later = peer::is_later(kDialect, *verdict);
        const auto fate = later ? AnswerFate::unavailable : AnswerFate::rejected;
        return {fate, {}, {}, "error " + verdict->code};
    }
    if (question.type.text() == kCardOwner) return read_owner(question, verdict->json);
    return read_medical(question, verdict->json, body);
}

}  // namespace sekisho::eligibility_adapter
