// What an admission needs of a card, and the two sessions it takes: one that looks whether a
// password may be sent at all, and, when the person has typed it, one that reads the certificate
// and signs. Between them nothing holds the card, for nobody knows how long somebody types.
//
// `reader` is the reader's name. Both calls block on the card, within the sessions' deadlines.
#pragma once

#include <string>

#include "gateway/card/jpki_card.h"

namespace sekisho::card {

struct Evidence {
    std::string certificate;  // DER
    std::string signature;    // 256 bytes
};

// As JpkiCard::usable_tries.
Answer<int> tries_before_asking(platform::CardReaders& readers, const std::string& reader,
                                LastTry last_try);

// The password is used up, as with JpkiCard::sign.
Answer<Evidence> make_evidence(platform::CardReaders& readers, const std::string& reader,
                               const model::Sha256& digest, Pin pin, LastTry last_try);

}  // namespace sekisho::card
