// What is said to PMH (Public Medical Hub) and what its answers mean.
//
// ASSUMED profile: of PMH's interface for long-term care nothing is published. README.md says what
// is public of its other interfaces. No 個人番号 and no PMH-ID stands in any of it: a person is
// (insurer, insured number). Pure functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/token.h"

namespace sekisho::pmh_adapter {

inline constexpr std::string_view kTokenPath = "/pmh/v1/token";
inline constexpr std::string_view kCardsPath = "/pmh/v1/care-insurance/cards";
inline constexpr std::string_view kHealthPath = "/pmh/v1/health";

inline constexpr std::size_t kRecordsPerCall = 500;

// The insurer has not linked (紐付け) this pair of numbers to a PMH-ID.
inline constexpr std::string_view kNotLinked = "PMH-4041";

struct Credentials {
    std::string client;
    std::string secret;
};

struct Token {
    std::string text;
    std::chrono::seconds life{};
};

std::string credentials_text(const Credentials& credentials);
std::string token_text(const Token& token);  // the peer's answer
std::expected<Token, peer::TokenTrouble> read_token(int status, std::string_view body);

// What every call about a load says of it, and how many records there are.
struct LoadHead {
    std::string insurer;
    std::string extent;  // "full" or "difference"
    std::string created;
    std::size_t records = 0;
};

// A record of card-json:1 as PMH's. nullopt: it has a member that PMH has none for, or lacks one
// that each has; nothing is left out silently.
std::optional<documents::Json> card_of(const documents::Json& record);

// "<source>/<id>/<n>"; `call` from 1. The same for the same records whenever they are sent.
std::string request_id(const adapters::Delivery& delivery, std::size_t call);
std::string call_text(const std::string& request_id, const LoadHead& head, documents::Json cards);

struct RefusedRecord {
    std::size_t index = 0;  // in the call
    std::string code;       // "PMH-4041", or "HTTP 422" where the call had none
};

// What PMH finally said about each record of a call. Those it does not name are registered.
struct CallReply {
    std::string receipt;  // empty: it refused them all
    std::vector<RefusedRecord> refused{};
};

// As README.md's table; 401 is the caller's. The error is a retry.
std::expected<CallReply, adapters::Outcome> read_reply(std::string_view request_id,
                                                       std::size_t records, int status,
                                                       std::string_view body);

}  // namespace sekisho::pmh_adapter
