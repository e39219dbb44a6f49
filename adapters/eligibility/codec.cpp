#include "adapters/eligibility/codec.h"

#include <utility>

namespace sekisho::eligibility_adapter {

using adapters::Answer;
using documents::Json;

namespace {

constexpr std::string_view kCardOwner = "admission.person";
constexpr std::string_view kMedical = "medical.query";
constexpr std::string_view kCodePrefix = "OQ-";

constexpr peer::Dialect kDialect{.peer = "the eligibility system",
                                 .peer_ja = "オンライン資格確認等システム",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "errorCode",
                                 .later = "OQ-9",
                                 .number = "receiptNumber",
                                 .number_name = "receipt"};

std::optional<Card> card_of(const model::Envelope& question) {
    const auto json = documents::parse_json(question.subject);
    return json ? card_in(*json) : std::nullopt;
}

Json to_json(const Card& card) {
    return Json::object().set("issuer", card.issuer).set("serial", card.serial);
}

Answer read_owner(const model::Envelope& question, const Json& json) {
    const auto card = card_of(question);
    if (!card || card_in(json) != card) return peer::unavailable("HTTP 200 about another question");
    const Json* owner = json.find("owner");
    if (owner == nullptr) return peer::unavailable("HTTP 200 without an owner");
    if (owner->is_null()) return peer::answered("{}");
    const auto person = peer::person_in(*owner);
    if (!person) return peer::unavailable("HTTP 200 with an owner that cannot be read");
    return peer::answered(to_text(peer::to_json(*person)));
}

}  // namespace

std::optional<Card> card_in(const Json& json) {
    const auto issuer = json.string_at("issuer");
    const auto serial = json.string_at("serial");
    if (!issuer || !serial || issuer->empty() || serial->empty()) return std::nullopt;
    return Card{std::string{*issuer}, std::string{*serial}};
}

std::optional<peer::Call> call_of(const model::Envelope& question) {
    if (question.type.text() == kCardOwner) {
        const auto card = card_of(question);
        if (!card) return std::nullopt;
        return peer::Call{kCardOwnersPath, to_text(to_json(*card))};
    }
    if (question.type.text() != kMedical) return std::nullopt;
    auto body = peer::person_question(question);
    if (!body) return std::nullopt;
    return peer::Call{kMedicalPath, std::move(*body)};
}

Answer read_reply(const model::Envelope& question, int status, std::string_view body) {
    const auto yes = peer::read_yes(kDialect, kCodePrefix, status, body);
    if (!yes) return yes.error();
    if (question.type.text() == kCardOwner) return read_owner(question, *yes);
    return peer::read_person_answer(question, *yes, body);
}

adapters::Outcome read_taken(const adapters::Delivery& delivery, int status,
                             std::string_view body) {
    return peer::read_outcome(kDialect, delivery, status, body);
}

}  // namespace sekisho::eligibility_adapter
