// The facts of an envelope's persons, as the store has them, to be decided by at `now`. A person
// whose facts cannot be read stays unknown.
//
// What is recorded has happened, whatever the clock says: a consent or a withdrawal of a later
// moment than `now` (the clock was set back, or `now` was taken before it) is in force at `now`.
#pragma once

#include <span>

#include "gateway/platform/keyring.h"
#include "gateway/store/store.h"
#include "routing/model/facts.h"

namespace sekisho::exchange {

// `hashes` are those of the persons, in their order.
model::Facts read_facts(store::View& view, std::span<const model::Person> persons,
                        std::span<const model::PersonHash> hashes, model::Instant now);

std::vector<model::PersonHash> hash_persons(const platform::Keyring& keyring,
                                            std::span<const model::Person> persons);

}  // namespace sekisho::exchange
