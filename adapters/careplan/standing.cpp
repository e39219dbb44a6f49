#include "adapters/careplan/standing.h"

namespace sekisho::careplan_adapter {

void Standing::grant(Tokens tokens, Time asked_at) {
    access_until_ = peer::given_up(asked_at, tokens.access_life);
    refresh_until_ = peer::given_up(asked_at, tokens.refresh_life);
    tokens_ = std::move(tokens);
}

Need Standing::need(Time now) const {
    if (!tokens_.access.empty() && now < access_until_) return Need::nothing;
    if (!tokens_.refresh.empty() && now < refresh_until_) return Need::refresh;
    return Need::login;
}

void Standing::drop_access(const std::string& token) {
    if (tokens_.access == token) tokens_.access.clear();
}

}  // namespace sekisho::careplan_adapter
