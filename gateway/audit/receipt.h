// Receipts: JWS compact, ES256 (RFC 7515, RFC 7518), which any stock library verifies with GET
// /v1/keys.
//
// A receipt says that Sekisho has durably taken exactly these bytes. It is made after the commit,
// never before. The claims of a replayed receipt are those of the first; only the signature may be
// made anew.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"
#include "gateway/platform/keyring.h"
#include "routing/model/envelope.h"

namespace sekisho::audit {

struct ReceiptClaims {
    std::string issuer;            // iss
    model::Instant accepted_at{};  // iat, in whole seconds
    model::MessageId id;
    model::PartyId source;
    model::PartyId author;
    model::TypeId type;
    model::Sha256 sha256{};
    std::uint64_t size = 0;
    std::vector<model::PartyId> recipients{};
    std::uint64_t routes = 0;
    std::uint64_t log = 0;  // index of the acceptance leaf
    std::string log_origin;
    model::Sha256 certificate{};  // x5t#S256
    std::string admission{};      // of a registration: "card good", "card not-checked", "document"
};

documents::Json to_json(const ReceiptClaims& claims);
std::string sign_receipt(const ReceiptClaims& claims, const platform::ReceiptKey& key);
documents::Json to_jwks(const std::vector<platform::ReceiptKey>& keys);

// The claims of `jws` when one of the keys of `jwks` verifies it; json_malformed or digest_mismatch
// otherwise.
model::Result<documents::Json> verify_receipt(std::string_view jws, const documents::Json& jwks);

}  // namespace sekisho::audit
