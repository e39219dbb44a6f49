#include "gateway/wiring/seeds.h"

#include <algorithm>
#include <future>
#include <memory>

#include "gateway/audit/leaf.h"
#include "gateway/store/sealing.h"

namespace sekisho::wiring {

namespace {

using model::Result;

// Submits and waits for the commit: start-up has nothing else to do.
Result<void> write_and_wait(store::Store& store, store::Work work) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto committed = promise->get_future();
    const bool queued = store.submit(
        std::move(work), [promise](Result<void> done) { promise->set_value(std::move(done)); });
    if (!queued) return model::refuse(model::Problem::store_unavailable);
    return committed.get();
}

// True when `name` already says `value`.
Result<bool> is_noted(store::Store& store, const std::string& name, const std::string& value) {
    auto view = store.view();
    if (!view) return std::unexpected(view.error());
    const auto noted = (*view)->note(name);
    if (!noted) return std::unexpected(noted.error());
    return *noted == value;
}

// A consent of a later moment waits for a start or a reload behind it.
config::SeedFacts due_at(config::SeedFacts seeds, model::Instant now) {
    std::erase_if(seeds.consents, [&](const auto& seed) { return seed.consent.given_at > now; });
    return seeds;
}

std::string digest_of(const config::SeedFacts& seeds, const platform::Keyring& keyring) {
    std::string text;
    for (const auto& seed : seeds.registrations) {
        text += documents::to_canonical(seed.record) + "\n";
    }
    for (const auto& seed : seeds.consents) text += documents::to_canonical(seed.record) + "\n";
    return model::to_hex(keyring.keyed_hash(text));
}

Result<void> append(store::Transaction& transaction, const std::string& leaf) {
    const auto index = transaction.append_leaf(leaf);
    if (!index) return std::unexpected(index.error());
    return {};
}

// The same words, whatever the record is called, whoever asked and however it ended since.
bool says_the_same(model::Consent seed, const model::Consent& known) {
    seed.id = known.id;
    seed.municipal = known.municipal;
    seed.withdrawn_at = known.withdrawn_at;
    return seed == known;
}

bool says_the_same(model::Registration seed, const model::Registration& known) {
    seed.id = known.id;
    seed.period.until = known.period.until;
    return seed == known;
}

// The record that a seed became before: of its id, else of its words.
template <class Record>
const Record* known_as(const std::vector<Record>& records, const Record& seed) {
    auto found = seed.id.empty() ? records.end() : std::ranges::find(records, seed.id, &Record::id);
    if (found == records.end()) {
        found = std::ranges::find_if(
            records, [&](const Record& known) { return says_the_same(seed, known); });
    }
    return found == records.end() ? nullptr : &*found;
}

// A row without an id is named by what it says, under a key: its number is easily guessed. Its
// place in the file would not do, since rows are put before others and taken out.
std::string name_of(const SeedTools& tools, const model::PersonHash& person,
                    const documents::Json& record) {
    constexpr std::size_t kDigits = 32;
    const std::string words = "seed " + person.text() + " " + documents::to_canonical(record);
    const auto hash = tools.keyring.keyed_hash(words);
    return "seed-" + model::to_hex(hash).substr(0, kDigits);
}

// What is known stands as it is, with its withdrawal or its end: a seed may bring an end, or an
// earlier one, and takes none back.
bool brings_an_end(const std::optional<model::Instant>& seed,
                   const std::optional<model::Instant>& known) {
    return seed && (!known || *seed < *known);
}

std::string leaf_of(const SeedTools& tools, std::string kind, std::string id,
                    const model::PersonHash& person, std::string what) {
    return audit::record_leaf({.at = tools.clock.now(),
                               .kind = std::move(kind),
                               .id = std::move(id),
                               .person = person,
                               .what = std::move(what),
                               .by = "seed"});
}

std::string sealed(const SeedTools& tools, const documents::Json& record) {
    return store::seal_record(tools.keyring, tools.random, documents::to_text(record));
}

Result<void> take(store::Transaction& transaction, const SeedTools& tools,
                  const config::SeedRegistration& seed) {
    const auto person = tools.keyring.hash(seed.person);
    const auto facts = transaction.facts(person);
    if (!facts) return std::unexpected(facts.error());
    store::StoredRegistration record{.person = person, .registration = seed.registration};
    const auto* known = known_as(facts->registrations, seed.registration);
    if (known == nullptr) {
        if (seed.registration.id.empty())
            record.registration.id = name_of(tools, person, seed.record);
        record.sealed_record = sealed(tools, seed.record);
    } else {
        const auto& until = seed.registration.period.until;
        if (!brings_an_end(until, known->period.until)) return {};
        const auto stored = transaction.registration(known->id);
        if (!stored) return std::unexpected(stored.error());
        record = stored->value();
        record.registration.period.until = until;
    }
    if (auto done = transaction.put_registration(record); !done) return done;
    return append(transaction, leaf_of(tools, "registration", record.registration.id, person,
                                       known == nullptr ? "registered" : "ended"));
}

Result<void> take(store::Transaction& transaction, const SeedTools& tools,
                  const config::SeedConsent& seed) {
    const auto person = tools.keyring.hash(seed.person);
    const auto facts = transaction.facts(person);
    if (!facts) return std::unexpected(facts.error());
    store::StoredConsent record{.person = person, .consent = seed.consent};
    const auto* known = known_as(facts->consents, seed.consent);
    if (known == nullptr) {
        if (seed.consent.id.empty()) record.consent.id = name_of(tools, person, seed.record);
        record.sealed_record = sealed(tools, seed.record);
    } else {
        const auto& withdrawn = seed.consent.withdrawn_at;
        if (!brings_an_end(withdrawn, known->withdrawn_at)) return {};
        const auto stored = transaction.consent(known->id);
        if (!stored) return std::unexpected(stored.error());
        record = stored->value();
        record.consent.withdrawn_at = withdrawn;
    }
    if (auto done = transaction.put_consent(record); !done) return done;
    return append(transaction, leaf_of(tools, "consent", record.consent.id, person,
                                       known == nullptr ? "recorded" : "withdrawn"));
}

}  // namespace

Result<void> load_seeds(const SeedTools& tools, const config::Config& config) {
    const std::string name = "seed-facts";
    const config::SeedFacts seeds = due_at(config.seeds, tools.clock.now());
    const std::string digest = digest_of(seeds, tools.keyring);
    const auto noted = is_noted(tools.store, name, digest);
    if (!noted) return std::unexpected(noted.error());
    if (*noted) return {};
    return write_and_wait(tools.store, [&](store::Transaction& transaction) -> Result<void> {
        for (const auto& seed : seeds.registrations) {
            if (auto done = take(transaction, tools, seed); !done) return done;
        }
        for (const auto& seed : seeds.consents) {
            if (auto done = take(transaction, tools, seed); !done) return done;
        }
        return transaction.set_note(name, digest);
    });
}

Result<void> note_routes(const SeedTools& tools, const config::Config& config) {
    const std::string name = "routes";
    const std::string value = std::to_string(config.snapshot->routes.revision()) + " " +
                              model::to_hex(config.routes_digest);
    const auto noted = is_noted(tools.store, name, value);
    if (!noted) return std::unexpected(noted.error());
    if (*noted) return {};
    return write_and_wait(tools.store, [&](store::Transaction& transaction) -> Result<void> {
        const auto leaf = audit::routes_leaf(tools.clock.now(), config.snapshot->routes.revision(),
                                             config.routes_digest);
        if (auto done = append(transaction, leaf); !done) return done;
        return transaction.set_note(name, value);
    });
}

}  // namespace sekisho::wiring
