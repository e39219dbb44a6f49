// May it: pure rules over the catalogue, the directory, the rollout and the facts of the persons.
//
// Consent governs reading (閲覧), not filing (格納): filing asks who authors, who carries, from
// which network, for which purpose and whether the insurer is connected; reading asks besides for
// registration and consent. Deny first, default deny, every reason collected. Facts that could not
// be fetched make a reading indeterminate. A reader without registration for the person learns
// `not-registered` and nothing more, so that the answer does not say what exists; the full list
// goes to the record (`Decision` holds it all; `disclosed` is what may be answered).
#pragma once

#include "routing/catalogue/catalogue.h"
#include "routing/model/decision.h"
#include "routing/model/envelope.h"
#include "routing/model/facts.h"
#include "routing/table/rollout.h"

namespace sekisho::policy {

// The immutable world of one decision. References live as long as the snapshot that holds them.
struct World {
    const catalogue::Catalogue& catalogue;
    const model::Directory& directory;
    const table::Rollout& rollout;
};

// May this be filed at all: source, author, carrier, zone, purpose, rollout. Does not look at
// recipients.
model::Decision may_file(const World& world, const model::Envelope& envelope, model::Instant now);

// May `recipient` be given this filed document: by filing (no consent) or as a reader
// (registration, consent, rollout), or never.
struct Handing {
    model::Decision decision;
    bool as_reader = false;  // the right must be decided again at delivery
};
Handing may_receive(const World& world, const model::Envelope& envelope,
                    const model::PartyId& recipient, const model::Facts& facts, model::Instant now);

// May `envelope.author` read what the question asks for: class and cell of the matrix, role,
// purpose, registration, consent, rollout.
model::Decision may_read(const World& world, const model::Envelope& envelope,
                         const model::Facts& facts, model::Instant now);

// Who speaks for whom: does the directory let `source` carry this type for `author`? True when they
// are the same.
bool may_speak_for(const model::Directory& directory, const model::PartyId& source,
                   const model::PartyId& author, const model::TypeId& type, model::Instant now);

// The part of a decision that its asker may be told.
model::Decision disclosed(const model::Decision& decision, model::Intent intent);

}  // namespace sekisho::policy
