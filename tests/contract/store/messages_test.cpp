// Accepting, reading back, savepoints and keys.
#include <boost/test/unit_test.hpp>

#include "tests/contract/store/store_world.h"

namespace sekisho::store {

using model::Problem;

BOOST_AUTO_TEST_SUITE(store_messages)

BOOST_AUTO_TEST_CASE_TEMPLATE(what_was_accepted_is_read_back_whole, Fixture, Stores) {
    Fixture fixture;
    const DeliveryId id = accept(fixture.store(), "m-1");
    const auto view = look(fixture.store());
    BOOST_TEST((view->message(key("m-1")).value() == message("m-1")));
    BOOST_TEST((view->body(key("m-1")).value() == body()));
    StoredDelivery expected = delivery("m-1");
    expected.id = id;
    BOOST_TEST((view->deliveries(key("m-1")).value() == std::vector{expected}));
    const std::vector first{HistoryEntry{.at = kNow, .state = DeliveryState::queued}};
    BOOST_TEST((view->history(id).value() == first));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_not_there_is_nothing_and_no_error, Fixture, Stores) {
    Fixture fixture;
    const auto view = look(fixture.store());
    BOOST_TEST(!view->message(key("none")).value());
    BOOST_TEST(!view->body(key("none")).value());
    BOOST_TEST(view->deliveries(key("none")).value().empty());
    BOOST_TEST(view->messages_with_id(model::MessageId("none")).value().empty());
    BOOST_TEST(!view->business_key({.owner = clinic(), .type = model::TypeId("t")}).value());
    BOOST_TEST(!view->leased("none").value());
    BOOST_TEST(view->history(99).value().empty());
    BOOST_TEST(!view->note("none").value());
    BOOST_TEST(!view->next_due(model::Via("mailbox")).value());
    BOOST_TEST(view->queue_depths().value().empty());
    BOOST_TEST(!view->spool_file_known("none").value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(empty_texts_and_lists_are_read_back_as_empty, Fixture, Stores) {
    Fixture fixture;
    StoredMessage bare = message("m-1");
    bare.persons.clear();
    bare.sealed_envelope.clear();
    commit(fixture.store(),
           [&](Transaction& transaction) { return transaction.insert_message(bare, body("")); });
    const auto view = look(fixture.store());
    BOOST_TEST((view->message(bare.key).value() == bare));
    BOOST_TEST((view->body(bare.key).value() == body("")));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_bad_item_is_undone_whole_and_its_group_goes_on, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    std::vector<Result<void>> results;
    const auto note_result = [&](Result<void> result) { results.push_back(std::move(result)); };
    const auto good = [](const std::string& id) {
        return [id](Transaction& transaction) -> Result<void> {
            if (auto done = transaction.insert_message(message(id), body()); !done) return done;
            if (auto leaf = transaction.append_leaf("leaf " + id); !leaf) return forget(leaf);
            return forget(transaction.insert_delivery(delivery(id)));
        };
    };
    const auto bad = [](Transaction& transaction) -> Result<void> {
        BOOST_TEST(transaction.insert_message(message("bad"), body()).has_value());
        BOOST_TEST(transaction.append_leaf("leaf bad").value() == 1U);
        BOOST_TEST(transaction.insert_delivery(delivery("bad")).has_value());
        BOOST_TEST(transaction.set_note("bad", "x").has_value());
        BOOST_TEST(transaction.lease(lease_request({"h1", "h2"})).value().size() == 2U);
        return model::refuse(Problem::held_elsewhere);
    };
    BOOST_REQUIRE(store.submit(good("one"), note_result));
    BOOST_REQUIRE(store.submit(bad, note_result));
    BOOST_REQUIRE(store.submit(good("two"), note_result));
    BOOST_TEST(store.commit_group() == 3U);
    BOOST_REQUIRE(results.size() == 3U);
    BOOST_TEST(results[0].has_value());
    BOOST_TEST((results[1].error().problem == Problem::held_elsewhere));
    BOOST_TEST(results[2].has_value());
    const auto view = look(store);
    BOOST_TEST(!view->message(key("bad")).value());
    BOOST_TEST(!view->note("bad").value());
    BOOST_TEST(!view->leased("h1").value());
    const std::vector<std::string> leaves{"leaf one", "leaf two"};
    BOOST_TEST(view->leaves(0, 9).value() == leaves, boost::test_tools::per_element());
    const auto deliveries = view->deliveries(key("one")).value();
    BOOST_REQUIRE(deliveries.size() == 1U);
    BOOST_TEST((deliveries[0].state == DeliveryState::queued));
    BOOST_TEST(view->history(deliveries[0].id).value().size() == 1U);
    BOOST_TEST(view->queue_depths().value().at(0).queued == 2U);
    BOOST_TEST(store.health().items == 2U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_work_that_throws_is_undone_and_refused, Fixture, Stores) {
    Fixture fixture;
    const auto result = carry_out(fixture.store(), [](Transaction& transaction) -> Result<void> {
        BOOST_TEST(transaction.set_note("n", "x").has_value());
        throw std::runtime_error("broken work");
    });
    BOOST_REQUIRE(!result);
    BOOST_TEST((result.error().problem == Problem::internal));
    BOOST_TEST(!look(fixture.store())->note("n").value());
    BOOST_TEST(fixture.store().health().accepting);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_message_is_inserted_once, Fixture, Stores) {
    Fixture fixture;
    accept(fixture.store(), "m-1");
    const auto again = carry_out(fixture.store(), [](Transaction& transaction) {
        return transaction.insert_message(message("m-1"), body("other"));
    });
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().problem == Problem::message_conflict));
    BOOST_TEST((look(fixture.store())->body(key("m-1")).value() == body()));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_same_id_of_two_sources_is_two_messages, Fixture, Stores) {
    Fixture fixture;
    accept(fixture.store(), "m-1");
    StoredMessage other = message("m-1");
    other.key.source = village();
    commit(fixture.store(),
           [&](Transaction& transaction) { return transaction.insert_message(other, body()); });
    const auto keys = look(fixture.store())->messages_with_id(model::MessageId("m-1")).value();
    BOOST_REQUIRE(keys.size() == 2U);
    BOOST_TEST((keys[0] < keys[1]));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_business_key_belongs_to_one_message_of_its_scope, Fixture, Stores) {
    Fixture fixture;
    accept(fixture.store(), "m-1");
    accept(fixture.store(), "m-2");
    const BusinessScope scope{
        .owner = clinic(), .type = model::TypeId("certification.opinion"), .key_hash = {7}};
    const auto insert = [&](BusinessScope of, const std::string& id) {
        return carry_out(fixture.store(), [of, id](Transaction& transaction) {
            return transaction.insert_business_key(of, key(id));
        });
    };
    BOOST_TEST(insert(scope, "m-1").has_value());
    const auto again = insert(scope, "m-2");
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().problem == Problem::business_key_conflict));
    BOOST_TEST((look(fixture.store())->business_key(scope).value() == key("m-1")));
    BusinessScope elsewhere = scope;
    elsewhere.owner = village();
    BOOST_TEST(insert(elsewhere, "m-2").has_value());
    elsewhere.type = model::TypeId("other");
    BOOST_TEST(insert(elsewhere, "m-2").has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_awaited_is_waited_for_until_it_is_filed_or_withdrawn, Fixture,
                              Stores) {
    Fixture fixture;
    const auto opinion = [](std::uint8_t number) {
        return BusinessScope{.owner = clinic(),
                             .type = model::TypeId("certification.opinion"),
                             .key_hash = {number}};
    };
    const auto asks = [&](const std::string& id, std::uint8_t number, model::Instant due,
                          WaitingState state = WaitingState::waiting) {
        accept(fixture.store(), id);
        commit(fixture.store(), [=](Transaction& transaction) {
            return transaction.insert_awaited(
                {.request = key(id), .document = opinion(number), .due = due, .state = state});
        });
    };
    const auto ends = [&](std::uint8_t number, WaitingState state) {
        std::uint64_t ended = 0;
        commit(fixture.store(), [&](Transaction& transaction) -> Result<void> {
            const auto count = transaction.end_waiting(opinion(number), state);
            if (!count) return forget(count);
            ended = *count;
            return {};
        });
        return ended;
    };
    const auto state_of = [&](const std::string& id) {
        return look(fixture.store())->awaited_by(key(id)).value()->state;
    };
    const model::Instant sooner = kNow + std::chrono::days{3};
    const model::Instant later = kNow + std::chrono::days{30};
    asks("m-1", 1, later);
    asks("m-2", 2, sooner);
    asks("m-3", 3, later);
    asks("m-4", 3, later);
    asks("m-5", 5, sooner, WaitingState::filed);
    const std::vector<AwaitedCount> all{{.due = sooner, .count = 1}, {.due = later, .count = 3}};
    BOOST_TEST((look(fixture.store())->awaited().value() == all));
    const AwaitedDocument first{.request = key("m-1"), .document = opinion(1), .due = later};
    BOOST_TEST((look(fixture.store())->awaited_by(key("m-1")).value() == first));
    BOOST_TEST(!look(fixture.store())->awaited_by(key("none")).value());

    BOOST_TEST(ends(3, WaitingState::filed) == 2U);
    BOOST_TEST(ends(2, WaitingState::withdrawn) == 1U);
    BOOST_TEST(ends(9, WaitingState::filed) == 0U);
    BOOST_TEST(ends(2, WaitingState::filed) == 0U);  // it is no longer waited for
    const std::vector<AwaitedCount> left{{.due = later, .count = 1}};
    BOOST_TEST((look(fixture.store())->awaited().value() == left));
    BOOST_TEST((state_of("m-2") == WaitingState::withdrawn));
    BOOST_TEST((state_of("m-3") == WaitingState::filed));
    BOOST_TEST((state_of("m-4") == WaitingState::filed));
    BOOST_TEST((state_of("m-5") == WaitingState::filed));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_end_of_waiting_that_is_undone_waits_on, Fixture, Stores) {
    Fixture fixture;
    const BusinessScope opinion{.owner = clinic(), .type = model::TypeId("t"), .key_hash = {1}};
    accept(fixture.store(), "m-1");
    commit(fixture.store(), [=](Transaction& transaction) {
        return transaction.insert_awaited(
            {.request = key("m-1"), .document = opinion, .due = kNow});
    });
    const auto undone = carry_out(fixture.store(), [=](Transaction& transaction) -> Result<void> {
        const auto ended = transaction.end_waiting(opinion, WaitingState::filed);
        return ended ? model::refuse(Problem::internal) : forget(ended);
    });
    BOOST_TEST(!undone.has_value());
    BOOST_TEST(
        (look(fixture.store())->awaited_by(key("m-1")).value()->state == WaitingState::waiting));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_points_at_an_absent_message_is_refused, Fixture, Stores) {
    Fixture fixture;
    const auto key_result = carry_out(fixture.store(), [](Transaction& transaction) {
        return transaction.insert_business_key({.owner = clinic()}, key("none"));
    });
    BOOST_REQUIRE(!key_result);
    BOOST_TEST((key_result.error().problem == Problem::message_unknown));
    const auto delivery_result = carry_out(fixture.store(), [](Transaction& transaction) {
        return forget(transaction.insert_delivery(delivery("none")));
    });
    BOOST_REQUIRE(!delivery_result);
    BOOST_TEST((delivery_result.error().problem == Problem::message_unknown));
    const auto awaited_result = carry_out(fixture.store(), [](Transaction& transaction) {
        return transaction.insert_awaited(
            {.request = key("none"), .document = {.owner = clinic()}});
    });
    BOOST_REQUIRE(!awaited_result);
    BOOST_TEST((awaited_result.error().problem == Problem::message_unknown));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_transaction_reads_its_own_writes_and_a_view_does_not, Fixture,
                              Stores) {
    Fixture fixture;
    commit(fixture.store(), [](Transaction& transaction) -> Result<void> {
        if (auto done = transaction.insert_message(message("m-1"), body()); !done) return done;
        BOOST_TEST(transaction.message(key("m-1")).value().has_value());
        BOOST_TEST(transaction.append_leaf("leaf").value() == 0U);
        BOOST_TEST(transaction.tree_head().value().size == 1U);
        return {};
    });
    BOOST_REQUIRE(fixture.store().submit(
        [](Transaction& transaction) { return transaction.set_note("n", "x"); },
        [](const Result<void>&) {}));
    const auto view = look(fixture.store());
    BOOST_TEST(!view->note("n").value());
    fixture.store().commit_group();
    BOOST_TEST(view->note("n").value().value() == "x");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_spool_file_of_a_committed_body_is_known, Fixture, Stores) {
    Fixture fixture;
    SealedBody large = body("");
    large.spool_file = "abc.sealed";
    commit(fixture.store(), [&](Transaction& transaction) {
        return transaction.insert_message(message("m-1"), large);
    });
    const auto view = look(fixture.store());
    BOOST_TEST((view->body(key("m-1")).value() == large));
    BOOST_TEST(view->spool_file_known("abc.sealed").value());
    BOOST_TEST(!view->spool_file_known("").value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
