// The keyring: the keys that wrap the data keys of bodies, the key that hashes persons, the key
// that signs receipts.
//
// In a folder (0700), each file 0600: `body-N.key` (32 bytes, hexadecimal; the highest N wraps, all
// unwrap), `person.key` (the same; never changes, or hashes lose their persons), `receipt-N.pem`
// (P-256; the highest N signs, all are published), `log.pem`, after a rotation also `log-N.pem`
// (Ed25519; each signs every checkpoint of the log until its file is taken away) and `log-N.pub`
// (the public key, by which older checkpoints are verified for ever). Loaded once;
// immutable; thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/platform/crypto.h"
#include "gateway/platform/log_key.h"

namespace sekisho::platform {

struct WrappedKey {
    std::uint32_t wrapping_key = 0;  // N of body-N.key
    std::string bytes;               // nonce and sealed data key
    friend bool operator==(const WrappedKey&, const WrappedKey&) = default;
};

struct ReceiptKey {
    std::string kid;  // "receipt-1"
    SigningKey key;
};

// A new key as the line of its file (body-N.key).
std::string new_key_line(Random& random);

class Keyring {
  public:
    // Writes a complete new set of keys into `folder`, refusing to replace any that is there.
    static model::Result<void> create(Files& files, Random& random, const std::string& folder);
    static model::Result<Keyring> load(Files& files, const std::string& folder);
    static Keyring generate(Random& random);  // in memory only: a gateway without state

    WrappedKey wrap(Random& random, const SecretKey& data_key) const;
    std::optional<SecretKey> unwrap(const WrappedKey& wrapped) const;
    model::PersonHash hash(const model::Person& person) const;  // hexadecimal, 64 digits
    // The same keyed hash over any text that may hold an insured number: business keys.
    model::Sha256 keyed_hash(std::string_view text) const { return hmac_sha256(person_key_, text); }
    const ReceiptKey& receipt_key() const { return receipt_keys_.back(); }  // the newest
    const std::vector<ReceiptKey>& receipt_keys() const { return receipt_keys_; }
    const LogKeys& log_keys() const { return log_keys_; }

  private:
    std::map<std::uint32_t, SecretKey> body_keys_;
    SecretKey person_key_;
    std::vector<ReceiptKey> receipt_keys_;
    LogKeys log_keys_;
};

}  // namespace sekisho::platform
