// Leaves and the tree, facts about persons, notes; the writer's queue.
#include <boost/test/unit_test.hpp>
#include <latch>
#include <limits>
#include <thread>

#include "gateway/audit/merkle.h"
#include "routing/model/limits.h"
#include "tests/contract/store/store_world.h"

namespace sekisho::store {

namespace {

namespace limits = model::limits;

const model::PersonHash kPerson("ab12");

StoredConsent consent(const std::string& id, model::Instant given_at) {
    return {.person = kPerson,
            .consent = {.given = {model::ConsentKind::certification, model::ConsentKind::care_plan},
                        .refused = {model::ConsentKind::life},
                        .given_at = given_at,
                        .id = id},
            .sealed_record = std::string("sealed\0record", 13)};
}

StoredRegistration registration(const std::string& id, const model::PartyId& party) {
    return {.person = kPerson,
            .registration = {.party = party,
                             .assurance = "card",
                             .period = {.from = kNow, .until = std::nullopt},
                             .id = id},
            .sealed_record = "sealed"};
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

BOOST_AUTO_TEST_CASE_TEMPLATE(the_rows_of_the_tree_grow_with_its_leaves_and_no_refused_one, Fixture,
                              Stores) {
    Fixture fixture;
    const auto append_to = [&](std::uint64_t end) {
        commit(fixture.store(), [&](Transaction& transaction) -> Result<void> {
            for (auto at = transaction.tree_head().value().size; at < end; ++at) {
                const auto number = transaction.append_leaf("leaf " + std::to_string(at));
                if (!number) return forget(number);
            }
            return {};
        });
    };
    std::vector<model::Sha256> below;
    for (int i = 0; i < 256; ++i) below.push_back(audit::leaf_hash("leaf " + std::to_string(i)));
    append_to(255);
    BOOST_TEST(look(fixture.store())->tree_hashes(1, 0, 9).value().empty());
    BOOST_TEST(!carry_out(fixture.store(), [](Transaction& transaction) -> Result<void> {
        (void)transaction.append_leaf("another");
        return model::refuse(model::Problem::internal);
    }));
    BOOST_TEST(look(fixture.store())->tree_hashes(1, 0, 9).value().empty());
    append_to(600);
    BOOST_TEST((look(fixture.store())->tree_hashes(0, 0, 256).value() == below));
    const auto row = look(fixture.store())->tree_hashes(1, 0, 9).value();
    BOOST_REQUIRE(row.size() == 2U);
    BOOST_TEST((row.front() == audit::root_over(below)));
    BOOST_TEST(look(fixture.store())->tree_hashes(1, 1, 9).value().size() == 1U);
    BOOST_TEST(look(fixture.store())->tree_hashes(1, 2, 9).value().empty());
    BOOST_TEST(look(fixture.store())->tree_hashes(2, 0, 9).value().empty());
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

BOOST_AUTO_TEST_CASE_TEMPLATE(a_records_id_belongs_to_the_person_whose_it_was_first, Fixture,
                              Stores) {
    Fixture fixture;
    commit(fixture.store(), [](Transaction& t) -> Result<void> {
        for (const auto& done : {t.put_consent(consent("c-1", kNow)),
                                 t.put_registration(registration("r-1", city()))}) {
            if (!done) return done;
        }
        return {};
    });
    StoredConsent consent_of_another = consent("c-1", kNow + kMinute);
    consent_of_another.person = model::PersonHash("cd34");
    StoredRegistration registration_of_another = registration("r-1", clinic());
    registration_of_another.person = model::PersonHash("cd34");
    const auto consent_kept = carry_out(
        fixture.store(), [&](Transaction& t) { return t.put_consent(consent_of_another); });
    BOOST_TEST((consent_kept.error().problem == model::Problem::record_conflict));
    const auto registration_kept = carry_out(fixture.store(), [&](Transaction& t) {
        return t.put_registration(registration_of_another);
    });
    BOOST_TEST((registration_kept.error().problem == model::Problem::record_conflict));
    BOOST_TEST((look(fixture.store())->consent("c-1").value()->person == kPerson));
    BOOST_TEST((look(fixture.store())->registration("r-1").value()->registration.party == city()));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_record_is_found_by_its_id_whole, Fixture, Stores) {
    Fixture fixture;
    auto municipal = consent("c-1", kNow);
    municipal.consent.municipal = true;
    commit(fixture.store(), [&](Transaction& t) -> Result<void> {
        if (auto done = t.put_consent(municipal); !done) return done;
        return t.put_registration(registration("r-1", city()));
    });
    const auto kept = look(fixture.store())->consent("c-1").value();
    BOOST_TEST_REQUIRE(kept.has_value());
    BOOST_TEST((kept->consent == municipal.consent));
    BOOST_TEST(kept->sealed_record == municipal.sealed_record);
    const auto registered = look(fixture.store())->registration("r-1").value();
    BOOST_TEST_REQUIRE(registered.has_value());
    BOOST_TEST((registered->registration == registration("r-1", city()).registration));
    BOOST_TEST(registered->sealed_record == "sealed");
    BOOST_TEST(!look(fixture.store())->consent("r-1").value().has_value());
    BOOST_TEST(!look(fixture.store())->registration("c-1").value().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_leaf_that_no_tile_could_hold_is_not_taken, Fixture, Stores) {
    Fixture fixture;
    const auto append = [&](std::size_t bytes) {
        return carry_out(fixture.store(), [bytes](Transaction& t) -> Result<void> {
            const auto index = t.append_leaf(std::string(bytes, 'x'));
            if (!index) return std::unexpected(index.error());
            return {};
        });
    };
    BOOST_TEST(append(65'535).has_value());
    BOOST_TEST((append(65'536).error().problem == model::Problem::internal));
    BOOST_TEST(look(fixture.store())->tree_head().value().size == 1U);
}

namespace {

// Did the word change the end, and which is it now?
using Change = std::pair<bool, std::optional<model::Instant>>;

Change after(Store& store, const EndWord& word) {
    bool changed = false;
    commit(store, [&](Transaction& t) -> Result<void> {
        const auto put = t.put_end(kPerson, word);
        if (!put) return std::unexpected(put.error());
        changed = *put;
        return {};
    });
    return {changed, look(store)->facts(kPerson).value().ended};
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(a_persons_end_is_the_newest_word_of_its_record, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const auto later = kNow + kMinute;
    BOOST_TEST((after(store, {.history = 2, .said = kNow, .at = kNow}) == Change{true, kNow}));
    BOOST_TEST((after(store, {.history = 2, .said = kNow, .at = kNow}) == Change{false, kNow}));
    BOOST_TEST((after(store, {.history = 2, .said = later, .at = later}) == Change{true, later}));
    BOOST_TEST((after(store, {.history = 2, .said = kNow}) == Change{false, later}));
    BOOST_TEST((after(store, {.history = 2, .said = later, .at = later, .deleted = true}) ==
                Change{true, std::nullopt}));
    BOOST_TEST(
        (after(store, {.history = 2, .said = kNow, .at = kNow}) == Change{false, std::nullopt}));
    BOOST_TEST(!look(store)->facts(model::PersonHash("other")).value().ended);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_greater_history_replaces_the_end_of_a_smaller_one, Fixture,
                              Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    BOOST_TEST((after(store, {.history = 1, .said = kNow}) == Change{false, std::nullopt}));
    BOOST_TEST((after(store, {.history = 2, .said = kNow, .at = kNow}) == Change{true, kNow}));
    BOOST_TEST((after(store, {.history = 1, .said = kNow + kMinute}) == Change{false, kNow}));
    BOOST_TEST((after(store, {.history = 3, .said = kNow}) == Change{true, std::nullopt}));
    BOOST_TEST((after(store, {.history = 3, .said = kNow, .deleted = true}) == Change{true, kNow}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_word_that_ends_nothing_counts_before_the_one_it_comes_ahead_of,
                              Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    BOOST_TEST((after(store, {.history = 2, .said = kNow}) == Change{false, std::nullopt}));
    BOOST_TEST(
        (after(store, {.history = 1, .said = kNow, .at = kNow}) == Change{false, std::nullopt}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(accesses_to_a_person_come_the_latest_first, Fixture, Stores) {
    Fixture fixture;
    for (const std::uint64_t leaf : {3U, 7U, 5U, 7U}) {
        commit(fixture.store(), [&](Transaction& t) { return t.add_access(kPerson, leaf); });
    }
    constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();
    using Leaves = std::vector<std::uint64_t>;
    BOOST_TEST((look(fixture.store())->accesses(kPerson, kAll, 9).value() == Leaves{7, 5, 3}));
    BOOST_TEST((look(fixture.store())->accesses(kPerson, 7, 9).value() == Leaves{5, 3}));
    BOOST_TEST((look(fixture.store())->accesses(kPerson, kAll, 2).value() == Leaves{7, 5}));
    BOOST_TEST(look(fixture.store())->accesses(model::PersonHash("x"), kAll, 9).value().empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_delivery_is_released_for_the_first_time_once, Fixture, Stores) {
    Fixture fixture;
    const auto id = accept(fixture.store(), "m-1");
    const auto mark = [&](bool keep) {
        bool first = false;
        (void)carry_out(fixture.store(), [&](Transaction& t) -> Result<void> {
            first = t.mark_released(id).value();
            if (keep) return {};
            return model::refuse(model::Problem::superseded);
        });
        return first;
    };
    BOOST_TEST(mark(false));
    BOOST_TEST(mark(true));
    BOOST_TEST(!mark(true));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_was_undone_left_no_access_and_no_end, Fixture, Stores) {
    Fixture fixture;
    const auto undone = carry_out(fixture.store(), [](Transaction& t) -> Result<void> {
        BOOST_TEST(t.add_access(kPerson, 1).has_value());
        BOOST_TEST(t.put_end(kPerson, {.history = 1, .at = kNow}).value());
        return model::refuse(model::Problem::superseded);
    });
    BOOST_TEST(!undone);
    BOOST_TEST(look(fixture.store())->accesses(kPerson, 9, 9).value().empty());
    BOOST_TEST(!look(fixture.store())->facts(kPerson).value().ended);
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
