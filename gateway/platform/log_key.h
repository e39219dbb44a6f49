// The key that signs checkpoints of the log: Ed25519 (RFC 8032), one call into OpenSSL each.
//
// Immutable; thread-safe. A signature that does not hold is an answer, never an error.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/problem.h"

struct evp_pkey_st;

namespace sekisho::platform {

class LogKey {
  public:
    static LogKey make();
    static model::Result<LogKey> from_pem(std::string_view pem);

    std::string to_pem() const;  // PKCS#8, unencrypted: for a file with mode 0600
    std::string sign(std::string_view bytes) const;  // 64 bytes
    std::string public_key() const;                  // 32 bytes

  private:
    explicit LogKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

// A public key as the one line of its file: 64 hexadecimal digits.
std::string public_log_line(const LogKey& key);
std::optional<std::string> public_log_key(std::string_view line);

// The keys of one log, each list the newest first. `retired` (public keys, 32 bytes) sign no more;
// what they signed is still to be verified.
struct LogKeys {
    std::vector<LogKey> signing;
    std::vector<std::string> retired{};
};

bool verify_ed25519(std::string_view public_key, std::string_view bytes,
                    std::string_view signature);

}  // namespace sekisho::platform
