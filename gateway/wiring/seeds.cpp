#include "gateway/wiring/seeds.h"

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

std::string digest_of(const config::SeedFacts& seeds, const platform::Keyring& keyring) {
    std::string text;
    for (const auto& seed : seeds.registrations) {
        text += seed.registration.id + " " + keyring.hash(seed.person).text() + " " +
                model::to_string(seed.registration.party) + "\n";
    }
    for (const auto& seed : seeds.consents) text += documents::to_canonical(seed.record) + "\n";
    return model::to_hex(keyring.keyed_hash(text));
}

Result<void> append(store::Transaction& transaction, const std::string& leaf) {
    const auto index = transaction.append_leaf(leaf);
    if (!index) return std::unexpected(index.error());
    return {};
}

Result<void> put_registrations(store::Transaction& transaction, const SeedTools& tools,
                               const config::SeedFacts& seeds) {
    for (const auto& seed : seeds.registrations) {
        const auto person = tools.keyring.hash(seed.person);
        auto done = transaction.put_registration(
            {.person = person,
             .registration = seed.registration,
             .sealed_record =
                 store::seal_record(tools.keyring, tools.random, documents::to_text(seed.record))});
        if (done) {
            done = append(transaction, audit::record_leaf({.at = tools.clock.now(),
                                                           .kind = "registration",
                                                           .id = seed.registration.id,
                                                           .person = person,
                                                           .what = "registered",
                                                           .by = "seed"}));
        }
        if (!done) return done;
    }
    return {};
}

Result<void> put_consents(store::Transaction& transaction, const SeedTools& tools,
                          const config::SeedFacts& seeds) {
    for (const auto& seed : seeds.consents) {
        const auto person = tools.keyring.hash(seed.person);
        auto done = transaction.put_consent(
            {.person = person,
             .consent = seed.consent,
             .sealed_record =
                 store::seal_record(tools.keyring, tools.random, documents::to_text(seed.record))});
        if (done) {
            done = append(transaction, audit::record_leaf({.at = tools.clock.now(),
                                                           .kind = "consent",
                                                           .id = seed.consent.id,
                                                           .person = person,
                                                           .what = "recorded",
                                                           .by = "seed"}));
        }
        if (!done) return done;
    }
    return {};
}

}  // namespace

Result<void> load_seeds(const SeedTools& tools, const config::Config& config) {
    const std::string name = "seed-facts";
    const std::string digest = digest_of(config.seeds, tools.keyring);
    const auto noted = is_noted(tools.store, name, digest);
    if (!noted) return std::unexpected(noted.error());
    if (*noted) return {};
    return write_and_wait(tools.store, [&](store::Transaction& transaction) -> Result<void> {
        if (auto done = put_registrations(transaction, tools, config.seeds); !done) return done;
        if (auto done = put_consents(transaction, tools, config.seeds); !done) return done;
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
