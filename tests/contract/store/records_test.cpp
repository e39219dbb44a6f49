// Leaves and the tree, facts about persons, notes; the writer's queue.
#include <boost/test/unit_test.hpp>
#include <latch>
#include <thread>

#include "gateway/audit/merkle.h"
#include "routing/model/limits.h"
#include "tests/contract/store/store_world.h"

namespace sekisho::store {

namespace {

namespace limits = model::limits;

const model::PersonHash kPerson("ab12");

StoredConsent consent(const std::string& id, model::Instant given_at) {
    return {.id = id,
            .person = kPerson,
            .consent = {.given = {model::ConsentKind::certification, model::ConsentKind::care_plan},
                        .refused = {model::ConsentKind::life},
                        .given_at = given_at},
            .sealed_record = std::string("sealed\0record", 13)};
}

StoredRegistration registration(const std::string& id, const model::PartyId& party) {
    return {
        .id = id,
        .person = kPerson,
        .registration = {
            .party = party, .assurance = "card", .period = {.from = kNow, .until = std::nullopt}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_records)

BOOST_AUTO_TEST_CASE_TEMPLATE(leaves_are_numbered_from_zero_and_the_head_is_their_tree, Fixture,
                              Stores) {
    Fixture fixture;
    audit::Frontier expected;
    BOOST_TEST((look(fixture.store())->tree_head().value().root == expected.root()));
    for (std::uint64_t i = 0; i < 40; ++i) {
        const std::string leaf = "leaf " + std::to_string(i);
        commit(fixture.store(), [&](Transaction& transaction) -> Result<void> {
            const auto number = transaction.append_leaf(leaf);
            BOOST_TEST(number.value() == i);
            return forget(number);
        });
        expected.append(audit::leaf_hash(leaf));
        const TreeHead head = look(fixture.store())->tree_head().value();
        BOOST_TEST(head.size == i + 1);
        BOOST_TEST((head.root == expected.root()));
    }
    const auto some = look(fixture.store())->leaves(38, 10).value();
    const std::vector<std::string> last{"leaf 38", "leaf 39"};
    BOOST_TEST(some == last, boost::test_tools::per_element());
    BOOST_TEST(look(fixture.store())->leaves(0, 5).value().size() == 5U);
    BOOST_TEST(look(fixture.store())->leaves(40, 5).value().empty());
    BOOST_TEST(look(fixture.store())->leaves(UINT64_MAX, 5).value().empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(facts_of_a_person_are_found_consents_oldest_first, Fixture, Stores) {
    Fixture fixture;
    commit(fixture.store(), [](Transaction& t) -> Result<void> {
        for (const auto& done : {t.put_consent(consent("c-late", kNow + kMinute)),
                                 t.put_consent(consent("c-early", kNow)),
                                 t.put_registration(registration("r-2", city())),
                                 t.put_registration(registration("r-1", clinic()))}) {
            if (!done) return done;
        }
        return {};
    });
    const auto facts = look(fixture.store())->facts(kPerson).value();
    BOOST_TEST(facts.known);
    BOOST_TEST(!facts.ended);
    BOOST_REQUIRE(facts.consents.size() == 2U);
    BOOST_TEST((facts.consents[0].given_at == kNow));
    BOOST_TEST((facts.consents[1].given_at == kNow + kMinute));
    BOOST_TEST(!facts.consents[0].comprehensive);
    BOOST_TEST((facts.consents[0].given == consent("", kNow).consent.given));
    BOOST_TEST((facts.consents[0].refused == consent("", kNow).consent.refused));
    BOOST_TEST(!facts.consents[0].withdrawn_at);
    BOOST_REQUIRE(facts.registrations.size() == 2U);
    BOOST_TEST((facts.registrations[0].party == city()));
    BOOST_TEST(facts.registrations[0].assurance == "card");
    BOOST_TEST((facts.registrations[0].period == registration("", city()).registration.period));
    BOOST_TEST(look(fixture.store())->facts(model::PersonHash("other")).value().consents.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_record_of_the_same_id_replaces_the_first, Fixture, Stores) {
    Fixture fixture;
    StoredConsent withdrawn = consent("c-1", kNow);
    withdrawn.consent.withdrawn_at = kNow + kMinute;
    StoredRegistration ended = registration("r-1", city());
    ended.registration.period.until = kNow + kMinute;
    commit(fixture.store(), [&](Transaction& t) -> Result<void> {
        for (const auto& done :
             {t.put_consent(consent("c-1", kNow)), t.put_consent(withdrawn),
              t.put_registration(registration("r-1", city())), t.put_registration(ended)}) {
            if (!done) return done;
        }
        return {};
    });
    const auto facts = look(fixture.store())->facts(kPerson).value();
    BOOST_REQUIRE(facts.consents.size() == 1U);
    BOOST_TEST((facts.consents[0].withdrawn_at == kNow + kMinute));
    BOOST_REQUIRE(facts.registrations.size() == 1U);
    BOOST_TEST((facts.registrations[0].period.until == kNow + kMinute));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_note_is_kept_and_replaced, Fixture, Stores) {
    Fixture fixture;
    for (const std::string& value : {std::string("one"), std::string("t\0wo", 4), std::string()}) {
        commit(fixture.store(), [&](Transaction& t) { return t.set_note("seeds", value); });
        BOOST_TEST(look(fixture.store())->note("seeds").value().value() == value);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(store_writer)

BOOST_AUTO_TEST_CASE_TEMPLATE(completions_come_in_order_after_the_commit, Fixture, Stores) {
    Fixture fixture;
    std::string order;
    for (const char* name : {"a", "b", "c"}) {
        BOOST_REQUIRE(fixture.store().submit(
            [name](Transaction& transaction) { return transaction.set_note(name, "x"); },
            [&, name](const Result<void>& result) {
                BOOST_TEST(result.has_value());
                BOOST_TEST(look(fixture.store())->note("c").value().has_value());
                order += name;
            }));
    }
    BOOST_TEST(fixture.store().health().waiting == 3U);
    BOOST_TEST(fixture.store().commit_group() == 3U);
    BOOST_TEST(order == "abc");
    const StoreHealth health = fixture.store().health();
    BOOST_TEST(health.accepting);
    BOOST_TEST(health.waiting == 0U);
    BOOST_TEST(health.groups == 1U);
    BOOST_TEST(health.items == 3U);
    BOOST_TEST(fixture.store().commit_group() == 0U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_completion_may_submit_again, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const auto write = [](Transaction& transaction) { return transaction.set_note("n", "x"); };
    bool followed = false;
    BOOST_REQUIRE(store.submit(write, [&](const Result<void>&) {
        BOOST_TEST(store.submit(write, [&](const Result<void>&) { followed = true; }));
    }));
    BOOST_TEST(store.commit_group() == 1U);
    BOOST_TEST(store.commit_group() == 1U);
    BOOST_TEST(followed);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_full_queue_refuses_and_groups_are_bounded, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    std::size_t completed = 0;
    const auto work = [](Transaction&) -> Result<void> { return {}; };
    const auto count = [&](const Result<void>&) { ++completed; };
    for (std::size_t i = 0; i < limits::kWriterQueueMax; ++i) {
        BOOST_REQUIRE(store.submit(work, count));
    }
    BOOST_TEST(!store.submit(work, count));
    BOOST_TEST(store.commit_group() == limits::kWriterGroupMax);
    BOOST_TEST(store.submit(work, count));
    while (store.commit_group() > 0) {
    }
    BOOST_TEST(completed == limits::kWriterQueueMax + 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(its_thread_commits_what_gathers_and_drains_before_it_stops, Fixture,
                              Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    constexpr std::size_t kEach = 200;
    constexpr std::size_t kThreads = 4;
    std::latch completed(kEach * kThreads);
    std::atomic<std::size_t> refused = 0;
    {
        std::jthread writer([&](const std::stop_token& stop) { store.run_writer(stop); });
        std::vector<std::jthread> workers;
        for (std::size_t worker = 0; worker < kThreads; ++worker) {
            workers.emplace_back([&, worker] {
                for (std::size_t i = 0; i < kEach; ++i) {
                    const std::string id = std::to_string(worker) + "-" + std::to_string(i);
                    const bool queued = store.submit(
                        [id](Transaction& transaction) -> Result<void> {
                            if (auto done = transaction.insert_message(message(id), body());
                                !done) {
                                return done;
                            }
                            return forget(transaction.append_leaf(id));
                        },
                        [&, id](const Result<void>& result) {
                            if (!result || !look(store)->message(key(id)).value()) ++refused;
                            completed.count_down();
                        });
                    if (!queued) ++refused;
                }
            });
        }
        workers.clear();
        completed.wait();
    }
    BOOST_TEST(refused == 0U);
    BOOST_TEST(look(store)->tree_head().value().size == kEach * kThreads);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
