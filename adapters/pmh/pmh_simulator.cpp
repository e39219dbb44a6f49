#include "adapters/pmh/pmh_simulator.h"

#include "adapters/ledger/calls.h"
#include "adapters/peer/person_question.h"
#include "adapters/pmh/codec.h"

namespace sekisho::pmh_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;
using std::chrono::steady_clock;

namespace {

constexpr std::string_view kClient = "sekisho";
constexpr std::string_view kSecret = "pmh-demo";
constexpr std::chrono::hours kTokenLife{1};

HttpReply error_reply(std::string code) {
    return ledger::json_reply(Json::object().set("result", "error").set("code", std::move(code)));
}

// A call with what may be wrong of it looked at; its records not.
struct Registration {
    std::string request_id;
    model::InsurerNumber insurer;
    std::vector<Json> cards;
};

std::optional<Registration> registration_in(const Json& json) {
    const auto id = json.string_at("requestId");
    const auto insurer = model::parse_insurer_number(json.string_at("insurerNumber").value_or(""));
    const Json* const records = json.find("records");
    if (!id || id->empty() || !insurer || records == nullptr || records->items().empty() ||
        records->items().size() > kRecordsPerCall)
        return std::nullopt;
    return Registration{std::string{*id}, *insurer, records->items()};
}

// Its name says what it holds: the same call brings more when it comes again after a link.
ledger::Received line_of(const Registration& registration, Json accepted) {
    const std::string text = to_text(accepted);
    return {.source = registration.insurer.text(),
            .id = registration.request_id + " " + ledger::sha256_hex(text).substr(0, 16),
            .type = "cards",
            .body = text};
}

Json failure(std::size_t index, std::string code) {
    return Json::object()
        .set("index", Json::number(static_cast<std::int64_t>(index)))
        .set("code", std::move(code));
}

}  // namespace

PmhSimulator::PmhSimulator(std::string ledger_file) : ledger_(std::move(ledger_file)) {
    const locks::Lock lock(mutex_);
    restore();
}

void PmhSimulator::restore() {
    for (const ledger::Received& line : ledger_.of_type("cards")) {
        const auto cards = documents::parse_json(line.body);
        if (!cards) continue;
        for (const Json& card : cards->items())
            cards_.take(model::InsurerNumber{line.source}, card);
    }
}

HttpReply PmhSimulator::business_error() const {
    return error_reply("PMH-4001");
}

bool PmhSimulator::is_login(const HttpCall& call) const {
    return call.path == kTokenPath;
}

HttpReply PmhSimulator::grant(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const locks::Lock lock(mutex_);
    ++login_calls_;
    if (json->string_at("clientId") != kClient || json->string_at("clientSecret") != kSecret)
        return {401, {}, {}};
    const auto now = steady_clock::now();
    const std::string seed =
        std::to_string(now.time_since_epoch().count()) + " " + std::to_string(++granted_);
    const Token token{ledger::sha256_hex(seed), kTokenLife};
    tokens_[token.text] = now + kTokenLife;
    return {200, {{"Content-Type", "application/json"}}, token_text(token)};
}

bool PmhSimulator::is_authorized(const HttpCall& call) {
    const locks::Lock lock(mutex_);
    const auto found = tokens_.find(ledger::bearer_token(call));
    return found != tokens_.end() && steady_clock::now() < found->second;
}

HttpReply PmhSimulator::take_cards(const HttpCall& call) {
    if (!is_authorized(call)) return {401, {}, {}};
    const auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const auto registration = registration_in(*json);
    if (!registration) return error_reply("PMH-4002");
    Json accepted = Json::array();
    Json failed = Json::array();
    const locks::Lock lock(mutex_);
    for (std::size_t i = 0; i < registration->cards.size(); ++i) {
        const Json& card = registration->cards[i];
        std::string code = cards_.refusal(registration->insurer, card);
        if (code.empty()) {
            accepted.push(card);
        } else {
            failed.push(failure(i, std::move(code)));
        }
    }
    const ledger::Received line = line_of(*registration, accepted);
    if (!accepted.items().empty() && ledger_.receive(line) == ledger::Arrival::lost)
        return {503, {}, {}};
    for (const Json& card : accepted.items()) cards_.take(registration->insurer, card);
    const auto count = static_cast<std::int64_t>(accepted.items().size());
    return ledger::json_reply(Json::object()
                                  .set("result", "ok")
                                  .set("requestId", registration->request_id)
                                  .set("receiptNumber", ledger::reception_number("PMH-R-", line))
                                  .set("accepted", Json::number(count))
                                  .set("failed", std::move(failed)));
}

HttpReply PmhSimulator::take_links(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    const Json* const links = json ? json->find("links") : nullptr;
    if (links == nullptr) return {400, {}, {}};
    const locks::Lock lock(mutex_);
    for (const Json& link : links->items()) {
        const auto person = peer::person_in(link);
        if (!person) return {400, {}, {}};
        call.path == "/sim/links" ? cards_.link(*person) : cards_.unlink(*person);
    }
    return {204, {}, {}};
}

HttpReply PmhSimulator::expire_tokens() {
    const locks::Lock lock(mutex_);
    tokens_.clear();
    return {204, {}, {}};
}

HttpReply PmhSimulator::state() {
    auto state = ledger_.state();
    const locks::Lock lock(mutex_);
    state.set("loginCalls", Json::number(login_calls_));
    state.set("granted", Json::number(granted_));
    return ledger::json_reply(state);
}

HttpReply PmhSimulator::cards() {
    const locks::Lock lock(mutex_);
    return ledger::json_reply(cards_.told());
}

HttpReply PmhSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    const bool get = call.method == "GET";
    if (post && call.path == kTokenPath) return grant(call);
    if (post && call.path == kCardsPath) return take_cards(call);
    if (post && (call.path == "/sim/links" || call.path == "/sim/unlink")) return take_links(call);
    if (post && call.path == "/sim/expire-tokens") return expire_tokens();
    if (get && call.path == kHealthPath) return {200, {}, "{}"};
    if (get && call.path == "/sim/state") return state();
    if (get && call.path == "/sim/cards") return cards();
    return {404, {}, {}};
}

}  // namespace sekisho::pmh_adapter
