#include "adapters/careplan/careplan_simulator.h"

#include "adapters/careplan/codec.h"
#include "adapters/ledger/calls.h"
#include "adapters/ledger/kept_plans.h"

namespace sekisho::careplan_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;
using std::chrono::steady_clock;

namespace {

constexpr std::string_view kUser = "sekisho";
constexpr std::string_view kPassword = "careplan-demo";
constexpr int kWrongPasswordsMax = 5;
constexpr std::chrono::hours kAccessLife{1};
constexpr std::chrono::hours kRefreshLife{8};

HttpReply error_reply(std::string code) {
    return ledger::json_reply(
        Json::object().set("result", "error").set("errorCode", std::move(code)));
}

}  // namespace

CareplanSimulator::CareplanSimulator(std::string ledger_file, ledger::UplinkOptions uplink)
    : ledger_(std::move(ledger_file)),
      carrier_("/systems/careplan", "KCR-", ledger::HandOn::Key::left_out, std::move(uplink)) {}

HttpReply CareplanSimulator::business_error() const {
    return error_reply("KC-1001");
}

bool CareplanSimulator::is_login(const HttpCall& call) const {
    return call.path == kLoginPath || call.path == kTokenPath;
}

HttpReply CareplanSimulator::grant() {
    const auto token = [&](std::string_view kind) SEKISHO_REQUIRES(mutex_) {
        const auto now = steady_clock::now().time_since_epoch().count();
        return ledger::sha256_hex(std::string{kind} + std::to_string(now) + " " +
                                  std::to_string(++granted_));
    };
    const Tokens tokens{token("access"), kAccessLife, token("refresh"), kRefreshLife};
    access_[tokens.access] = steady_clock::now() + kAccessLife;
    refresh_[tokens.refresh] = steady_clock::now() + kRefreshLife;
    return {200, {{"Content-Type", "application/json"}}, tokens_text(tokens)};
}

HttpReply CareplanSimulator::no_tokens(std::string code) const {
    if (refusal_status_ != 200) return {refusal_status_, {}, {}};
    return error_reply(std::move(code));
}

HttpReply CareplanSimulator::log_in(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const locks::Lock lock(mutex_);
    ++login_calls_;
    if (wrong_passwords_ >= kWrongPasswordsMax) return no_tokens("KC-2002");
    if (json->string_at("userId") != kUser || json->string_at("password") != kPassword) {
        ++wrong_passwords_;
        return no_tokens("KC-2001");
    }
    wrong_passwords_ = 0;
    ++logins_;
    return grant();
}

HttpReply CareplanSimulator::refresh(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const locks::Lock lock(mutex_);
    const auto found = refresh_.find(std::string{json->string_at("refreshToken").value_or("")});
    if (found == refresh_.end() || found->second <= steady_clock::now())
        return no_tokens("KC-2003");
    refresh_.erase(found);  // good once
    return grant();
}

bool CareplanSimulator::is_authorized(const HttpCall& call) {
    const locks::Lock lock(mutex_);
    const auto found = access_.find(ledger::bearer_token(call));
    return found != access_.end() && steady_clock::now() < found->second;
}

HttpReply CareplanSimulator::take_unit(const HttpCall& call) {
    if (!is_authorized(call)) return {401, {}, {}};
    auto unit = ledger::read_event(call);
    if (!unit) return error_reply("KC-1002");
    if (!ledger::digest_matches(call)) return error_reply("KC-9002");
    unit->attributes = ledger::attributes_to_hand_on(call);
    const std::string office{find_header(unit->attributes, "recipient").value_or("")};
    if (!office.empty() && !model::parse_party_id(office)) return error_reply("KC-1004");
    auto taken = ledger::names_of(*unit);
    taken.set("result", "ok");
    taken.set("receiptNumber", carrier_.number_of(*unit));
    return ledger::reply_to(ledger_.receive(*unit), ledger::json_reply(taken),
                            error_reply("KC-1009"));
}

HttpReply CareplanSimulator::expire_tokens() {
    const locks::Lock lock(mutex_);
    access_.clear();
    return {204, {}, {}};
}

HttpReply CareplanSimulator::end_sessions() {
    const locks::Lock lock(mutex_);
    access_.clear();
    refresh_.clear();
    return {204, {}, {}};
}

HttpReply CareplanSimulator::refuse_logins(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    const auto status = json ? json->integer_at("status").value_or(0) : 0;
    if (status != 200 && status != 400 && status != 401 && status != 403) return {400, {}, {}};
    const locks::Lock lock(mutex_);
    refusal_status_ = static_cast<int>(status);
    return {204, {}, {}};
}

HttpReply CareplanSimulator::state() {
    auto state = ledger_.state();
    const locks::Lock lock(mutex_);
    state.set("loginCalls", Json::number(login_calls_));
    state.set("logins", Json::number(logins_));
    state.set("granted", Json::number(granted_ / 2));
    return ledger::json_reply(state);
}

HttpReply CareplanSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == kLoginPath) return log_in(call);
    if (post && call.path == kTokenPath) return refresh(call);
    if (post && call.path == kUnitsPath) return take_unit(call);
    if (post && call.path == "/sim/hand-on") return carrier_.hand_on(ledger_);
    if (post && call.path == "/sim/expire-tokens") return expire_tokens();
    if (post && call.path == "/sim/end-sessions") return end_sessions();
    if (post && call.path == "/sim/refuse-logins") return refuse_logins(call);
    if (call.method == "GET" && call.path == kHealthPath) return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state") return state();
    if (call.method == "GET" && call.path == "/sim/plans")
        return ledger::json_reply(to_json(ledger::kept_plans(ledger_.of_type(""))));
    return {404, {}, {}};
}

}  // namespace sekisho::careplan_adapter
