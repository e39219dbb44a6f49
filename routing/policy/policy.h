// May it: pure rules over the catalogue, the directory, the rollout and the facts of the persons.
//
// Consent governs reading (閲覧), not filing (格納): filing asks who authors, who carries, from
// which network, for which purpose and whether the insurer is connected; reading asks besides for
// registration and consent; recording a consent or a registration asks who may take it, when and of
// whom. Deny first, default deny, every reason collected. Facts that could not
// be fetched make a reading indeterminate. A reader without registration for the person learns
// `not-registered` and nothing more, so that the answer does not say what exists; nor does who
// registers, or may not ask at all, learn that the pair has ended. The full list goes to the record
// (`Decision` holds it all; `disclosed` is what may be answered).
#pragma once

#include "routing/catalogue/catalogue.h"
#include "routing/model/decision.h"
#include "routing/model/envelope.h"
#include "routing/model/note.h"
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

// The members of the records that a permitted reader is not shown: those of the granting cell that
// withholds least.
std::vector<std::string> withheld_from(const World& world, const model::Envelope& envelope,
                                       const model::Facts& facts, model::Instant now);

// What a note would change, and what is known of its one person at its place in the log.
struct Recording {
    const model::Note& note;
    const model::PersonFacts& facts;
    bool admitted = false;  // the gateway itself verified the person, by card or document
};

// May the author record this: who takes consent of whom and until when, who refuses and withdraws,
// who registers and ends it. Asked besides may_file.
model::Decision may_record(const World& world, const model::Envelope& envelope,
                           const Recording& recording, model::Instant now);

// Who speaks for whom: does the directory let `source` carry this type for `author`? True when they
// are the same.
bool may_speak_for(const model::Directory& directory, const model::PartyId& source,
                   const model::PartyId& author, const model::TypeId& type, model::Instant now);

// The part of a decision that its asker may be told.
model::Decision disclosed(const model::Decision& decision, model::Intent intent);

}  // namespace sekisho::policy
