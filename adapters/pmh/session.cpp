#include "adapters/pmh/session.h"

#include "adapters/http/outcomes.h"

namespace sekisho::pmh_adapter {

using adapters::Deadline;
using adapters::Outcome;
using peer::TokenTrouble;
using std::chrono::steady_clock;

std::expected<std::string, Outcome> Session::token(Deadline deadline) {
    const peer::Turn turn(turns_, deadline);
    if (!turn.is_taken()) return std::unexpected(peer::no_token_in_time());
    const auto now = steady_clock::now();
    if (std::string token = held(now); !token.empty()) return token;
    auto granted = ask(deadline);
    if (!granted) return std::unexpected(std::move(granted.error().outcome));
    const locks::Lock lock(mutex_);
    token_ = granted->text;
    until_ = peer::given_up(now, granted->life);
    return token_;
}

void Session::drop(const std::string& token) {
    const locks::Lock lock(mutex_);
    if (token_ == token) token_.clear();
}

std::string Session::held(peer::TokenTime now) {
    const locks::Lock lock(mutex_);
    return now < until_ ? token_ : std::string{};
}

std::expected<Token, TokenTrouble> Session::ask(Deadline deadline) {
    const auto secret = secret_.read(steady_clock::now());
    if (!secret) return std::unexpected(secret.error());
    const std::string text = credentials_text({client_, *secret});
    const auto reply = line_.send(
        kTokenPath,
        {.method = "POST", .headers = {{"Content-Type", "application/json"}}, .body = text},
        deadline);
    if (!reply) return std::unexpected(TokenTrouble{http::outcome_of(reply.error())});
    auto granted = read_token(reply->status, reply->body);
    if (!granted && granted.error().refused) secret_.rest(*secret, steady_clock::now());
    return granted;
}

}  // namespace sekisho::pmh_adapter
