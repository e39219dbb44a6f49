// Commands to the JPKI application of a My Number card, and what its answers say.
//
// Short APDUs (ISO/IEC 7816-4): class, instruction, P1, P2, then data with its length, then the
// length wanted (00 for 256). Source: formats of the JPKI application as OpenSC's driver
// (card-jpki.c) and the myna client use them; each function names its bytes. An answer is up to
// 256 bytes and two status words; whatever has another shape is `truncated`.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/card/failure.h"
#include "gateway/card/pin.h"
#include "gateway/platform/card_reader.h"
#include "routing/model/identifiers.h"

namespace sekisho::card {

using platform::CardCommand;

enum class File : std::uint16_t {
    token = 0x0006,
    authentication_certificate = 0x000A,
    authentication_key = 0x0017,
    authentication_pin = 0x0018,
};

CardCommand select_application();                             // 00 A4 04 0C 0A <AID>
CardCommand select_file(File file);                           // 00 A4 02 0C 02 <EF>
CardCommand read_binary(std::size_t offset, std::size_t le);  // 00 B0 <offset> Le; le 1 to 256
CardCommand ask_tries();                                      // 00 20 00 80
CardCommand verify(const Pin& pin);                           // 00 20 00 80 04 <PIN>
// 80 2A 00 80 33 <DigestInfo> 00: PKCS #1 v1.5 over SHA-256; the card does the padding.
CardCommand sign(const model::Sha256& digest);

inline constexpr std::size_t kResponseDataMax = 256;
inline constexpr std::size_t kSignatureBytes = 256;  // RSA-2048

struct Response {
    std::string data{};
    StatusWords status = 0;
};

// nullopt: shorter than status words, or longer than an answer can be.
std::optional<Response> parse_response(std::string_view bytes);

inline constexpr StatusWords kDone = 0x9000;
inline constexpr StatusWords kEndOfFile = 0x6282;    // fewer bytes than asked for
inline constexpr StatusWords kPinBlocked = 0x6983;   // authentication method blocked
inline constexpr StatusWords kPinUnusable = 0x6984;  // reference data not usable
inline constexpr StatusWords kFileNotFound = 0x6A82;

// 63 Cx: x tries are left. 6983 and 6984: none. nullopt for all else.
std::optional<int> tries_of(StatusWords status);

// The whole length of the certificate whose first bytes these are, header included; nullopt where
// they do not begin an ASN.1 SEQUENCE of a definite length, written as DER writes it, of at most
// limits::kCardCertificateBytesMax.
inline constexpr std::size_t kDerHeaderBytes = 4;
std::optional<std::size_t> certificate_size(std::string_view head);

// What EF 0006 says of what lies on the reader. Its 32 bytes are ASCII, filled up with blanks.
enum class Token : std::uint8_t { my_number_card, resident_card, smartphone, unknown };
inline constexpr std::size_t kTokenBytes = 32;
Token token_of(std::string_view content);
std::string_view to_string(Token token);  // "my-number-card"

}  // namespace sekisho::card
