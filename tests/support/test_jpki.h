// One generation of a JPKI authentication authority (公的個人認証 利用者証明用認証局), a card of
// it, and what responders say of cards: made when the test runs, with the profile of the real ones.
//
//     TestJpki jpki{FakeClock::kStart};
//     jpki.card()                                                    a fit certificate, DER
//     jpki.card(with_extension(NID_key_usage, "digitalSignature"))   one that is not
//     jpki.sign("text")                                              by the card's key
//
// Each generation has the same name and a key of its own. Making keys takes a moment: tests share a
// TestJpki, which nothing changes.
#pragma once

#include <functional>
#include <openssl/ocsp.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/identity/openssl_handles.h"
#include "gateway/platform/pki.h"

namespace sekisho::tests {

using Change = std::function<void(X509*)>;

inline constexpr std::uint64_t kCardSerial = 0x1001;

class TestJpki {
  public:
    explicit TestJpki(model::Instant now, std::chrono::hours authority_until = kTenYears);

    // Changed as wanted, then signed by this authority with that digest.
    std::string card(const Change& change = {}, const EVP_MD* digest = EVP_sha256()) const;
    std::string sign(std::string_view text) const;  // PKCS#1 v1.5, SHA-256

    const platform::CertificateAndKey& authority() const { return authority_; }
    const std::string& authority_pem() const { return authority_.certificate_pem; }
    std::string authority_der() const;
    EVP_PKEY* card_key() const { return card_key_.get(); }
    std::string card_key_pem() const { return card_.key_pem; }

    struct Lists {
        std::vector<std::uint64_t> revoked{};
        std::chrono::hours from{-1};  // around now
        std::chrono::hours until{24};
    };
    std::string revocation_list(const Lists& lists) const;  // PEM

  private:
    static constexpr std::chrono::hours kTenYears{24 * 3650};

    model::Instant now_;
    platform::CertificateAndKey authority_;
    platform::CertificateAndKey card_;
    identity::PrivateKeyPtr authority_key_;
    identity::PrivateKeyPtr card_key_;
};

// In place of the one that is there, as openssl.cnf writes it.
Change with_extension(int nid, const std::string& value);
Change without_extension(int nid);
Change with_validity(model::Instant from, model::Instant until);
Change with_serial(std::uint64_t serial);
Change with_key(EVP_PKEY* key);
Change both(Change first, Change second);

std::string der_of(X509* certificate);
std::string pem_of(const std::string& certificate_der);
identity::CertificatePtr certificate_of(const std::string& pem);
identity::PrivateKeyPtr key_of(const std::string& pem);

// What a responder says, signed by whom it should not where a test wants that.
struct OcspWish {
    std::string certificate;             // DER: about whom
    std::string authority;               // PEM: by whose name and key it is named
    platform::CertificateAndKey signer;  // PEM
    int status = V_OCSP_CERTSTATUS_GOOD;
    model::Instant this_update{};
    std::optional<model::Instant> next_update{};
    std::string nonce{};                    // empty: none
    int times = 1;                          // the same entry
    std::vector<std::string> sent_along{};  // PEM: more certificates than the signer's
};
std::string ocsp_answer(const OcspWish& wish);

}  // namespace sekisho::tests
