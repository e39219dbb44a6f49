#include "adapters/careplan/session.h"

#include <fstream>
#include <iterator>

#include "adapters/http/outcomes.h"

namespace sekisho::careplan_adapter {

using adapters::Deadline;
using adapters::Fate;
using adapters::Outcome;
using std::chrono::steady_clock;

std::optional<std::string> read_password(const std::string& file) {
    constexpr std::size_t kBytesMax = 1024;
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    const bool usable = stream && !text.empty() && text.size() <= kBytesMax && !text.contains('\n');
    return usable ? std::optional{std::move(text)} : std::nullopt;
}

std::expected<std::string, Outcome> Session::token(Deadline deadline) {
    std::string refresh_token;
    {
        const locks::Lock lock(mutex_);
        if (!asked_.wait_until(mutex_, deadline,
                               [this]() SEKISHO_REQUIRES(mutex_) { return !asking_; }))
            return std::unexpected(Outcome{Fate::retry, "no access token in time", {}});
        const Need need = standing_.need(steady_clock::now());
        if (need == Need::nothing) return standing_.access();
        if (need == Need::refresh) refresh_token = standing_.refresh();
        asking_ = true;
    }
    const auto asked_at = steady_clock::now();
    auto granted = renew(refresh_token, deadline);
    {
        const locks::Lock lock(mutex_);
        asking_ = false;
        if (granted) {
            standing_.grant(*granted, asked_at);
        } else if (granted.error().refused) {
            standing_.drop_refresh();
        }
    }
    asked_.notify_all();
    if (!granted) return std::unexpected(std::move(granted.error().outcome));
    return std::move(granted->access);
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
    const auto password = read_password(account_.password_file);
    if (!password)
        return std::unexpected(
            TokenTrouble{{Fate::retry, "login: the password file cannot be read", {}}});
    if (*password == refused_password_ && steady_clock::now() < rest_until_)
        return std::unexpected(
            TokenTrouble{{Fate::retry, "login: refused a moment ago, not tried again yet", {}}});
    auto granted = exchange(kLoginPath, login_text({account_.user, *password}), deadline);
    if (!granted && granted.error().refused) {
        refused_password_ = *password;
        rest_until_ = steady_clock::now() + kRefusedLoginRest;
    }
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
