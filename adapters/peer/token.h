// What a peer grants to whoever logs in, an access token (アクセストークン) for a while, and why
// there is none.
//
// Trouble with a token is the gateway's and never rejects a document. Pure functions.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"
#include "adapters/api/simulated_peer.h"
#include "adapters/documents/json.h"

namespace sekisho::peer {

using TokenTime = std::chrono::steady_clock::time_point;

// Why there are no tokens. `refused`: the peer plainly said no, so the same words will not do.
struct TokenTrouble {
    adapters::Outcome outcome{};  // always retry
    bool refused = false;
};

std::unexpected<TokenTrouble> no_token(std::string detail);
// Any status but 200; 400, 401 and 403 are a refusal.
std::unexpected<TokenTrouble> no_token_by_status(int status);
adapters::Outcome no_token_in_time();

// Tokens are 16 to 4,096 visible ASCII characters, lives whole seconds up to a week.
std::optional<std::string> token_at(const documents::Json& json, std::string_view key);
std::optional<std::chrono::seconds> life_at(const documents::Json& json, std::string_view key);

// A token is given up a minute before its end, or at half its life if that is later.
TokenTime given_up(TokenTime asked_at, std::chrono::seconds life);

adapters::HttpHeader bearer(const std::string& token);  // RFC 6750

}  // namespace sekisho::peer
