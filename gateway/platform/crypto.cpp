#include "gateway/platform/crypto.h"

#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <utility>

#include "gateway/platform/openssl_owned.h"

namespace sekisho::platform {

namespace {

constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kCoordinateBytes = 32;

// Algorithms are constants: looked up once, since OpenSSL 3.0 pays dearly for each look-up.
const EVP_MD* sha256_algorithm() {
    static const Owned<EVP_MD, EVP_MD_free> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    must(algorithm != nullptr, "EVP_MD_fetch");
    return algorithm.get();
}

const EVP_CIPHER* aes_algorithm() {
    static const Owned<EVP_CIPHER, EVP_CIPHER_free> algorithm(
        EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    must(algorithm != nullptr, "EVP_CIPHER_fetch");
    return algorithm.get();
}

std::string coordinate(EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    must(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "EVP_PKEY_get_bn_param");
    const OwnedBignum number(raw);
    std::string bytes(kCoordinateBytes, '\0');
    must(BN_bn2binpad(number.get(), octets(bytes), static_cast<int>(bytes.size())) > 0,
         "BN_bn2binpad");
    return bytes;
}

bool is_p256(EVP_PKEY* key) {
    std::string group(64, '\0');
    std::size_t length = 0;
    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1 &&
           std::string_view(group.data(), length) == "prime256v1";
}

OwnedKey public_point(std::string_view x, std::string_view y) {
    if (x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) return nullptr;
    std::string point = "\x04" + std::string(x) + std::string(y);
    std::string group = "P-256";
    const std::array<OSSL_PARAM, 3> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    must(context != nullptr, "EVP_PKEY_CTX_new_from_name");
    EVP_PKEY* raw = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY,
                          const_cast<OSSL_PARAM*>(parameters.data())) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return OwnedKey(raw);
}

std::optional<std::string> der_of(std::string_view signature) {
    const OwnedEcdsaSignature parts(ECDSA_SIG_new());
    const auto half = static_cast<int>(kCoordinateBytes);
    BIGNUM* r = BN_bin2bn(octets(signature), half, nullptr);
    BIGNUM* s = BN_bin2bn(octets(signature) + half, half, nullptr);
    must(parts != nullptr && r != nullptr && s != nullptr, "ECDSA_SIG_new");
    must(ECDSA_SIG_set0(parts.get(), r, s) == 1, "ECDSA_SIG_set0");
    unsigned char* raw = nullptr;
    const int length = i2d_ECDSA_SIG(parts.get(), &raw);
    if (length <= 0) return std::nullopt;
    std::string der(reinterpret_cast<char*>(raw), static_cast<std::size_t>(length));
    OPENSSL_free(raw);
    return der;
}

}  // namespace

model::Sha256 sha256(std::string_view bytes) {
    model::Sha256 digest{};
    must(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, sha256_algorithm(),
                    nullptr) == 1,
         "EVP_Digest");
    return digest;
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
    must(context_ != nullptr, "EVP_MD_CTX_new");
    must(EVP_DigestInit_ex2(context_, sha256_algorithm(), nullptr) == 1, "EVP_DigestInit_ex2");
}

Sha256Stream::~Sha256Stream() {
    EVP_MD_CTX_free(context_);
}

Sha256Stream::Sha256Stream(Sha256Stream&& other) noexcept
    : context_(std::exchange(other.context_, nullptr)) {}

Sha256Stream& Sha256Stream::operator=(Sha256Stream&& other) noexcept {
    std::swap(context_, other.context_);
    return *this;
}

void Sha256Stream::update(std::string_view bytes) {
    must(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
}

model::Sha256 Sha256Stream::finish() {
    model::Sha256 digest{};
    must(EVP_DigestFinal_ex(context_, digest.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    return digest;
}

SecretKey::~SecretKey() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

SecretKey SecretKey::make(Random& random) {
    SecretKey key;
    random.fill(key.bytes_);
    return key;
}

std::optional<SecretKey> SecretKey::from_bytes(std::string_view bytes) {
    SecretKey key;
    if (bytes.size() != key.bytes_.size()) return std::nullopt;
    std::copy_n(octets(bytes), bytes.size(), key.bytes_.begin());
    return key;
}

std::string_view SecretKey::bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

model::Sha256 hmac_sha256(const SecretKey& key, std::string_view bytes) {
    model::Sha256 digest{};
    unsigned length = 0;
    must(HMAC(sha256_algorithm(), key.bytes().data(), static_cast<int>(key.bytes().size()),
              octets(bytes), bytes.size(), digest.data(), &length) != nullptr &&
             length == digest.size(),
         "HMAC");
    return digest;
}

std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view associated,
                 std::string_view plain) {
    const OwnedCipherContext context(EVP_CIPHER_CTX_new());
    must(context != nullptr, "EVP_CIPHER_CTX_new");
    std::string sealed(plain.size() + kTagBytes, '\0');
    int written = 0;
    const bool held =
        EVP_EncryptInit_ex2(context.get(), aes_algorithm(), octets(key.bytes()), nonce.data(),
                            nullptr) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &written, octets(associated),
                          static_cast<int>(associated.size())) == 1 &&
        EVP_EncryptUpdate(context.get(), octets(sealed), &written, octets(plain),
                          static_cast<int>(plain.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), octets(sealed) + plain.size(), &written) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagBytes),
                            octets(sealed) + plain.size()) == 1;
    must(held, "AES-256-GCM sealing");
    return sealed;
}

std::optional<std::string> open(const SecretKey& key, const Nonce& nonce,
                                std::string_view associated, std::string_view sealed) {
    if (sealed.size() < kTagBytes) return std::nullopt;
    const std::size_t size = sealed.size() - kTagBytes;
    const OwnedCipherContext context(EVP_CIPHER_CTX_new());
    must(context != nullptr, "EVP_CIPHER_CTX_new");
    std::string plain(size + kTagBytes, '\0');
    std::string tag(sealed.substr(size));
    int written = 0;
    must(EVP_DecryptInit_ex2(context.get(), aes_algorithm(), octets(key.bytes()), nonce.data(),
                             nullptr) == 1 &&
             EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagBytes),
                                 tag.data()) == 1,
         "AES-256-GCM opening");
    const bool held = EVP_DecryptUpdate(context.get(), nullptr, &written, octets(associated),
                                        static_cast<int>(associated.size())) == 1 &&
                      EVP_DecryptUpdate(context.get(), octets(plain), &written, octets(sealed),
                                        static_cast<int>(size)) == 1 &&
                      EVP_DecryptFinal_ex(context.get(), octets(plain) + size, &written) == 1;
    plain.resize(size);
    if (held) return plain;
    OPENSSL_cleanse(plain.data(), plain.size());
    ERR_clear_error();
    return std::nullopt;
}

SigningKey SigningKey::make() {
    std::shared_ptr<EVP_PKEY> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    must(key != nullptr, "EVP_EC_gen");
    return SigningKey(std::move(key));
}

model::Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
    // A key that asks for a passphrase is refused: nobody is there to be asked.
    const auto no_passphrase = [](char*, int, int, void*) { return -1; };
    std::shared_ptr<EVP_PKEY> key(
        PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, no_passphrase, nullptr),
        EVP_PKEY_free);
    if (key != nullptr && is_p256(key.get())) return SigningKey(std::move(key));
    ERR_clear_error();
    return model::refuse(model::Problem::internal,
                         {.ja = "PEM 形式の P-256 秘密鍵ではありません",
                          .en = "not an unencrypted P-256 private key in PEM"});
}

std::string SigningKey::to_pem() const {
    return private_pem(key_.get());
}

std::string SigningKey::sign(std::string_view bytes) const {
    const OwnedDigestContext context(EVP_MD_CTX_new());
    must(context != nullptr && EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr,
                                                     nullptr, key_.get(), nullptr) == 1,
         "EVP_DigestSignInit_ex");
    std::array<unsigned char, 128> der{};
    std::size_t length = der.size();
    must(EVP_DigestSign(context.get(), der.data(), &length, octets(bytes), bytes.size()) == 1,
         "EVP_DigestSign");
    const unsigned char* cursor = der.data();
    const OwnedEcdsaSignature parts(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(length)));
    must(parts != nullptr, "d2i_ECDSA_SIG");
    std::string signature(2 * kCoordinateBytes, '\0');
    const auto half = static_cast<int>(kCoordinateBytes);
    must(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), octets(signature), half) == half &&
             BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), octets(signature) + half, half) == half,
         "BN_bn2binpad");
    return signature;
}

std::string SigningKey::x() const {
    return coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X);
}

std::string SigningKey::y() const {
    return coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
}

bool verify_es256(std::string_view x, std::string_view y, std::string_view bytes,
                  std::string_view signature) {
    if (signature.size() != 2 * kCoordinateBytes) return false;
    const OwnedKey key = public_point(x, y);
    const std::optional<std::string> der = der_of(signature);
    if (key == nullptr || !der) return false;
    const OwnedDigestContext context(EVP_MD_CTX_new());
    must(context != nullptr && EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr,
                                                       nullptr, key.get(), nullptr) == 1,
         "EVP_DigestVerifyInit_ex");
    const bool held = EVP_DigestVerify(context.get(), octets(*der), der->size(), octets(bytes),
                                       bytes.size()) == 1;
    if (!held) ERR_clear_error();
    return held;
}

}  // namespace sekisho::platform
