// The secret (パスワード, クライアントシークレット) by which the gateway logs in at a peer: a file
// of one line, read at each login, so that a new one needs no restart.
//
// It is not kept, but where it was refused: then the same one rests for kRefusedSecretRest, because
// accounts lock; another one is tried at once. Threads: one at a time.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>

#include "adapters/peer/token.h"

namespace sekisho::peer {

inline constexpr std::chrono::minutes kRefusedSecretRest{5};

// The content of the file without the line's end; nullopt where it cannot be read, is empty or is
// no single line of at most 1 KiB.
std::optional<std::string> read_secret(const std::string& file);

class SecretFile {
  public:
    // `name` for the record: "password".
    SecretFile(std::string file, std::string name)
        : file_(std::move(file)), name_(std::move(name)) {}

    std::expected<std::string, TokenTrouble> read(TokenTime now) const;
    void rest(std::string secret, TokenTime now);  // it was refused

  private:
    const std::string file_;
    const std::string name_;
    std::string refused_;
    TokenTime rest_until_{};
};

}  // namespace sekisho::peer
