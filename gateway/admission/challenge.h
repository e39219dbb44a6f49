// A challenge: what a card must sign, and for whom, what, when and over which connection.
//
// The answer to a request for one carries `id`, `challenge` (base64url, RFC 4648 section 5,
// unpadded) and `expires`. The decoded challenge is a text, made so that a vendor can take it apart
// and make it again in any language. Eight lines in this order, each ended by one LF (0x0A), the
// last one too; no CR, no blank, nothing else; every byte is printable ASCII:
//
//     sekisho-card-challenge/1
//     instance=demo.sekisho.example       the gateway's name, as receipts give it in `iss`
//     party=medical:1319900013            the office that asked
//     purpose=care                        what for
//     issued=2026-11-21T00:00:00Z         RFC 3339, UTC, whole seconds
//     expires=2026-11-21T00:05:00Z
//     nonce=...                           43 characters: base64url of 32 random bytes
//     client=...                          43 characters: base64url of the SHA-256 of the DER of the
//                                         client certificate of the TLS connection (x5t#S256)
//
// The first line separates the domain and the version: no text of another kind begins so, and
// whoever changes a line changes the number. No value holds an LF, so two challenges never share a
// text.
//
// What the card signs: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2) over the bytes of this
// text. A card that pads by itself is given, by COMPUTE DIGITAL SIGNATURE, the 51 bytes of its
// DigestInfo: 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20, and then the 32 bytes of
// SHA-256(text). The signature is as long as the key's modulus: 256 bytes of an RSA-2048 key.
// A careful client looks at `party` and `client` before it lets a card sign: a challenge that
// somebody else obtained names somebody else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "routing/model/identifiers.h"
#include "routing/model/instant.h"
#include "routing/model/party.h"

namespace sekisho::admission {

using ChallengeNonce = std::array<std::uint8_t, 32>;

struct Challenge {
    std::string instance;
    model::PartyId party;
    model::Purpose purpose;
    model::Instant issued;  // whole seconds
    model::Instant expires;
    ChallengeNonce nonce{};
    model::Sha256 client{};  // x5t#S256 of the TLS client
    friend bool operator==(const Challenge&, const Challenge&) = default;
};

std::string text_of(const Challenge& challenge);

// The other way round, for who lets a card sign: nullopt for every text that text_of() would not
// have written so.
std::optional<Challenge> read_challenge(std::string_view text);

// 1 to 256 printing ASCII characters: what may name a gateway in a text.
bool is_instance(std::string_view text);

// 1 to 64 lower-case letters, digits and hyphens: what may stand as a purpose in a text.
bool is_purpose(const model::Purpose& purpose);

}  // namespace sekisho::admission
