// A virtual card's certificates and keys in a folder, so that a card is the same one when its
// program is started again, and others can trust its authority: authentication.pem, .key,
// authentication-ca.pem, and the same of the signature. Throws std::runtime_error where files are
// there and no certificates.
#pragma once

#include <chrono>
#include <string>

#include "tests/support/card/virtual_jpki_card.h"

namespace sekisho::tests {

// What is in the folder; where it is empty, a new card of nobody that is then in it.
JpkiContents card_of_folder(const std::string& folder, std::chrono::system_clock::time_point now);

}  // namespace sekisho::tests
