#include "gateway/agent/refusal.h"

#include <array>

namespace sekisho::agent {

namespace {

struct Row {
    Code code;
    int status;
    std::string_view name;
};

// In the order of the enumeration; a test holds it to that.
constexpr auto kRows = std::to_array<Row>({
    {Code::wrong_host, 403, "wrong-host"},
    {Code::wrong_origin, 403, "wrong-origin"},
    {Code::no_such_call, 404, "no-such-call"},
    {Code::wrong_method, 405, "wrong-method"},
    {Code::unreadable, 400, "unreadable"},
    {Code::unpaired, 401, "unpaired"},
    {Code::wrong_code, 403, "wrong-code"},
    {Code::too_many_codes, 429, "too-many-codes"},
    {Code::not_a_challenge, 422, "not-a-challenge"},
    {Code::other_gateway, 403, "other-gateway"},
    {Code::busy, 409, "busy"},
    {Code::no_card, 409, "no-card"},
    {Code::several_cards, 409, "several-cards"},
    {Code::not_jpki, 409, "not-jpki"},
    {Code::cancelled, 409, "cancelled"},
    {Code::wrong_pin, 422, "wrong-pin"},
    {Code::few_tries, 423, "few-tries"},
    {Code::locked, 423, "locked"},
    {Code::reader_failed, 502, "reader-failed"},
});

constexpr bool in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows[i].code) != i) return false;
    }
    return static_cast<std::size_t>(Code::reader_failed) + 1 == kRows.size();
}
static_assert(in_order());

const Row& row_of(Code code) {
    return kRows.at(static_cast<std::size_t>(code));
}

Code code_of(const platform::CardFailure& failure) {
    using platform::CardTrouble;
    switch (failure.trouble) {
        case CardTrouble::no_card:
            return Code::no_card;
        case CardTrouble::other_kind:
            return Code::not_jpki;
        case CardTrouble::no_service:
        case CardTrouble::no_reader:
        case CardTrouble::removed:
        case CardTrouble::reset:
        case CardTrouble::in_use:
        case CardTrouble::timed_out:
        case CardTrouble::unresponsive:
        case CardTrouble::reader_fault:
            break;
    }
    return Code::reader_failed;
}

}  // namespace

std::string_view to_string(Code code) {
    return row_of(code).name;
}

int status_of(Code code) {
    return row_of(code).status;
}

AgentRefusal refusal_of(const card::Failure& failure) {
    using card::Trouble;
    switch (failure.trouble) {
        case Trouble::reader:
            return {.code = code_of(failure.line)};
        case Trouble::other_card:
        case Trouble::resident_card:
        case Trouble::smartphone:
        case Trouble::unknown_token:
            return {.code = Code::not_jpki};
        case Trouble::wrong_pin:
            return {.code = Code::wrong_pin, .tries = failure.tries_left};
        case Trouble::blocked:
            return {.code = Code::locked};
        case Trouble::last_try:
            return {.code = Code::few_tries};
        case Trouble::truncated:
        case Trouble::odd_status:
        case Trouble::odd_certificate:
        case Trouble::ended:
            break;
    }
    return {.code = Code::reader_failed};
}

documents::Json to_json(const AgentRefusal& refusal) {
    documents::Json json = documents::Json::object();
    json.set("code", std::string{to_string(refusal.code)});
    if (refusal.tries) json.set("tries", documents::Json::number(*refusal.tries));
    if (refusal.wait) json.set("seconds", documents::Json::number(refusal.wait->count()));
    return json;
}

}  // namespace sekisho::agent
