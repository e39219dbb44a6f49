#include "adapters/pmh/codec.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/peer/verdict.h"

namespace sekisho::pmh_adapter {

using adapters::Fate;
using adapters::Outcome;
using documents::Json;
using peer::TokenTrouble;

namespace {

constexpr peer::Dialect kDialect{.peer = "PMH",
                                 .peer_ja = "PMH",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "code",
                                 .later = "PMH-9",
                                 .number = "receiptNumber",
                                 .number_name = "receipt"};
constexpr std::string_view kCodePrefix = "PMH-";

struct Renamed {
    std::string_view ours;
    std::string_view theirs;
};
constexpr std::string_view kHistory = "history";  // a number with us, a text with them
constexpr std::array<Renamed, 10> kMembers{{
    {"insured", "insuredNumber"},
    {kHistory, "historyKey"},
    {"deleted", "isDeleted"},
    {"lost_on", "lostOn"},
    {"care_level", "careLevel"},
    {"certified_from", "validFrom"},
    {"certified_until", "validTo"},
    {"burden_ratio", "burdenRatio"},
    {"ratio_from", "ratioFrom"},
    {"ratio_until", "ratioTo"},
}};
constexpr std::array<std::string_view, 3> kInEach{"insured", kHistory, "deleted"};

// Nine digits, so that the order of the texts is that of the numbers.
std::optional<Json> history_key(const Json& history) {
    constexpr std::size_t kDigits = 9;
    const auto number = history.as_integer();
    std::string text = std::to_string(number.value_or(0));
    if (!number || *number < 1 || text.size() > kDigits) return std::nullopt;
    text.insert(0, kDigits - text.size(), '0');
    return Json::string(std::move(text));
}

Outcome retry(std::string detail, std::string code = {}) {
    return {Fate::retry, std::move(detail), std::move(code)};
}

CallReply refusal_of_all(std::size_t records, const std::string& code) {
    CallReply reply;
    for (std::size_t i = 0; i < records; ++i) reply.refused.push_back({.index = i, .code = code});
    return reply;
}

std::optional<RefusedRecord> refused_record(const Json& item, std::size_t records) {
    const auto index = item.integer_at("index");
    const auto code = item.string_at("code");
    if (!index || *index < 0 || !code || !peer::is_own_code(*code, kCodePrefix))
        return std::nullopt;
    const auto at = static_cast<std::size_t>(*index);
    return at < records ? std::optional{RefusedRecord{at, std::string{*code}}} : std::nullopt;
}

// In the order of the document; nullopt where the list is none, or says something twice.
std::optional<std::vector<RefusedRecord>> refused_records(const Json& yes, std::size_t records) {
    const Json* const failed = yes.find("failed");
    if (failed == nullptr || !failed->is_array()) return std::nullopt;
    std::vector<RefusedRecord> refused;
    for (const Json& item : failed->items()) {
        auto record = refused_record(item, records);
        if (!record) return std::nullopt;
        refused.push_back(std::move(*record));
    }
    std::ranges::sort(refused, {}, &RefusedRecord::index);
    const auto twice = std::ranges::adjacent_find(refused, {}, &RefusedRecord::index);
    return twice == refused.end() ? std::optional{std::move(refused)} : std::nullopt;
}

std::expected<CallReply, Outcome> read_yes(std::string_view request_id, std::size_t records,
                                           const Json& yes) {
    const auto receipt = yes.string_at(kDialect.number);
    if (!receipt || !peer::is_code(*receipt))
        return std::unexpected(retry("HTTP 200 without a receipt number"));
    if (yes.string_at("requestId") != request_id)
        return std::unexpected(retry("HTTP 200 about another call"));
    auto refused = refused_records(yes, records);
    const auto accepted = yes.integer_at("accepted").value_or(-1);
    if (!refused || accepted != static_cast<std::int64_t>(records - refused->size()))
        return std::unexpected(retry("HTTP 200 whose count is not that of the call"));
    const auto later = std::ranges::find_if(*refused, [](const RefusedRecord& record) {
        return record.code.starts_with(kDialect.later);
    });
    if (later != refused->end())
        return std::unexpected(retry("PMH asks to come later with some records", later->code));
    return CallReply{std::string{*receipt}, std::move(*refused)};
}

}  // namespace

std::string credentials_text(const Credentials& credentials) {
    return to_text(
        Json::object().set("clientId", credentials.client).set("clientSecret", credentials.secret));
}

std::string token_text(const Token& token) {
    return to_text(Json::object()
                       .set("accessToken", token.text)
                       .set("tokenType", "Bearer")
                       .set("expiresIn", Json::number(token.life.count())));
}

std::expected<Token, TokenTrouble> read_token(int status, std::string_view body) {
    if (status != 200) return peer::no_token_by_status(status);
    const auto json = documents::parse_json(body);
    if (!json) return peer::no_token("login: an answer that cannot be read");
    const auto text = peer::token_at(*json, "accessToken");
    const auto life = peer::life_at(*json, "expiresIn");
    if (!text || !life || json->string_at("tokenType") != "Bearer")
        return peer::no_token("login: a token that cannot be used");
    return Token{*text, *life};
}

std::optional<Json> card_of(const Json& record) {
    for (const std::string_view name : kInEach) {
        if (record.find(name) == nullptr) return std::nullopt;
    }
    Json card = Json::object();
    for (const auto& [name, value] : record.members()) {
        const auto* const member = std::ranges::find(kMembers, name, &Renamed::ours);
        if (member == kMembers.end()) return std::nullopt;
        const auto theirs = name == kHistory ? history_key(value) : std::optional{value};
        if (!theirs) return std::nullopt;
        card.set(std::string{member->theirs}, *theirs);
    }
    return card;
}

std::string request_id(const adapters::Delivery& delivery, std::size_t call) {
    const model::Envelope& envelope = *delivery.envelope;
    return to_source(envelope.source) + "/" + envelope.id.text() + "/" + std::to_string(call);
}

std::string call_text(const std::string& request_id, const LoadHead& head, Json cards) {
    return to_text(Json::object()
                       .set("requestId", request_id)
                       .set("insurerNumber", head.insurer)
                       .set("extent", head.extent)
                       .set("created", head.created)
                       .set("records", std::move(cards)));
}

std::expected<CallReply, Outcome> read_reply(std::string_view request_id, std::size_t records,
                                             int status, std::string_view body) {
    const std::string http = "HTTP " + std::to_string(status);
    if (peer::is_final(status)) return refusal_of_all(records, http);
    if (status != 200) return std::unexpected(retry(http));
    const auto verdict = peer::read_verdict(kDialect, body);
    if (!verdict || (!verdict->yes && !peer::is_own_code(verdict->code, kCodePrefix)))
        return std::unexpected(retry("HTTP 200 with an answer that cannot be read"));
    if (peer::is_later(kDialect, *verdict))
        return std::unexpected(retry("PMH asks to come later", verdict->code));
    if (!verdict->yes) return refusal_of_all(records, verdict->code);
    return read_yes(request_id, records, verdict->json);
}

}  // namespace sekisho::pmh_adapter
