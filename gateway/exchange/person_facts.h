// The facts of an envelope's persons, as the store has them now. A person whose facts cannot be
// read stays unknown.
#pragma once

#include <span>

#include "gateway/platform/keyring.h"
#include "gateway/store/store.h"
#include "routing/model/facts.h"

namespace sekisho::exchange {

model::Facts read_facts(store::View& view, const platform::Keyring& keyring,
                        std::span<const model::Person> persons);

std::vector<model::PersonHash> hash_persons(const platform::Keyring& keyring,
                                            std::span<const model::Person> persons);

}  // namespace sekisho::exchange
