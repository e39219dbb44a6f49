// The page /certificates: whose certificates end within sixty days, or have ended, of the parties
// that may come now.
//
// {"since_start": true, "parties": [{"party", "zone", "until"}]}, the earliest first, a thousand at
// most. Parties are institutions and systems; what it tells is in their certificates, which they
// show to anybody.
#pragma once

#include <string>

#include "gateway/identity/expiry_book.h"

namespace sekisho::ops {

std::string render_expiries(const identity::ExpiryBook& book,
                            const identity::ExpiryBook::Present& present);

}  // namespace sekisho::ops
