#include "gateway/audit/receipt.h"

#include <array>
#include <chrono>
#include <utility>

#include "adapters/documents/base64.h"
#include "routing/model/event_type.h"

namespace sekisho::audit {

namespace {

using documents::from_base64url;
using documents::Json;
using documents::to_base64url;
using model::Problem;
using model::Result;

constexpr std::string_view kAlgorithm = "ES256";

Json whole(std::uint64_t number) {
    return Json::number(static_cast<std::int64_t>(number));
}

std::unexpected<model::Refusal> unreadable(std::string en, std::string ja) {
    return model::refuse(Problem::json_malformed, {.ja = std::move(ja), .en = std::move(en)});
}

std::unexpected<model::Refusal> untrue(std::string en, std::string ja) {
    return model::refuse(Problem::digest_mismatch, {.ja = std::move(ja), .en = std::move(en)});
}

// The three parts of the compact form, as they are written.
struct Parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
};

std::optional<Parts> split(std::string_view jws) {
    const std::size_t first = jws.find('.');
    const std::size_t second = jws.find('.', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    if (jws.find('.', second + 1) != std::string_view::npos) return std::nullopt;
    return Parts{.header = jws.substr(0, first),
                 .payload = jws.substr(first + 1, second - first - 1),
                 .signature = jws.substr(second + 1)};
}

std::optional<Json> object_in(std::string_view part) {
    const auto bytes = from_base64url(part);
    if (!bytes) return std::nullopt;
    auto json = documents::parse_json(*bytes);
    if (!json || !json->is_object()) return std::nullopt;
    return std::move(*json);
}

struct Point {
    std::string x;
    std::string y;
};

// The public point of the one key that is named `kid` and may verify ES256 signatures.
std::optional<Point> point_of(const Json& jwks, std::string_view kid) {
    const Json* keys = jwks.find("keys");
    if (keys == nullptr) return std::nullopt;
    for (const Json& key : keys->items()) {
        if (key.string_at("kid") != kid) continue;
        if (key.string_at("kty") != "EC" || key.string_at("crv") != "P-256") return std::nullopt;
        if (key.find("alg") != nullptr && key.string_at("alg") != kAlgorithm) return std::nullopt;
        if (key.find("use") != nullptr && key.string_at("use") != "sig") return std::nullopt;
        auto x = from_base64url(key.string_at("x").value_or(""));
        auto y = from_base64url(key.string_at("y").value_or(""));
        if (!x || !y) return std::nullopt;
        return Point{.x = std::move(*x), .y = std::move(*y)};
    }
    return std::nullopt;
}

}  // namespace

Json to_json(const ReceiptClaims& claims) {
    Json recipients = Json::array();
    for (const auto& party : claims.recipients) {
        recipients.push(Json::string(model::to_string(party)));
    }
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(claims.accepted_at).time_since_epoch();
    Json json = Json::object();
    json.set("iss", claims.issuer)
        .set("iat", Json::number(seconds.count()))
        .set("id", claims.id.text())
        .set("source", model::to_source(claims.source))
        .set("author", model::to_string(claims.author))
        .set("type", model::event_type(claims.type))
        .set("sha256", model::to_hex(claims.sha256))
        .set("size", whole(claims.size))
        .set("recipients", std::move(recipients))
        .set("routes", whole(claims.routes))
        .set("log", whole(claims.log))
        .set("logorigin", claims.log_origin)
        .set("x5t#S256", to_base64url({reinterpret_cast<const char*>(claims.certificate.data()),
                                       claims.certificate.size()}));
    if (!claims.admission.empty()) json.set("admission", claims.admission);
    return json;
}

std::string sign_receipt(const ReceiptClaims& claims, const platform::ReceiptKey& key) {
    Json header = Json::object();
    header.set("alg", std::string(kAlgorithm)).set("kid", key.kid);
    const std::string signed_text = to_base64url(documents::to_text(header)) + "." +
                                    to_base64url(documents::to_text(to_json(claims)));
    return signed_text + "." + to_base64url(key.key.sign(signed_text));
}

Json to_jwks(const std::vector<platform::ReceiptKey>& keys) {
    Json array = Json::array();
    for (const platform::ReceiptKey& key : keys) {
        Json jwk = Json::object();
        jwk.set("kty", "EC")
            .set("crv", "P-256")
            .set("x", to_base64url(key.key.x()))
            .set("y", to_base64url(key.key.y()))
            .set("kid", key.kid)
            .set("use", "sig")
            .set("alg", std::string(kAlgorithm));
        array.push(std::move(jwk));
    }
    Json jwks = Json::object();
    jwks.set("keys", std::move(array));
    return jwks;
}

Result<Json> verify_receipt(std::string_view jws, const Json& jwks) {
    const auto parts = split(jws);
    if (!parts) {
        return unreadable("a receipt has three parts with dots between them",
                          "受領証は点で区切られた三つの部分からなります");
    }
    const auto header = object_in(parts->header);
    auto payload = object_in(parts->payload);
    const auto signature = from_base64url(parts->signature);
    if (!header || !payload || !signature) {
        return unreadable("a part of the receipt cannot be read", "受領証の一部が読めません");
    }
    // RFC 7515 4.1.11: who does not understand what is critical must refuse; we understand none.
    if (header->string_at("alg") != kAlgorithm || header->find("crit") != nullptr) {
        return untrue("the receipt is not signed with ES256",
                      "受領証の署名が ES256 ではありません");
    }
    const auto kid = header->string_at("kid");
    const auto point = kid ? point_of(jwks, *kid) : std::nullopt;
    if (!point) {
        return untrue("the receipt's key is not among the published ones",
                      "受領証の鍵が公開鍵一覧にありません");
    }
    const std::string_view signed_text =
        jws.substr(0, parts->header.size() + 1 + parts->payload.size());
    if (!platform::verify_es256(point->x, point->y, signed_text, *signature)) {
        return untrue("the receipt's signature does not hold", "受領証の署名が一致しません");
    }
    return std::move(*payload);
}

}  // namespace sekisho::audit
