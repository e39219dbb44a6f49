// A note taken: a consent, a withdrawal or a registration becomes what is decided by.
//
// Judged twice: when it arrives, so that a refusal costs no more than any other, and again where it
// takes its place in the log, because what stood before it there decides. From its commit on every
// decision rests on it. Internal to the room.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "gateway/exchange/snapshot_source.h"
#include "gateway/store/store.h"

namespace sekisho::exchange {

struct NoteTaking {
    std::shared_ptr<const Current> world;
    model::Envelope envelope;
    model::Note note;
    bool admitted = false;
    model::PersonHash person;
    std::string sealed_record;  // the note as it was sent
    model::Instant now{};
};

// What its insurer's feed says of the end of an (insurer, insured) pair: registrations and consents
// end with it, and are in force again when the insurer takes it back.
struct EndOfPerson {
    model::PersonHash person;
    store::EndWord word;
};

model::Result<void> take_ends(store::Transaction& transaction, const std::vector<EndOfPerson>& ends,
                              const model::PartyId& insurer, model::Instant now);

// May it be recorded, by what is known of its person.
model::Decision judge_note(const NoteTaking& taking, const model::PersonFacts& facts);

// The refusal its sender is told: of a person for whom the office is not registered, that alone.
model::Refusal refusal_of_note(const model::Decision& decision);

// Why a note was not taken: the decision, where what stands in the log by now speaks against it;
// else what the store said.
using NotTaken = std::variant<model::Decision, model::Refusal>;

// Within the transaction that accepts the message: records it with its leaf. Where it fails,
// everything of the item is undone.
std::expected<void, NotTaken> take_note(store::Transaction& transaction, const NoteTaking& taking);

}  // namespace sekisho::exchange
