#include "adapters/peer/verdict.h"

#include <algorithm>

namespace sekisho::peer {

using adapters::Fate;
using adapters::Outcome;

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

bool is_own_code(std::string_view code, std::string_view prefix) {
    constexpr std::size_t kCodeDigits = 4;
    if (!code.starts_with(prefix)) return false;
    const std::string_view digits = code.substr(prefix.size());
    return digits.size() == kCodeDigits &&
           std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_final(int status) {
    return status == 400 || status == 413 || status == 415 || status == 422;
}

bool is_later(const Dialect& dialect, const Verdict& verdict) {
    return !verdict.yes && !dialect.later.empty() && verdict.code.starts_with(dialect.later);
}

std::optional<Verdict> read_verdict(const Dialect& dialect, std::string_view body) {
    auto json = documents::parse_json(body);
    if (!json) return std::nullopt;
    const auto said = json->string_at(dialect.verdict);
    const auto code = json->string_at(dialect.code);
    if (said == dialect.yes && !code) return Verdict{true, {}, std::move(*json)};
    if (said == dialect.no && code && is_code(*code))
        return Verdict{false, std::string{*code}, std::move(*json)};
    return std::nullopt;
}

Outcome refused(const Dialect& dialect, const std::string& code) {
    const std::string peer{dialect.peer};
    const std::string peer_ja{dialect.peer_ja};
    return adapters::rejected(
        {.what = {.ja = peer_ja + "が文書を受け取りませんでした（コード " + code + "）",
                  .en = peer + " refused the document (code " + code + ")"},
         .next = {.ja = "送信元がコードの意味を" + peer_ja +
                        "に確かめ、直した文書を新しい id で送ってください",
                  .en = "The sender asks there what the code means and sends the "
                        "corrected document under a new id"}},
        code);
}

Outcome refused_by_status(const Dialect& dialect, int status) {
    const std::string words = "HTTP " + std::to_string(status);
    return adapters::rejected(
        {.what = {.ja = std::string{dialect.peer_ja} + "が文書を " + words + " で断りました",
                  .en = std::string{dialect.peer} + " refused the document by " + words},
         .next = {.ja = "送信元が形式と大きさを確かめ、直した文書を新しい id で送ってください",
                  .en = "The sender checks its format and size and sends the corrected document "
                        "under a new id"}});
}

bool names(const documents::Json& answer, const adapters::Delivery& delivery) {
    return answer.string_at("source") == to_source(delivery.envelope->source) &&
           answer.string_at("id") == delivery.envelope->id.text() &&
           answer.string_at("sha256") == model::to_hex(delivery.sha256);
}

Outcome read_outcome(const Dialect& dialect, const adapters::Delivery& delivery, int status,
                     std::string_view body) {
    if (is_final(status)) return refused_by_status(dialect, status);
    if (status != 200) return {Fate::retry, "HTTP " + std::to_string(status), {}};
    const auto verdict = read_verdict(dialect, body);
    if (!verdict) return {Fate::retry, "HTTP 200 with an answer that cannot be read", {}};
    if (is_later(dialect, *verdict))
        return {Fate::retry, std::string{dialect.peer} + " asks to come later", verdict->code};
    if (!verdict->yes) return refused(dialect, verdict->code);
    const std::string name{dialect.number_name};
    const auto number = verdict->json.string_at(dialect.number);
    if (!number || !is_code(*number))
        return {Fate::retry, "HTTP 200 without a " + name + " number", {}};
    if (!names(verdict->json, delivery))
        return {Fate::retry, "HTTP 200 about another document", {}};
    return {Fate::delivered, name + " " + std::string{*number}, {}};
}

}  // namespace sekisho::peer
