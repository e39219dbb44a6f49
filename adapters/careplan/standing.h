// What the gateway holds of a login: its tokens and until when each is good for use. A value.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/careplan/codec.h"

namespace sekisho::careplan_adapter {

enum class Need : std::uint8_t {
    nothing,  // the access token will do
    refresh,  // ask for a new one with the refresh token
    login,    // ask with user and password
};

class Standing {
  public:
    using Time = peer::TokenTime;

    void grant(Tokens tokens, Time asked_at);  // each until it is given up (peer/token.h)
    Need need(Time now) const;

    const std::string& access() const { return tokens_.access; }
    const std::string& refresh() const { return tokens_.refresh; }

    // The peer no longer takes it. Another token, granted since, stays.
    void drop_access(const std::string& token);
    void drop_refresh() { tokens_.refresh.clear(); }

  private:
    Tokens tokens_;  // an empty one is none
    Time access_until_{};
    Time refresh_until_{};
};

}  // namespace sekisho::careplan_adapter
