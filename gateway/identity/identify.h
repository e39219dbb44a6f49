// From a certificate to a party: by the directory, (issuer, SAN URI or subject) per zone.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/identity/certificate.h"
#include "gateway/tunnel/association.h"
#include "routing/model/envelope.h"
#include "routing/model/party.h"

namespace sekisho::identity {

// An index over the directory's certificate patterns. Built with each snapshot; immutable.
class CertificateIndex {
  public:
    explicit CertificateIndex(const model::Directory& directory);

    // party_unknown, party_suspended (suspended, or outside its active period), or wrong_zone
    // (known, but by a pattern of another zone).
    std::expected<model::Speaker, model::Problem> identify(const CertificateValues& certificate,
                                                           const model::ZoneName& zone,
                                                           const model::Directory& directory,
                                                           model::Instant now) const;

  private:
    struct Entry {
        model::PartyId party;
        model::CertificatePattern pattern;
    };
    std::unordered_multimap<std::string, Entry> by_key_;  // SAN URI or subject
};

// Whether the directory gives that party, in that zone, a tunnel of this IKE identity with that
// address inside: what a tunnel brings is its owner's alone.
struct TunnelPeer {
    std::string_view ike_identity;
    tunnel::Address inside;
};
bool has_tunnel(const model::Directory& directory, const model::Speaker& speaker,
                const TunnelPeer& peer);

}  // namespace sekisho::identity
