#include "gateway/exchange/person_facts.h"

namespace sekisho::exchange {

model::Facts read_facts(store::View& view, const platform::Keyring& keyring,
                        std::span<const model::Person> persons) {
    model::Facts facts;
    for (const model::Person& person : persons) {
        auto known = view.facts(keyring.hash(person));
        facts[person] = known ? std::move(*known) : model::PersonFacts{.known = false};
    }
    return facts;
}

std::vector<model::PersonHash> hash_persons(const platform::Keyring& keyring,
                                            std::span<const model::Person> persons) {
    std::vector<model::PersonHash> hashes;
    hashes.reserve(persons.size());
    for (const model::Person& person : persons) hashes.push_back(keyring.hash(person));
    return hashes;
}

}  // namespace sekisho::exchange
