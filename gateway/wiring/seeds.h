// What is put into the store at start through its ordinary transaction: the seed facts, and the
// revision of the routes. Each is written once: a note in the store holds the digest of what was
// written last.
//
// A seed makes a record that is not there yet. One that is there stands: a row that was changed, or
// that is read again, takes back no withdrawal and no end; it may bring one. A consent whose moment
// is still to come is taken by the first start or reload behind that moment.
#pragma once

#include "gateway/config/config.h"
#include "gateway/platform/keyring.h"
#include "gateway/platform/ports.h"
#include "gateway/store/store.h"

namespace sekisho::wiring {

struct SeedTools {
    store::Store& store;
    const platform::Keyring& keyring;
    platform::Clock& clock;
    platform::Random& random;
};

// Waits for its own commit: nothing is served before it is done.
model::Result<void> load_seeds(const SeedTools& tools, const config::Config& config);
model::Result<void> note_routes(const SeedTools& tools, const config::Config& config);

}  // namespace sekisho::wiring
