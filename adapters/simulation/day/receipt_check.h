// Verifying a receipt as its holder would: with the published keys and OpenSSL, and nothing of the
// gateway's code.
//
// JWS compact, ES256 (RFC 7515, RFC 7518 section 3.4): the signature is r || s over
// "header.payload", by the key whose `kid` the header names. Then the claims must be those of what
// was sent. Pure functions.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "adapters/documents/json.h"

namespace sekisho::simulation {

struct ReceiptWanted {
    std::string source;  // "/medical/1319900021"
    std::string id;
    std::string type;  // "jp.sekisho.certification.opinion"
    std::string_view body;
};

// The claims; or what is wrong, in a few words.
std::expected<documents::Json, std::string> verify_signature(std::string_view jws,
                                                             const documents::Json& jwks);
std::expected<documents::Json, std::string> check_receipt(std::string_view jws,
                                                          const documents::Json& jwks,
                                                          const ReceiptWanted& wanted);

std::string sha256_hex(std::string_view bytes);

}  // namespace sekisho::simulation
