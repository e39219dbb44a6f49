// What the agent refuses, by the codes of its contract (counter/README.md). The page says each in
// the words of its dictionaries; the terminal says what failed while a card was asked in card's
// own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/documents/json.h"
#include "gateway/card/failure.h"

namespace sekisho::agent {

enum class Code : std::uint8_t {
    wrong_host,    // the agent was asked under another name than its own (DNS rebinding)
    wrong_origin,  // by a page that is not on the list, or by none
    no_such_call,
    wrong_method,
    unreadable,      // the body is not the JSON of this call
    unpaired,        // no token, or none of this agent's for this page
    wrong_code,      // of the pairing; there is a new one
    too_many_codes,  // wrong ones in a row: `wait`
    not_a_challenge,
    other_gateway,  // the challenge is not of the page's gateway
    busy,           // another signature is under way
    no_card,
    several_cards,  // on several readers, and none was chosen
    not_jpki,
    cancelled,  // no PIN was given, or not in time
    wrong_pin,  // `tries` are left
    few_tries,  // one is left; none was used
    locked,
    reader_failed,
};

std::string_view to_string(Code code);  // "wrong-pin"
int status_of(Code code);               // of HTTP

struct AgentRefusal {
    Code code = Code::reader_failed;
    std::optional<int> tries{};                  // with wrong_pin
    std::optional<std::chrono::seconds> wait{};  // with too_many_codes
};

AgentRefusal refusal_of(const card::Failure& failure);

documents::Json to_json(const AgentRefusal& refusal);  // {"code":"wrong-pin","tries":2}

}  // namespace sekisho::agent
