// The gateway's session with the care plan system: gives the access token, and gets one when there
// is none.
//
// One asks at a time; whoever needs the token meanwhile waits until its own deadline. The password
// is read from its file at each login and not kept, but where it was refused: then the same one
// rests for kRefusedLoginRest, because the account locks. Threads: any number.
#pragma once

#include <expected>
#include <string>

#include "adapters/careplan/standing.h"
#include "adapters/locks/condition.h"
#include "adapters/peer/line.h"

namespace sekisho::careplan_adapter {

inline constexpr std::chrono::minutes kRefusedLoginRest{5};

struct Account {
    std::string user;
    std::string password_file;
};

// The content of the file without the line's end; nullopt where it cannot be read, is empty or is
// no single line of at most 1 KiB.
std::optional<std::string> read_password(const std::string& file);

class Session {
  public:
    Session(Account account, peer::Line& line) : account_(std::move(account)), line_(line) {}

    std::expected<std::string, adapters::Outcome> token(adapters::Deadline deadline);
    void drop(const std::string& token);  // the peer no longer takes it

  private:
    using Granted = std::expected<Tokens, TokenTrouble>;

    Granted renew(const std::string& refresh_token, adapters::Deadline deadline)
        SEKISHO_EXCLUDES(mutex_);
    Granted log_in(adapters::Deadline deadline);
    Granted exchange(std::string_view path, std::string_view text, adapters::Deadline deadline);

    const Account account_;
    peer::Line& line_;

    locks::Mutex mutex_;
    locks::Condition asked_;
    Standing standing_ SEKISHO_GUARDED_BY(mutex_);
    bool asking_ SEKISHO_GUARDED_BY(mutex_) = false;

    std::string refused_password_;  // both belong to the thread that asks
    Standing::Time rest_until_{};
};

}  // namespace sekisho::careplan_adapter
