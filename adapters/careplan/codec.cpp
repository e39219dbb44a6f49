#include "adapters/careplan/codec.h"

#include "adapters/documents/percent.h"
#include "adapters/peer/verdict.h"

namespace sekisho::careplan_adapter {

using adapters::Fate;
using adapters::Outcome;
using documents::Json;
using peer::TokenTrouble;

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
    if (status != 200) return peer::no_token_by_status(status);
    const auto verdict = peer::read_verdict(kDialect, body);
    if (!verdict) return peer::no_token("login: an answer that cannot be read");
    if (!verdict->yes) {
        const bool later = peer::is_later(kDialect, *verdict);
        return std::unexpected(TokenTrouble{
            {Fate::retry, "login: " + std::string{later ? "asked to come later" : "refused"},
             verdict->code},
            !later});
    }
    const auto access = peer::token_at(verdict->json, "accessToken");
    const auto refresh = peer::token_at(verdict->json, "refreshToken");
    const auto access_life = peer::life_at(verdict->json, "expiresIn");
    const auto refresh_life = peer::life_at(verdict->json, "refreshExpiresIn");
    if (!access || !refresh || !access_life || !refresh_life)
        return peer::no_token("login: tokens that cannot be used");
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
    headers.push_back(peer::bearer(access_token));
}

Outcome read_unit_reply(const adapters::Delivery& delivery, int status, std::string_view body) {
    return peer::read_outcome(kDialect, delivery, status, body);
}

}  // namespace sekisho::careplan_adapter
