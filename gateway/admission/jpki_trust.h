// The JPKI authentication authorities (利用者証明用認証局) and the judgement of a card's
// certificate by them.
//
// Several generations stand side by side under one name, each an anchor with its own key; which of
// them issued a certificate is told by whose key verifies it. Anchors are self-signed authorities
// and nothing else: no partial chain, no intermediate, no other store. An authority whose own
// certificate has run out is kept and refuses what it issued, so that the configuration need not
// change on that day.
//
// Immutable and thread-safe once loaded.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/admission/jpki_certificate.h"
#include "gateway/platform/ports.h"

namespace sekisho::admission {

struct JpkiAuthority {
    std::string file;  // one CA certificate, PEM or DER
    CardRules rules{};
};

// A certificate that stands, but for its status, and the authority that issued it.
struct CertifiedCard {
    CertificateHandle certificate;
    CertificateHandle authority;
    CardSerial serial;
};

class JpkiTrust {
  public:
    // A file that cannot be read, or holds anything but one self-signed RSA authority of at least
    // 2048 bits, is told by its name.
    static model::Result<std::shared_ptr<const JpkiTrust>> load(
        platform::Files& files, const std::vector<JpkiAuthority>& authorities);
    ~JpkiTrust();

    // Told in this order: signing_certificate, unknown_authority, weak_signature, forged,
    // unsuitable, wrong_purpose, wrong_policy, weak_key, not_yet_valid, expired,
    // authority_not_valid; what OpenSSL's own verification adds is unsuitable.
    std::expected<CertifiedCard, CardFault> judge(const CertificateHandle& certificate,
                                                  model::Instant now) const;

    std::vector<CertificateHandle> authorities() const;

  private:
    struct Anchor;
    explicit JpkiTrust(std::vector<Anchor> anchors);
    const std::vector<Anchor> anchors_;
};

}  // namespace sekisho::admission
