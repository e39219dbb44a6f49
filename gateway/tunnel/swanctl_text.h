// strongSwan's configuration for the zones that IPsec protects, out of the gateway's own parties.
//
// Who may have a tunnel, with which IKE identity and which addresses inside, stands in the
// directory once: the daemon is told what the gateway will hold the tunnel to. One connection for
// each device (an identity at a place), with a child for each end of a tunnel. IKEv2 with
// certificates, shown anew every four hours; AES-256-GCM, PRF SHA-384, ECP-384 or X25519, perfect
// forward secrecy, dead peer detection, rekeying. Source of the notation:
// swanctl.conf(5) of strongSwan 5.9.8; of the choice of algorithms: TLS 暗号設定ガイドライン 3.0.1,
// "高セキュリティ型", whose algorithms it follows. Values as config has read them: none could end a
// quoted value. A pure function.
#pragma once

#include <string>

#include "routing/model/party.h"

namespace sekisho::tunnel {

// The gateway's own end.
struct OwnEnd {
    model::ZoneName zone;
    std::string inside;            // the address that the zone listens on
    std::string outside = "%any";  // the one that IKE listens on
    std::string identity;          // its own IKE identity
    std::string certificate;       // names of files in swanctl's x509 and x509ca folders
    std::string authority;
};

std::string swanctl_conf(const OwnEnd& own, const model::Directory& directory);

}  // namespace sekisho::tunnel
