// The gateway's session with the care plan system: gives the access token, and gets one when there
// is none.
//
// One asks at a time; whoever needs the token meanwhile waits until its own deadline. A password
// that was refused rests, because the account locks (peer/secret_file.h). Threads: any number.
#pragma once

#include <expected>
#include <string>

#include "adapters/careplan/standing.h"
#include "adapters/locks/mutex.h"
#include "adapters/peer/line.h"
#include "adapters/peer/secret_file.h"
#include "adapters/peer/turn.h"

namespace sekisho::careplan_adapter {

struct Account {
    std::string user;
    std::string password_file;
};

class Session {
  public:
    Session(Account account, peer::Line& line)
        : user_(std::move(account.user)),
          line_(line),
          password_(std::move(account.password_file), "password") {}

    std::expected<std::string, adapters::Outcome> token(adapters::Deadline deadline);
    void drop(const std::string& token);  // the peer no longer takes it

  private:
    using Granted = std::expected<Tokens, peer::TokenTrouble>;

    Standing standing() SEKISHO_EXCLUDES(mutex_);
    Granted renew(const std::string& refresh_token, adapters::Deadline deadline)
        SEKISHO_EXCLUDES(mutex_);
    Granted log_in(adapters::Deadline deadline);
    Granted exchange(std::string_view path, std::string_view text, adapters::Deadline deadline);

    const std::string user_;
    peer::Line& line_;

    peer::Turns turns_;
    peer::SecretFile password_;  // belongs to who has the turn

    locks::Mutex mutex_;
    Standing standing_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::careplan_adapter
