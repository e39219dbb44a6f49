#include "gateway/exchange/person_facts.h"

#include <algorithm>

namespace sekisho::exchange {

namespace {

model::PersonFacts facts_of(store::View& view, const model::PersonHash& person,
                            model::Instant now) {
    auto known = view.facts(person);
    if (!known) return {.known = false};
    for (model::Consent& consent : known->consents) {
        consent.given_at = std::min(consent.given_at, now);
        if (consent.withdrawn_at) consent.withdrawn_at = std::min(*consent.withdrawn_at, now);
    }
    return std::move(*known);
}

}  // namespace

model::Facts read_facts(store::View& view, std::span<const model::Person> persons,
                        std::span<const model::PersonHash> hashes, model::Instant now) {
    model::Facts facts;
    for (std::size_t i = 0; i < persons.size(); ++i) {
        facts[persons[i]] =
            i < hashes.size() ? facts_of(view, hashes[i], now) : model::PersonFacts{.known = false};
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
