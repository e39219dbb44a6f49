// Cryptography as the gateway uses it, each operation one call into OpenSSL.
//
// SHA-256 for digests, HMAC-SHA-256 for keyed hashes of persons, AES-256-GCM for what rests on
// disk, ECDSA P-256 (ES256, RFC 7518) for receipts. Keys live in cleansed memory. Functions are
// thread-safe; a Sha256Stream belongs to one thread at a time. OpenSSL failing where it cannot (out
// of memory) ends the process rather than going on wrong.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/platform/ports.h"
#include "routing/model/identifiers.h"
#include "routing/model/problem.h"

struct evp_pkey_st;
struct evp_md_ctx_st;

namespace sekisho::platform {

model::Sha256 sha256(std::string_view bytes);

class Sha256Stream {
  public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;

    void update(std::string_view bytes);
    model::Sha256 finish();  // once

  private:
    evp_md_ctx_st* context_;
};

// 32 secret bytes, cleansed when they go.
class SecretKey {
  public:
    SecretKey() = default;
    explicit SecretKey(std::array<std::uint8_t, 32> bytes) : bytes_(bytes) {}
    ~SecretKey();
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;

    static SecretKey make(Random& random);
    static std::optional<SecretKey> from_bytes(std::string_view bytes);
    std::string_view bytes() const;

  private:
    std::array<std::uint8_t, 32> bytes_{};
};

model::Sha256 hmac_sha256(const SecretKey& key, std::string_view bytes);

using Nonce = std::array<std::uint8_t, 12>;

// AES-256-GCM: ciphertext followed by its 16-byte tag. A nonce serves one sealing under one key,
// ever.
std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view associated,
                 std::string_view plain);
std::optional<std::string> open(const SecretKey& key, const Nonce& nonce,
                                std::string_view associated, std::string_view sealed);

// A P-256 key that signs ES256. Immutable; signing is thread-safe.
class SigningKey {
  public:
    static SigningKey make();
    static model::Result<SigningKey> from_pem(std::string_view pem);

    std::string to_pem() const;  // PKCS#8, unencrypted: for a file with mode 0600
    std::string sign(std::string_view bytes) const;  // 64 bytes: r || s
    std::string x() const;                           // 32 bytes, big-endian
    std::string y() const;

  private:
    explicit SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

// Verifies r || s by the public point (x, y), 32 bytes each.
bool verify_es256(std::string_view x, std::string_view y, std::string_view bytes,
                  std::string_view signature);

}  // namespace sekisho::platform
