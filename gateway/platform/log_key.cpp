#include "gateway/platform/log_key.h"

#include "gateway/platform/hex.h"
#include "gateway/platform/openssl_owned.h"

namespace sekisho::platform {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

}  // namespace

LogKey LogKey::make() {
    std::shared_ptr<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
    must(key != nullptr, "EVP_PKEY_Q_keygen");
    return LogKey(std::move(key));
}

model::Result<LogKey> LogKey::from_pem(std::string_view pem) {
    // A key that asks for a passphrase is refused: nobody is there to be asked.
    const auto no_passphrase = [](char*, int, int, void*) { return -1; };
    std::shared_ptr<EVP_PKEY> key(
        PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, no_passphrase, nullptr),
        EVP_PKEY_free);
    if (key != nullptr && EVP_PKEY_is_a(key.get(), "ED25519") == 1) return LogKey(std::move(key));
    ERR_clear_error();
    return model::refuse(model::Problem::internal,
                         {.ja = "PEM 形式の Ed25519 秘密鍵ではありません",
                          .en = "not an unencrypted Ed25519 private key in PEM"});
}

std::string LogKey::to_pem() const {
    return private_pem(key_.get());
}

std::string LogKey::sign(std::string_view bytes) const {
    const OwnedDigestContext context(EVP_MD_CTX_new());
    std::string signature(kSignatureBytes, '\0');
    std::size_t length = signature.size();
    must(context != nullptr &&
             EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
             EVP_DigestSign(context.get(), octets(signature), &length, octets(bytes),
                            bytes.size()) == 1 &&
             length == kSignatureBytes,
         "an Ed25519 signature");
    return signature;
}

std::string LogKey::public_key() const {
    std::string bytes(kKeyBytes, '\0');
    std::size_t length = bytes.size();
    must(
        EVP_PKEY_get_raw_public_key(key_.get(), octets(bytes), &length) == 1 && length == kKeyBytes,
        "EVP_PKEY_get_raw_public_key");
    return bytes;
}

std::string public_log_line(const LogKey& key) {
    return to_hex_digits(key.public_key()) + "\n";
}

std::optional<std::string> public_log_key(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    auto key = from_hex_digits(line);
    if (!key || key->size() != kKeyBytes) return std::nullopt;
    return key;
}

bool verify_ed25519(std::string_view public_key, std::string_view bytes,
                    std::string_view signature) {
    if (public_key.size() != kKeyBytes || signature.size() != kSignatureBytes) return false;
    const OwnedKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(public_key),
                                                   public_key.size()));
    const OwnedDigestContext context(EVP_MD_CTX_new());
    const bool held =
        key != nullptr && context != nullptr &&
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(bytes),
                         bytes.size()) == 1;
    if (!held) ERR_clear_error();
    return held;
}

}  // namespace sekisho::platform
