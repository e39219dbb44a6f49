#include "gateway/card/evidence.h"

namespace sekisho::card {

Answer<int> tries_before_asking(platform::CardReaders& readers, const std::string& reader,
                                LastTry last_try) {
    auto card = JpkiCard::open(readers, reader);
    if (!card) return std::unexpected(card.error());
    return card->usable_tries(last_try);
}

Answer<Evidence> make_evidence(platform::CardReaders& readers, const std::string& reader,
                               const model::Sha256& digest, Pin pin, LastTry last_try) {
    auto card = JpkiCard::open(readers, reader);
    if (!card) return std::unexpected(card.error());
    auto certificate = card->certificate();
    if (!certificate) return std::unexpected(certificate.error());
    auto signature = card->sign(digest, std::move(pin), last_try);
    if (!signature) return std::unexpected(signature.error());
    return Evidence{.certificate = std::move(*certificate), .signature = std::move(*signature)};
}

}  // namespace sekisho::card
