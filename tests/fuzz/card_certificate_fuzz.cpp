// A card's certificate: whatever comes is read or refused, what is read has one encoding, and what
// stands was signed by the authority.
#include <openssl/x509.h>

#include "gateway/admission/card_evidence.h"
#include "tests/fuzz/card_seeds.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

std::string encoded(x509_st* certificate) {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto trust = fuzz::seed_trust();
    require(trust != nullptr, "the seeds' authority is there");
    const auto der = fuzz::text_of(data, size);
    const auto certificate = admission::parse_card_certificate(der);
    if (!certificate) return 0;
    require(encoded(certificate->get()) == der, "what is read has one encoding");
    require(!admission::parse_card_certificate(std::string{der} + '\0'), "and nothing behind it");
    (void)admission::is_signed_by(*certificate, "text", std::string(256, '\x5a'));
    const auto card = trust->judge(*certificate, fuzz::kSeedDay);
    if (!card) {
        require(!admission::to_string(card.error()).empty(), "a refusal has its word");
        return 0;
    }
    require(X509_verify(certificate->get(), X509_get0_pubkey(card->authority.get())) == 1,
            "what stands was signed by the authority");
    require(!card->serial.serial().empty(), "and has a number");
    require(!trust->judge(*certificate, model::Instant{}), "and does not stand before it began");
    return 0;
}
