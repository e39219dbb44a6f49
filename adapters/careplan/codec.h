// What is said to the care plan exchange system (ケアプランデータ連携システム) and what its answers
// mean.
//
// ASSUMED profile but for four rules that are public: a login with tokens, business errors inside
// HTTP 200, one office per call, no bulk. README.md names which is which. Pure functions.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/api/adapter.h"
#include "adapters/api/simulated_peer.h"
#include "adapters/peer/token.h"

namespace sekisho::careplan_adapter {

inline constexpr std::string_view kLoginPath = "/careplan/v1/login";
inline constexpr std::string_view kTokenPath = "/careplan/v1/token";
inline constexpr std::string_view kUnitsPath = "/careplan/v1/units";
inline constexpr std::string_view kHealthPath = "/careplan/v1/health";

struct Credentials {
    std::string user;
    std::string password;
};

struct Tokens {
    std::string access;
    std::chrono::seconds access_life{};
    std::string refresh;
    std::chrono::seconds refresh_life{};
};

std::string login_text(const Credentials& credentials);
std::string refresh_text(std::string_view refresh_token);
std::string tokens_text(const Tokens& tokens);  // the peer's answer

// A refusal is an error inside 200 that does not say "later", or 400, 401 or 403.
std::expected<Tokens, peer::TokenTrouble> read_tokens(int status, std::string_view body);

// The one office that a delivery goes to; nullopt where the document names none. The error is a
// rejection: more than one office in a call.
std::expected<std::optional<model::PartyId>, adapters::Outcome> office_of(
    const adapters::Delivery& delivery);

// Adds to an event's headers the office, in place of all that the document names, and the token.
void address(std::vector<adapters::HttpHeader>& headers,
             const std::optional<model::PartyId>& office, const std::string& access_token);

// As README.md's table; 401 is the caller's.
adapters::Outcome read_unit_reply(const adapters::Delivery& delivery, int status,
                                  std::string_view body);

}  // namespace sekisho::careplan_adapter
