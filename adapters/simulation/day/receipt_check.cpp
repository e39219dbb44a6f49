#include "adapters/simulation/day/receipt_check.h"

#include <memory>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "adapters/documents/base64.h"
#include "routing/model/identifiers.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::size_t kCoordinateBytes = 32;

struct OpenSslEnd {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
};
template <class T>
using Owned = std::unique_ptr<T, OpenSslEnd>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Owned<EVP_PKEY> public_key(const std::string& x, const std::string& y) {
    const std::string point = "\x04" + x + y;  // uncompressed
    const Owned<OSSL_PARAM_BLD> builder{OSSL_PARAM_BLD_new()};
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    const Owned<OSSL_PARAM> parameters{OSSL_PARAM_BLD_to_param(builder.get())};
    const Owned<EVP_PKEY_CTX> context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) <= 0 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0)
        return nullptr;
    return Owned<EVP_PKEY>{key};
}

// r || s as OpenSSL wants it: DER.
std::string der_of(std::string_view raw) {
    const Owned<ECDSA_SIG> signature{ECDSA_SIG_new()};
    constexpr int kBytes = static_cast<int>(kCoordinateBytes);
    BIGNUM* r = BN_bin2bn(bytes_of(raw), kBytes, nullptr);
    BIGNUM* s = BN_bin2bn(bytes_of(raw.substr(kCoordinateBytes)), kBytes, nullptr);
    ECDSA_SIG_set0(signature.get(), r, s);
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0) return {};
    std::string text{reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)};
    OPENSSL_free(der);
    return text;
}

bool verifies(EVP_PKEY* key, std::string_view signed_text, std::string_view raw) {
    const std::string der = der_of(raw);
    const Owned<EVP_MD_CTX> context{EVP_MD_CTX_new()};
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(signed_text),
                            signed_text.size()) == 1;
}

const Json* key_named(const Json& jwks, std::string_view name) {
    const Json* keys = jwks.find("keys");
    if (keys == nullptr) return nullptr;
    for (const Json& key : keys->items()) {
        if (key.string_at("kid") == name && key.string_at("kty") == "EC" &&
            key.string_at("crv") == "P-256")
            return &key;
    }
    return nullptr;
}

std::optional<Json> decoded(std::string_view part) {
    const auto text = documents::from_base64url(part);
    if (!text) return std::nullopt;
    auto json = documents::parse_json(*text);
    if (!json) return std::nullopt;
    return std::move(*json);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    model::Sha256 digest{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return model::to_hex(digest);
}

std::expected<Json, std::string> verify_signature(std::string_view jws, const Json& jwks) {
    const auto first = jws.find('.');
    const auto second = jws.find('.', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) return std::unexpected("the receipt is no JWS");
    const auto header = decoded(jws.substr(0, first));
    auto claims = decoded(jws.substr(first + 1, second - first - 1));
    const auto signature = documents::from_base64url(jws.substr(second + 1));
    if (!header || !claims || !signature || signature->size() != 2 * kCoordinateBytes)
        return std::unexpected("the receipt cannot be read");
    if (header->string_at("alg") != "ES256") return std::unexpected("the receipt is not ES256");
    const Json* jwk = key_named(jwks, header->string_at("kid").value_or(""));
    if (jwk == nullptr) return std::unexpected("the receipt's key is not published");
    const auto x = documents::from_base64url(jwk->string_at("x").value_or(""));
    const auto y = documents::from_base64url(jwk->string_at("y").value_or(""));
    if (!x || !y || x->size() != kCoordinateBytes || y->size() != kCoordinateBytes)
        return std::unexpected("the published key cannot be read");
    const auto key = public_key(*x, *y);
    if (!key || !verifies(key.get(), jws.substr(0, second), *signature))
        return std::unexpected("the receipt's signature is wrong");
    return std::move(*claims);
}

std::expected<Json, std::string> check_receipt(std::string_view jws, const Json& jwks,
                                               const ReceiptWanted& wanted) {
    auto claims = verify_signature(jws, jwks);
    if (!claims) return claims;
    const auto differs = [&](std::string_view claim, std::string_view value) {
        return claims->string_at(claim) != value;
    };
    if (differs("id", wanted.id)) return std::unexpected("the receipt is for another id");
    if (differs("source", wanted.source))
        return std::unexpected("the receipt is for another sender");
    if (differs("type", wanted.type)) return std::unexpected("the receipt is for another type");
    if (differs("sha256", sha256_hex(wanted.body)))
        return std::unexpected("the receipt is for other bytes");
    if (claims->integer_at("size") != static_cast<std::int64_t>(wanted.body.size()))
        return std::unexpected("the receipt is for another size");
    return claims;
}

}  // namespace sekisho::simulation
