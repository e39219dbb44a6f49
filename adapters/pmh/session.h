// The gateway's session with PMH: gives the access token, and asks for one when there is none.
//
// One asks at a time; whoever needs the token meanwhile waits until its own deadline. There is no
// refresh token: when one ends, the next is asked for. A client secret that was refused rests
// (peer/secret_file.h). Threads: any number.
#pragma once

#include <expected>
#include <string>

#include "adapters/locks/mutex.h"
#include "adapters/peer/line.h"
#include "adapters/peer/secret_file.h"
#include "adapters/peer/turn.h"
#include "adapters/pmh/codec.h"

namespace sekisho::pmh_adapter {

struct Account {
    std::string client;
    std::string secret_file;
};

class Session {
  public:
    Session(Account account, peer::Line& line)
        : client_(std::move(account.client)),
          line_(line),
          secret_(std::move(account.secret_file), "secret") {}

    std::expected<std::string, adapters::Outcome> token(adapters::Deadline deadline);
    void drop(const std::string& token);  // the peer no longer takes it; a newer one stays

  private:
    std::string held(peer::TokenTime now) SEKISHO_EXCLUDES(mutex_);  // empty: none is
    std::expected<Token, peer::TokenTrouble> ask(adapters::Deadline deadline);

    const std::string client_;
    peer::Line& line_;

    peer::Turns turns_;
    peer::SecretFile secret_;  // belongs to who has the turn

    locks::Mutex mutex_;
    std::string token_ SEKISHO_GUARDED_BY(mutex_);
    peer::TokenTime until_ SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::pmh_adapter
