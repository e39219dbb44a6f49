// A virtual card's certificates and keys in files, so that a card is the same one when its program
// is started again, and others can trust its authority.
#pragma once

#include <chrono>
#include <expected>
#include <string>

#include "adapters/simulation/card/virtual_jpki_card.h"

namespace sekisho::simulation {

// The error is a sentence: which file cannot be read or written, or is no certificate.
using FoundCard = std::expected<JpkiContents, std::string>;

// What is in the folder: authentication.pem, .key, authentication-ca.pem, and the same of the
// signature. Where it is empty, a new card of nobody that is then in it.
FoundCard card_of_folder(const std::string& folder, std::chrono::system_clock::time_point now);

// A card of the demo's PKI, as `sekisho pki init` makes it: `name`.pem and .key, issued by
// jpki-auth-ca.pem. What it would sign documents with is made anew.
FoundCard card_of_pki(const std::string& pki_folder, const std::string& name,
                      std::chrono::system_clock::time_point now);

}  // namespace sekisho::simulation
