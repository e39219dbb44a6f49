#include "adapters/careplan/session.h"

#include "adapters/http/outcomes.h"

namespace sekisho::careplan_adapter {

using adapters::Deadline;
using adapters::Outcome;
using peer::TokenTrouble;
using std::chrono::steady_clock;

std::expected<std::string, Outcome> Session::token(Deadline deadline) {
    const peer::Turn turn(turns_, deadline);
    if (!turn.is_taken()) return std::unexpected(peer::no_token_in_time());
    const auto asked_at = steady_clock::now();
    const Standing held = standing();
    const Need need = held.need(asked_at);
    if (need == Need::nothing) return held.access();
    auto granted = renew(need == Need::refresh ? held.refresh() : std::string{}, deadline);
    const locks::Lock lock(mutex_);
    if (!granted) {
        if (granted.error().refused) standing_.drop_refresh();
        return std::unexpected(std::move(granted.error().outcome));
    }
    standing_.grant(*granted, asked_at);
    return std::move(granted->access);
}

Standing Session::standing() {
    const locks::Lock lock(mutex_);
    return standing_;
}

void Session::drop(const std::string& token) {
    const locks::Lock lock(mutex_);
    standing_.drop_access(token);
}

// A refresh token that is refused is followed by a login; any other trouble is not.
Session::Granted Session::renew(const std::string& refresh_token, Deadline deadline) {
    if (refresh_token.empty()) return log_in(deadline);
    auto granted = exchange(kTokenPath, refresh_text(refresh_token), deadline);
    if (granted || !granted.error().refused) return granted;
    return log_in(deadline);
}

Session::Granted Session::log_in(Deadline deadline) {
    const auto password = password_.read(steady_clock::now());
    if (!password) return std::unexpected(password.error());
    auto granted = exchange(kLoginPath, login_text({user_, *password}), deadline);
    if (!granted && granted.error().refused) password_.rest(*password, steady_clock::now());
    return granted;
}

Session::Granted Session::exchange(std::string_view path, std::string_view text,
                                   Deadline deadline) {
    const auto reply = line_.send(
        path, {.method = "POST", .headers = {{"Content-Type", "application/json"}}, .body = text},
        deadline);
    if (!reply) return std::unexpected(TokenTrouble{http::outcome_of(reply.error())});
    return read_tokens(reply->status, reply->body);
}

}  // namespace sekisho::careplan_adapter
