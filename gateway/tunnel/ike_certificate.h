// X.509 certificates that the IKE daemon has: loaded from its folders, or shown by peers and kept.
//
// Why: a tunnel ends with its certificates, and which those are only the daemon knows; the doctor
// tells their days ahead. Revocation lists are never asked for: some daemons crash where one is
// larger than a value of VICI may be, 64 KiB (strongSwan's issue 1278). Source: the README of
// strongSwan's plugin "vici", event "list-cert" (strongSwan 5.9.8). Bytes are DER as the daemon
// gives them, and are opened by whoever asks. An event of another kind (a list, a public key) or
// without its bytes is no certificate: nullopt. Values; pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/tunnel/vici_message.h"
#include "routing/model/limits.h"

namespace sekisho::tunnel {

// As many as there may be peers; the bytes of all together.
inline constexpr std::size_t kIkeCertificatesMax = model::limits::kAssociationsMax;
inline constexpr std::size_t kIkeCertificatesBytesMax = 64 * model::limits::kMebibyte;

struct IkeCertificate {
    enum class Kind : std::uint8_t {
        end,        // the gateway's own, or a peer's
        authority,  // of those
        other,      // one that signs attributes or answers of OCSP
    };
    Kind kind = Kind::other;
    bool has_key = false;  // the daemon has its private key: it is this machine's own
    std::string der{};
    friend bool operator==(const IkeCertificate&, const IkeCertificate&) = default;
};

// Of one event "list-cert".
std::optional<IkeCertificate> certificate_in(const ViciSection& event);

}  // namespace sekisho::tunnel
