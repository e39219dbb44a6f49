#include "adapters/careplan/codec.h"

#include <algorithm>

#include "adapters/documents/percent.h"
#include "adapters/peer/verdict.h"

namespace sekisho::careplan_adapter {

using adapters::Fate;
using adapters::Outcome;
using documents::Json;
using std::chrono::seconds;

namespace {

constexpr peer::Dialect kDialect{.peer = "the care plan system",
                                 .peer_ja = "ケアプランデータ連携システム",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "errorCode",
                                 .later = "KC-9",
                                 .number = "receiptNumber",
                                 .number_name = "receipt"};

constexpr seconds kLifeMax = std::chrono::days{7};

std::optional<std::string> token_at(const Json& json, std::string_view key) {
    const auto text = json.string_at(key);
    if (!text || text->size() < 16 || text->size() > 4096) return std::nullopt;
    const bool visible = std::ranges::all_of(*text, [](char c) { return c > 0x20 && c < 0x7f; });
    return visible ? std::optional{std::string{*text}} : std::nullopt;
}

std::optional<seconds> life_at(const Json& json, std::string_view key) {
    const auto count = json.integer_at(key);
    if (!count || *count < 1 || *count > kLifeMax.count()) return std::nullopt;
    return seconds{*count};
}

std::unexpected<TokenTrouble> trouble(std::string detail) {
    return std::unexpected(TokenTrouble{{Fate::retry, std::move(detail), {}}});
}

// Of a login or a refresh: what was said is not taken, and will not be when said again.
bool is_refusal(int status) {
    return status == 400 || status == 401 || status == 403;
}

}  // namespace

std::string login_text(const Credentials& credentials) {
    return to_text(
        Json::object().set("userId", credentials.user).set("password", credentials.password));
}

std::string refresh_text(std::string_view refresh_token) {
    return to_text(Json::object().set("refreshToken", std::string{refresh_token}));
}

std::string tokens_text(const Tokens& tokens) {
    auto json = Json::object();
    json.set("result", std::string{kDialect.yes});
    json.set("accessToken", tokens.access);
    json.set("expiresIn", Json::number(tokens.access_life.count()));
    json.set("refreshToken", tokens.refresh);
    json.set("refreshExpiresIn", Json::number(tokens.refresh_life.count()));
    return to_text(json);
}

std::expected<Tokens, TokenTrouble> read_tokens(int status, std::string_view body) {
    if (status != 200) {
        auto answered = trouble("login: HTTP " + std::to_string(status));
        answered.error().refused = is_refusal(status);
        return answered;
    }
    const auto verdict = peer::read_verdict(kDialect, body);
    if (!verdict) return trouble("login: an answer that cannot be read");
    if (!verdict->yes) {
        const bool later = peer::is_later(kDialect, *verdict);
        return std::unexpected(TokenTrouble{
            {Fate::retry, "login: " + std::string{later ? "asked to come later" : "refused"},
             verdict->code},
            !later});
    }
    const auto access = token_at(verdict->json, "accessToken");
    const auto refresh = token_at(verdict->json, "refreshToken");
    const auto access_life = life_at(verdict->json, "expiresIn");
    const auto refresh_life = life_at(verdict->json, "refreshExpiresIn");
    if (!access || !refresh || !access_life || !refresh_life)
        return trouble("login: tokens that cannot be used");
    return Tokens{*access, *access_life, *refresh, *refresh_life};
}

std::expected<std::optional<model::PartyId>, Outcome> office_of(
    const adapters::Delivery& delivery) {
    if (delivery.recipient.kind != model::PartyKind::system) return delivery.recipient;
    const auto& named = delivery.envelope->recipients;
    if (named.empty()) return std::nullopt;
    if (named.size() == 1) return named.front();
    return std::unexpected(adapters::rejected(
        {.what = {.ja = "1回の送信で届けられる事業所は1つですが、複数の宛先があります",
                  .en = "One call takes one office, and several are named"},
         .next = {.ja = "送信元は宛先の事業所ごとに分けて、新しい id で送ってください",
                  .en = "The sender sends it to each office by itself, under new ids"}}));
}

void address(std::vector<adapters::HttpHeader>& headers,
             const std::optional<model::PartyId>& office, const std::string& access_token) {
    std::erase_if(headers, [](const auto& header) { return header.name == "ce-recipient"; });
    if (office) headers.push_back({"ce-recipient", documents::percent_encode(to_string(*office))});
    headers.push_back({"Authorization", "Bearer " + access_token});
}

Outcome read_unit_reply(const adapters::Delivery& delivery, int status, std::string_view body) {
    return peer::read_outcome(kDialect, delivery, status, body);
}

}  // namespace sekisho::careplan_adapter
