// From a certificate to a party: by the directory, (issuer, SAN URI or subject) per zone.
#pragma once

#include <expected>
#include <string>
#include <unordered_map>

#include "gateway/identity/certificate.h"
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

}  // namespace sekisho::identity
