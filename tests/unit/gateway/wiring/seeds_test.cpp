// The seed facts: each becomes a record once, and takes back nothing that was recorded since.
#include "gateway/wiring/seeds.h"

#include <boost/test/unit_test.hpp>

#include "gateway/store/memory_store.h"
#include "tests/support/fake_world.h"
#include "tests/support/routing_cast.h"

namespace sekisho::tests {

namespace {

using documents::Json;
using model::ConsentKind;
using model::ConsentState;

// A store that commits what it is handed at once: the seeds wait for their commit.
class PromptStore final : public store::Store {
  public:
    bool submit(store::Work work, store::Completion completion) override {
        const bool queued = inner_.submit(std::move(work), std::move(completion));
        inner_.commit_group();
        return queued;
    }
    store::Result<std::unique_ptr<store::View>> view() override { return inner_.view(); }
    store::StoreHealth health() const override { return inner_.health(); }
    std::size_t commit_group() override { return inner_.commit_group(); }
    void run_writer(const std::stop_token& stop) override { inner_.run_writer(stop); }

  private:
    store::MemoryStore inner_;
};

// As if read from a row; an id of "" stands for none.
config::SeedConsent a_consent(const std::string& id, model::Instant given_at = kNow) {
    return {.person = hanako(),
            .consent = {.comprehensive = true, .given_at = given_at, .id = id},
            .record = Json::object(
                {{"id", Json::string(id)}, {"at", Json::string(model::to_rfc3339(given_at))}})};
}

config::SeedRegistration a_registration(const std::string& id) {
    return {.person = hanako(),
            .registration = {.party = party(kCareManager),
                             .assurance = "card",
                             .period = {.from = kNow},
                             .id = id},
            .record = Json::object({{"id", Json::string(id)}})};
}

struct Seeding {
    FakeClock clock;
    SeededRandom random;
    platform::Keyring keyring = platform::Keyring::generate(random);
    PromptStore store;
    config::Config config{};

    void load() {
        const wiring::SeedTools tools{
            .store = store, .keyring = keyring, .clock = clock, .random = random};
        BOOST_TEST_REQUIRE(wiring::load_seeds(tools, config).has_value());
    }
    model::PersonFacts known() {
        return store.view().value()->facts(keyring.hash(hanako())).value();
    }
    ConsentState state() {
        return model::consent_state(known(), ConsentKind::care_plan, clock.now());
    }
    bool is_registered() { return model::is_registered(known(), party(kCareManager), clock.now()); }
    std::size_t leaves() { return store.view().value()->leaves(0, 100).value().size(); }

    // As a note does that was taken in between.
    void withdraw(const std::string& id) {
        BOOST_TEST_REQUIRE(store.submit(
            [&](store::Transaction& transaction) {
                auto record = transaction.consent(id).value().value();
                record.consent.withdrawn_at = clock.now();
                return transaction.put_consent(record);
            },
            [](const model::Result<void>& done) { BOOST_TEST(done.has_value()); }));
    }
    void end(const std::string& id) {
        BOOST_TEST_REQUIRE(store.submit(
            [&](store::Transaction& transaction) {
                auto record = transaction.registration(id).value().value();
                record.registration.period.until = clock.now();
                return transaction.put_registration(record);
            },
            [](const model::Result<void>& done) { BOOST_TEST(done.has_value()); }));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(seeds, Seeding)

BOOST_AUTO_TEST_CASE(become_records_once) {
    config.seeds = {.registrations = {a_registration("r-1")}, .consents = {a_consent("c-1")}};
    load();
    BOOST_TEST((state() == ConsentState::given));
    BOOST_TEST(is_registered());
    load();
    BOOST_TEST(leaves() == 2U);
}

BOOST_AUTO_TEST_CASE(that_were_changed_take_back_no_withdrawal_and_no_end) {
    config.seeds = {.registrations = {a_registration("r-1")}, .consents = {a_consent("c-1")}};
    load();
    clock.advance(std::chrono::minutes{1});
    withdraw("c-1");
    end("r-1");
    config.seeds.consents.push_back(a_consent("c-2"));
    config.seeds.consents.back().person = ichiro();
    load();
    BOOST_TEST((state() == ConsentState::not_asked));
    BOOST_TEST(!is_registered());
    BOOST_TEST(leaves() == 3U);
}

// Rows without an id.
BOOST_AUTO_TEST_CASE(that_moved_within_their_file_are_the_records_they_were) {
    config.seeds = {.registrations = {a_registration("")}, .consents = {a_consent("")}};
    load();
    clock.advance(std::chrono::minutes{1});
    withdraw(known().consents.front().id);
    end(known().registrations.front().id);
    auto& consents = config.seeds.consents;
    consents.insert(consents.begin(), a_consent("", kNow - kOneDay));
    consents.front().consent.withdrawn_at = kNow;
    load();
    BOOST_TEST((state() == ConsentState::not_asked));
    BOOST_TEST(!is_registered());
    BOOST_TEST(known().consents.size() == 2U);
}

BOOST_AUTO_TEST_CASE(of_a_row_put_before_others_is_recorded_and_ends_none_of_them) {
    config.seeds.consents = {a_consent("")};
    load();
    auto& consents = config.seeds.consents;
    consents.insert(consents.begin(), a_consent("", kNow - kOneDay));
    consents.front().consent.withdrawn_at = kNow - kOneDay / 2;
    load();
    BOOST_TEST((state() == ConsentState::given));
    clock.advance(std::chrono::minutes{1});
    consents.insert(consents.begin(), a_consent("", clock.now()));
    consents.front().consent = {
        .refused = {ConsentKind::care_plan}, .given_at = clock.now(), .id = ""};
    load();
    BOOST_TEST((state() == ConsentState::refused));
}

BOOST_AUTO_TEST_CASE(of_a_row_taken_out_keep_the_names_of_those_behind_it) {
    config.seeds.consents = {a_consent(""), a_consent("")};
    config.seeds.consents.back().person = ichiro();
    load();
    config.seeds.consents.erase(config.seeds.consents.begin());
    config.seeds.consents.push_back(a_consent("", kNow - kOneDay));
    load();
    BOOST_TEST(known().consents.size() == 2U);
}

BOOST_AUTO_TEST_CASE(may_bring_an_end) {
    config.seeds = {.registrations = {a_registration("r-1")}, .consents = {a_consent("c-1")}};
    load();
    clock.advance(std::chrono::minutes{1});
    auto& consent = config.seeds.consents.front();
    consent.consent.withdrawn_at = clock.now();
    consent.record.set("withdrawn_at", model::to_rfc3339(clock.now()));
    auto& registration = config.seeds.registrations.front();
    registration.registration.period.until = clock.now();
    registration.record.set("until", model::to_rfc3339(clock.now()));
    load();
    BOOST_TEST((state() == ConsentState::not_asked));
    BOOST_TEST(!is_registered());
    BOOST_TEST(leaves() == 4U);
}

BOOST_AUTO_TEST_CASE(of_a_moment_that_is_still_to_come_are_taken_behind_it) {
    config.seeds.consents = {a_consent("c-1", kNow + std::chrono::hours{1})};
    load();
    BOOST_TEST(known().consents.empty());
    clock.advance(std::chrono::hours{1});
    load();
    BOOST_TEST((state() == ConsentState::given));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
