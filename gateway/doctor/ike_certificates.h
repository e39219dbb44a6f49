// The days of the certificates that the IKE daemon has, for a zone that IPsec protects.
//
// Told are: the gateway's own, those with a key, and among them, where there are any, those of the
// zone's identity alone; every authority the daemon has, since any may be the one that peers or the
// gateway itself hang on; and each peer's, with the parties whose tunnel it is. A peer whom the
// directory has in other zones alone is theirs. Of a peer the newest counts: the daemon keeps in
// mind what was shown before a renewal. Without a certificate of its own, or without an authority,
// no tunnel is made. Bytes that are no certificate are `unknown`. Pure; subjects are
// "eligibility (ike peer: C=JP, O=..., CN=ehr: medical:1319900013)".
#pragma once

#include <vector>

#include "gateway/config/config.h"
#include "gateway/doctor/finding.h"
#include "gateway/tunnel/ike_certificate.h"
#include "routing/model/instant.h"

namespace sekisho::doctor {

Findings judge_ike_certificates(const std::vector<tunnel::IkeCertificate>& certificates,
                                const config::Config& config, const config::ZoneConfig& zone,
                                model::Instant now);

}  // namespace sekisho::doctor
