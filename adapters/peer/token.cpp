#include "adapters/peer/token.h"

#include <algorithm>

namespace sekisho::peer {

using adapters::Fate;
using std::chrono::seconds;

std::unexpected<TokenTrouble> no_token(std::string detail) {
    return std::unexpected(TokenTrouble{{Fate::retry, std::move(detail), {}}});
}

std::unexpected<TokenTrouble> no_token_by_status(int status) {
    auto trouble = no_token("login: HTTP " + std::to_string(status));
    trouble.error().refused = status == 400 || status == 401 || status == 403;
    return trouble;
}

adapters::Outcome no_token_in_time() {
    return {Fate::retry, "no access token in time", {}};
}

std::optional<std::string> token_at(const documents::Json& json, std::string_view key) {
    const auto text = json.string_at(key);
    if (!text || text->size() < 16 || text->size() > 4096) return std::nullopt;
    const bool visible = std::ranges::all_of(*text, [](char c) { return c > 0x20 && c < 0x7f; });
    return visible ? std::optional{std::string{*text}} : std::nullopt;
}

std::optional<seconds> life_at(const documents::Json& json, std::string_view key) {
    constexpr seconds kLifeMax = std::chrono::days{7};
    const auto count = json.integer_at(key);
    if (!count || *count < 1 || *count > kLifeMax.count()) return std::nullopt;
    return seconds{*count};
}

TokenTime given_up(TokenTime asked_at, seconds life) {
    constexpr seconds kEarly{60};
    return asked_at + std::max<seconds>(life - kEarly, life / 2);
}

adapters::HttpHeader bearer(const std::string& token) {
    return {"Authorization", "Bearer " + token};
}

}  // namespace sekisho::peer
