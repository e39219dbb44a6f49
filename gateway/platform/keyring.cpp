#include "gateway/platform/keyring.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "gateway/platform/hex.h"
#include "gateway/platform/key_file.h"
#include "gateway/platform/openssl_owned.h"

namespace sekisho::platform {

namespace {

using model::Problem;
using model::Result;

constexpr std::size_t kKeyFileBytesMax = 16'384;
constexpr unsigned kOwnerOnly = 0600;

std::string in_folder(const std::string& folder, const std::string& name) {
    std::string path = folder;
    return path.append("/").append(name);
}

std::unexpected<model::Refusal> wrong(const std::string& file, const std::string& ja,
                                      const std::string& en) {
    return model::refuse(Problem::internal, {.ja = file + ": " + ja, .en = file + ": " + en});
}

std::string hex_line(const SecretKey& key) {
    return to_hex_digits(key.bytes()) + "\n";
}

// 64 hexadecimal digits, one line.
std::optional<SecretKey> from_hex_line(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    const auto bytes = from_hex_digits(text);
    return bytes ? SecretKey::from_bytes(*bytes) : std::nullopt;
}

std::string wrapping_context(std::uint32_t number) {
    return "sekisho data key under body-" + std::to_string(number);
}

bool is_key(std::string_view name) {
    const auto file = key_file(name);
    return file && file->use != KeyUse::retired_log;
}

Result<SecretKey> load_secret(Files& files, const std::string& path) {
    const auto text = files.read(path, kKeyFileBytesMax);
    if (!text) return std::unexpected(text.error());
    const auto key = from_hex_line(*text);
    if (!key) {
        return wrong(path, "16進数64桁の鍵ではありません", "not a key of 64 hexadecimal digits");
    }
    return *key;
}

Result<std::string> load_public(Files& files, const std::string& path) {
    auto text = files.read(path, kKeyFileBytesMax);
    if (!text) return std::unexpected(text.error());
    if (auto key = public_log_key(*text)) return std::move(*key);
    return wrong(path, "Ed25519 公開鍵の行ではありません", "not the line of an Ed25519 public key");
}

template <class Key>
Result<Key> load_pem(Files& files, const std::string& path) {
    const auto pem = files.read(path, kKeyFileBytesMax);
    if (!pem) return std::unexpected(pem.error());
    auto key = Key::from_pem(*pem);
    if (!key) return wrong(path, key.error().detail.ja, key.error().detail.en);
    return key;
}

}  // namespace

std::string new_key_line(Random& random) {
    return hex_line(SecretKey::make(random));
}

Result<void> Keyring::create(Files& files, Random& random, const std::string& folder) {
    if (auto made = files.make_directories(folder); !made) return made;
    const auto names = files.list(folder);
    if (!names) return std::unexpected(names.error());
    if (const auto there = std::ranges::find_if(*names, is_key); there != names->end()) {
        return wrong(folder + "/" + *there, "鍵が既にあります。置き換えません",
                     "a key is there already; it is not replaced");
    }
    const std::array<std::pair<std::string, std::string>, 4> keys{{
        {"body-1.key", hex_line(SecretKey::make(random))},
        {"person.key", hex_line(SecretKey::make(random))},
        {"receipt-1.pem", SigningKey::make().to_pem()},
        {"log.pem", LogKey::make().to_pem()},
    }};
    for (const auto& [name, text] : keys) {
        auto stored = files.write_whole(in_folder(folder, name), text, kOwnerOnly);
        if (!stored) return stored;
    }
    return {};
}

Result<Keyring> Keyring::load(Files& files, const std::string& folder) {
    const auto names = files.list(folder);
    if (!names) return std::unexpected(names.error());
    Keyring keyring;
    auto person = load_secret(files, folder + "/person.key");
    if (!person) return std::unexpected(person.error());
    keyring.person_key_ = *person;
    std::map<std::uint32_t, SigningKey> receipts;
    std::map<std::uint32_t, LogKey, std::greater<>> logs;
    std::map<std::uint32_t, std::string, std::greater<>> public_logs;
    for (const std::string& name : *names) {
        const std::string path = in_folder(folder, name);
        const auto file = key_file(name);
        if (!file) continue;
        if (file->use == KeyUse::body) {
            auto key = load_secret(files, path);
            if (!key) return std::unexpected(key.error());
            keyring.body_keys_.emplace(file->number, *key);
        } else if (file->use == KeyUse::receipt) {
            auto key = load_pem<SigningKey>(files, path);
            if (!key) return std::unexpected(key.error());
            receipts.emplace(file->number, std::move(*key));
        } else if (file->use == KeyUse::log) {
            auto key = load_pem<LogKey>(files, path);
            if (!key) return std::unexpected(key.error());
            logs.emplace(file->number, std::move(*key));
        } else if (file->use == KeyUse::retired_log) {
            auto key = load_public(files, path);
            if (!key) return std::unexpected(key.error());
            public_logs.emplace(file->number, std::move(*key));
        }
    }
    if (keyring.body_keys_.empty()) {
        return wrong(folder, "body-N.key がありません", "there is no body-N.key");
    }
    if (receipts.empty()) {
        return wrong(folder, "receipt-N.pem がありません", "there is no receipt-N.pem");
    }
    if (logs.empty()) return wrong(folder, "log.pem がありません", "there is no log.pem");
    for (auto& [number, key] : logs) keyring.log_keys_.signing.push_back(key);
    for (auto& [number, key] : public_logs) {
        if (!logs.contains(number)) keyring.log_keys_.retired.push_back(key);
    }
    for (auto& [number, key] : receipts) {
        keyring.receipt_keys_.push_back(
            {.kid = kid_of({.use = KeyUse::receipt, .number = number}), .key = key});
    }
    return keyring;
}

Keyring Keyring::generate(Random& random) {
    Keyring keyring;
    keyring.body_keys_.emplace(1, SecretKey::make(random));
    keyring.person_key_ = SecretKey::make(random);
    keyring.receipt_keys_.push_back({.kid = "receipt-1", .key = SigningKey::make()});
    keyring.log_keys_.signing.push_back(LogKey::make());
    return keyring;
}

WrappedKey Keyring::wrap(Random& random, const SecretKey& data_key) const {
    const auto& [number, key] = *body_keys_.rbegin();
    Nonce nonce{};
    random.fill(nonce);
    std::string bytes(nonce.begin(), nonce.end());
    bytes += seal(key, nonce, wrapping_context(number), data_key.bytes());
    return {.wrapping_key = number, .bytes = std::move(bytes)};
}

std::optional<SecretKey> Keyring::unwrap(const WrappedKey& wrapped) const {
    const auto key = body_keys_.find(wrapped.wrapping_key);
    Nonce nonce{};
    if (key == body_keys_.end() || wrapped.bytes.size() < nonce.size()) return std::nullopt;
    std::copy_n(octets(wrapped.bytes), nonce.size(), nonce.begin());
    auto plain = open(key->second, nonce, wrapping_context(wrapped.wrapping_key),
                      std::string_view(wrapped.bytes).substr(nonce.size()));
    if (!plain) return std::nullopt;
    auto data_key = SecretKey::from_bytes(*plain);
    OPENSSL_cleanse(plain->data(), plain->size());
    return data_key;
}

model::PersonHash Keyring::hash(const model::Person& person) const {
    // NUL bytes set it apart from every other keyed hash: business keys are printable.
    std::string text("\0person\0", 8);
    text += person.insurer.text();
    text.push_back('\0');
    text += person.insured.text();
    return model::PersonHash(model::to_hex(keyed_hash(text)));
}

}  // namespace sekisho::platform
