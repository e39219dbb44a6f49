// Leases, order keys, expiry, settlement, history and queue figures.
#include <boost/test/unit_test.hpp>

#include "tests/contract/store/store_world.h"

namespace sekisho::store {

BOOST_AUTO_TEST_SUITE(store_deliveries)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lease_takes_the_oldest_once, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const DeliveryId first = accept(store, "m-1");
    const DeliveryId second = accept(store, "m-2");
    const auto taken = lease(store, lease_request({"h1"}));
    BOOST_REQUIRE(taken.size() == 1U);
    BOOST_TEST(taken[0].id == first);
    BOOST_TEST(taken[0].lease == "h1");
    BOOST_TEST(taken[0].attempts == 1U);
    BOOST_TEST((taken[0].state == DeliveryState::leased));
    BOOST_TEST((taken[0].lease_until == kNow + kMinute));
    BOOST_TEST((taken[0].message == key("m-1")));
    const auto rest = lease(store, lease_request({"h2", "h3"}));
    BOOST_TEST((ids(rest) == std::vector{second}));
    BOOST_TEST(lease(store, lease_request({"h4"})).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lease_that_ran_out_is_given_again_under_a_new_handle, Fixture,
                              Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    accept(store, "m-1");
    const auto first = lease(store, lease_request({"h1"}));
    BOOST_TEST(lease(store, lease_request({"h2"}, kNow + kMinute - model::Duration{1})).empty());
    const auto second = lease(store, lease_request({"h2"}, kNow + kMinute));
    BOOST_REQUIRE(second.size() == 1U);
    BOOST_TEST(second[0].attempts == 2U);
    BOOST_TEST(!settle(store, settlement(first[0], DeliveryState::delivered)));
    BOOST_TEST(settle(store, settlement(second[0], DeliveryState::delivered)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lease_that_ran_out_but_was_not_given_again_still_settles, Fixture,
                              Stores) {
    Fixture fixture;
    accept(fixture.store(), "m-1");
    const auto taken = lease(fixture.store(), lease_request({"h1"}));
    Settlement late = settlement(taken[0], DeliveryState::delivered);
    late.at = kNow + 10 * kMinute;
    BOOST_TEST(settle(fixture.store(), late));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_not_due_is_not_taken, Fixture, Stores) {
    Fixture fixture;
    StoredDelivery later = delivery("m-1");
    later.next_attempt = kNow + kMinute;
    accept(fixture.store(), "m-1", later);
    BOOST_TEST(lease(fixture.store(), lease_request({"h1"})).empty());
    BOOST_TEST(lease(fixture.store(), lease_request({"h1"}, kNow + kMinute)).size() == 1U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_earliest_due_goes_first_and_ids_decide_between_equals, Fixture,
                              Stores) {
    Fixture fixture;
    StoredDelivery later = delivery("m-1");
    later.turn = later.next_attempt = kNow + kMinute;
    const DeliveryId last = accept(fixture.store(), "m-1", later);
    const DeliveryId first = accept(fixture.store(), "m-2");
    const DeliveryId second = accept(fixture.store(), "m-3");
    const auto taken = lease(fixture.store(), lease_request({"a", "b", "c"}, kNow + kMinute));
    BOOST_TEST((ids(taken) == std::vector{first, second, last}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_lane_the_earliest_turn_goes_first_and_what_was_tried_between,
                              Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const auto of_lane = [&](const std::string& id, model::Instant turn) {
        StoredDelivery delivery = store::delivery(id);
        delivery.via = model::Via{"platform"};
        delivery.turn = turn;
        return accept(store, id, delivery);
    };
    const auto lease_of_lane = [&](std::vector<std::string> handles) {
        LeaseRequest request = lease_request(std::move(handles), kNow + kMinute);
        request.via = model::Via{"platform"};
        return lease(store, request);
    };
    const DeliveryId tried = of_lane("m-1", kNow);
    Settlement back = settlement(lease_of_lane({"h"}).front(), DeliveryState::queued);
    back.next_attempt = kNow;
    BOOST_TEST(settle(store, back));
    const DeliveryId late = of_lane("m-2", kNow + 90 * kMinute);
    const DeliveryId soon = of_lane("m-3", kNow + 30 * kMinute);
    const DeliveryId now = of_lane("m-4", kNow);
    BOOST_TEST((ids(lease_of_lane({"a", "b", "c", "d"})) == std::vector{now, tried, soon, late}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lease_takes_no_more_than_asked_for_and_than_there_are_handles,
                              Fixture, Stores) {
    Fixture fixture;
    for (int i = 0; i < 5; ++i) accept(fixture.store(), "m-" + std::to_string(i));
    LeaseRequest request = lease_request({"a", "b", "c"});
    request.deliveries_max = 2;
    BOOST_TEST(lease(fixture.store(), request).size() == 2U);
    request = lease_request({"d"});
    request.deliveries_max = 9;
    BOOST_TEST(lease(fixture.store(), request).size() == 1U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lease_is_of_one_lane_and_of_one_recipient_if_asked, Fixture,
                              Stores) {
    Fixture fixture;
    StoredDelivery other_lane = delivery("m-1");
    other_lane.via = model::Via("municipal");
    accept(fixture.store(), "m-1", other_lane);
    StoredDelivery other_recipient = delivery("m-2");
    other_recipient.recipient = village();
    accept(fixture.store(), "m-2", other_recipient);
    const DeliveryId mine = accept(fixture.store(), "m-3");
    LeaseRequest request = lease_request({"a", "b", "c"});
    request.recipient = city();
    BOOST_TEST((ids(lease(fixture.store(), request)) == std::vector{mine}));
    request = lease_request({"d", "e"}, kNow + kMinute);  // the lease of `mine` has run out
    request.recipient = village();
    const auto taken = lease(fixture.store(), request);
    BOOST_REQUIRE(taken.size() == 1U);
    BOOST_TEST((taken[0].recipient == village()));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_one_order_key_only_the_first_unsettled_is_taken, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    std::vector<DeliveryId> line;
    for (const char* id : {"m-1", "m-2", "m-3"}) {
        StoredDelivery ordered = delivery(id);
        ordered.order_key = "series";
        line.push_back(accept(store, id, ordered));
    }
    StoredDelivery other = delivery("m-4");
    other.order_key = "other series";
    const DeliveryId free = accept(store, "m-4", other);
    StoredDelivery elsewhere = delivery("m-5");
    elsewhere.order_key = "series";
    elsewhere.recipient = village();
    const DeliveryId also_free = accept(store, "m-5", elsewhere);
    auto taken = lease(store, lease_request({"a", "b", "c", "d", "e"}));
    BOOST_TEST((ids(taken) == std::vector{line[0], free, also_free}));
    BOOST_TEST(settle(store, settlement(taken[1], DeliveryState::delivered)));
    BOOST_TEST(settle(store, settlement(taken[2], DeliveryState::delivered)));
    // Put back for later, the first still keeps the others waiting.
    Settlement back = settlement(taken[0], DeliveryState::queued);
    back.next_attempt = kNow + 10 * kMinute;
    BOOST_TEST(settle(store, back));
    BOOST_TEST(lease(store, lease_request({"f", "g"}, kNow)).empty());
    taken = lease(store, lease_request({"h"}, kNow + 10 * kMinute));
    BOOST_REQUIRE((ids(taken) == std::vector{line[0]}));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::delivered)));
    LeaseRequest of_city = lease_request({"i", "j", "k"}, kNow);
    of_city.recipient = city();
    BOOST_TEST((ids(lease(store, of_city)) == std::vector{line[1]}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_dead_delivery_holds_its_order_key_until_it_expires, Fixture,
                              Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    StoredDelivery first = delivery("m-1");
    first.order_key = "series";
    first.expires = kNow + 10 * kMinute;
    const DeliveryId blocking = accept(store, "m-1", first);
    StoredDelivery second = delivery("m-2");
    second.order_key = "series";
    const DeliveryId waiting = accept(store, "m-2", second);
    const auto taken = lease(store, lease_request({"a", "b"}));
    BOOST_REQUIRE((ids(taken) == std::vector{blocking}));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::dead)));
    BOOST_TEST(lease(store, lease_request({"c"}, kNow + 9 * kMinute)).empty());
    const model::Via via("mailbox");
    BOOST_TEST((look(store)->next_due(via).value() == kNow + 10 * kMinute));
    commit(store, [&](Transaction& transaction) -> Result<void> {
        const auto overdue = transaction.overdue(via, kNow + 10 * kMinute, 9).value();
        BOOST_REQUIRE((ids(overdue) == std::vector{blocking}));
        return transaction.expire(blocking, kNow + 10 * kMinute);
    });
    BOOST_TEST(
        (ids(lease(store, lease_request({"d"}, kNow + 10 * kMinute))) == std::vector{waiting}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_number_below_the_last_of_its_series_is_told_the_last, Fixture,
                              Stores) {
    Fixture fixture;
    const auto last_after = [&](const std::string& key, const std::string& number) {
        std::string last;
        commit(fixture.store(), [&](Transaction& transaction) {
            auto advanced = transaction.advance_series(key, number);
            if (advanced) last = *advanced;
            return forget(advanced);
        });
        return last;
    };
    BOOST_TEST(last_after("a", "20261121100000") == "20261121100000");
    BOOST_TEST(last_after("a", "20261121100001") == "20261121100001");
    BOOST_TEST(last_after("a", "20261121100001") == "20261121100001");
    BOOST_TEST(last_after("b", "20260101000000") == "20260101000000");
    BOOST_TEST(last_after("a", "20261121100000") == "20261121100001");
    BOOST_TEST(last_after("a", "20261121100002") == "20261121100002");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_expired_is_not_taken_but_overdue, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    StoredDelivery brief = delivery("m-1");
    brief.expires = kNow + kMinute;
    const DeliveryId id = accept(store, "m-1", brief);
    const auto overdue = [&](model::Instant now) {
        std::vector<StoredDelivery> list;
        commit(store, [&](Transaction& transaction) -> Result<void> {
            list = transaction.overdue(model::Via("mailbox"), now, 10).value();
            return {};
        });
        return ids(list);
    };
    BOOST_TEST(overdue(kNow).empty());
    BOOST_TEST((overdue(kNow + kMinute) == std::vector{id}));
    BOOST_TEST(lease(store, lease_request({"h1"}, kNow + kMinute)).empty());
    commit(store, [&](Transaction& t) { return t.expire(id, kNow + kMinute); });
    BOOST_TEST(overdue(kNow + kMinute).empty());
    const auto view = look(store);
    BOOST_TEST((view->deliveries(key("m-1")).value().at(0).state == DeliveryState::expired));
    BOOST_TEST((view->history(id).value().back() ==
                HistoryEntry{.at = kNow + kMinute, .state = DeliveryState::expired}));
    BOOST_TEST(!carry_out(store, [&](Transaction& t) { return t.expire(id, kNow); }));
    BOOST_TEST(!carry_out(store, [&](Transaction& t) { return t.expire(99, kNow); }));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_running_lease_is_not_overdue_until_it_ends, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    StoredDelivery brief = delivery("m-1");
    brief.expires = kNow + std::chrono::seconds{30};
    accept(store, "m-1", brief);
    BOOST_TEST(lease(store, lease_request({"h1"})).size() == 1U);
    commit(store, [&](Transaction& transaction) -> Result<void> {
        const model::Via via("mailbox");
        BOOST_TEST(transaction.overdue(via, kNow + std::chrono::seconds{45}, 9).value().empty());
        BOOST_TEST(transaction.overdue(via, kNow + kMinute, 9).value().size() == 1U);
        BOOST_TEST(transaction.overdue(via, kNow + kMinute, 0).value().empty());
        return {};
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_settlement_needs_the_present_lease, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const DeliveryId id = accept(store, "m-1");
    Settlement wrong{.delivery = id, .lease = "", .at = kNow};
    BOOST_TEST(!settle(store, wrong));
    const auto taken = lease(store, lease_request({"h1"}));
    wrong.lease = "guessed";
    BOOST_TEST(!settle(store, wrong));
    wrong = settlement(taken[0], DeliveryState::delivered);
    wrong.delivery = 99;
    BOOST_TEST(!settle(store, wrong));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::delivered)));
    BOOST_TEST(!settle(store, settlement(taken[0], DeliveryState::delivered)));
    BOOST_TEST(!carry_out(store, [&](Transaction& transaction) {
        return forget(transaction.settle(settlement(taken[0], DeliveryState::leased)));
    }));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_put_back_comes_again_when_due, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    accept(store, "m-1");
    const auto taken = lease(store, lease_request({"h1"}));
    Settlement back = settlement(taken[0], DeliveryState::queued);
    back.next_attempt = kNow + 5 * kMinute;
    back.detail = "backend-timeout";
    BOOST_TEST(settle(store, back));
    BOOST_TEST(lease(store, lease_request({"h2"}, kNow + 4 * kMinute)).empty());
    const auto again = lease(store, lease_request({"h2"}, kNow + 5 * kMinute));
    BOOST_REQUIRE(again.size() == 1U);
    BOOST_TEST(again[0].attempts == 2U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_history_shows_every_step, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const DeliveryId id = accept(store, "m-1");
    auto taken = lease(store, lease_request({"h1"}));
    Settlement back = settlement(taken[0], DeliveryState::queued);
    back.next_attempt = kNow + kMinute;
    back.detail = "backend-timeout";
    BOOST_TEST(settle(store, back));
    taken = lease(store, lease_request({"h2"}, kNow + 2 * kMinute));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::rejected)));
    const std::vector expected{
        HistoryEntry{.at = kNow, .state = DeliveryState::queued},
        HistoryEntry{.at = kNow, .state = DeliveryState::leased, .detail = "attempt 1"},
        HistoryEntry{
            .at = kNow + kMinute, .state = DeliveryState::queued, .detail = "backend-timeout"},
        HistoryEntry{
            .at = kNow + 2 * kMinute, .state = DeliveryState::leased, .detail = "attempt 2"},
        HistoryEntry{.at = kNow + kMinute, .state = DeliveryState::rejected},
    };
    BOOST_TEST((look(store)->history(id).value() == expected));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handle_finds_its_delivery_also_when_lost_or_settled, Fixture,
                              Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const DeliveryId id = accept(store, "m-1");
    lease(store, lease_request({"h1"}));
    const auto second = lease(store, lease_request({"h2"}, kNow + kMinute));
    BOOST_REQUIRE(second.size() == 1U);
    BOOST_TEST(settle(store, settlement(second[0], DeliveryState::delivered)));
    const auto view = look(store);
    for (const char* handle : {"h1", "h2"}) {
        const auto found = view->leased(handle).value();
        BOOST_REQUIRE(found.has_value());
        BOOST_TEST(found->id == id);
        BOOST_TEST((found->state == DeliveryState::delivered));
        BOOST_TEST(found->lease == "h2");
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handle_serves_once, Fixture, Stores) {
    Fixture fixture;
    accept(fixture.store(), "m-1");
    accept(fixture.store(), "m-2");
    BOOST_TEST(lease(fixture.store(), lease_request({"h1"})).size() == 1U);
    BOOST_TEST(!carry_out(fixture.store(), [](Transaction& transaction) {
        return forget(transaction.lease(lease_request({"h1"})));
    }));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(next_due_is_the_earliest_attempt_or_end_of_a_lease, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const model::Via via("mailbox");
    StoredDelivery later = delivery("m-1");
    later.turn = later.next_attempt = kNow + 3 * kMinute;
    later.order_key = "series";
    accept(store, "m-1", later);
    StoredDelivery behind = delivery("m-2");
    behind.order_key = "series";
    accept(store, "m-2", behind);  // due now, but not its turn
    BOOST_TEST((look(store)->next_due(via).value() == kNow + 3 * kMinute));
    accept(store, "m-3");
    BOOST_TEST((look(store)->next_due(via).value() == kNow));
    const auto taken = lease(store, lease_request({"h1"}));
    BOOST_TEST((look(store)->next_due(via).value() == kNow + kMinute));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::delivered)));
    BOOST_TEST((look(store)->next_due(via).value() == kNow + 3 * kMinute));
    BOOST_TEST(!look(store)->next_due(model::Via("municipal")).value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(queue_depths_count_by_lane, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    for (int i = 0; i < 4; ++i) accept(store, "m-" + std::to_string(i));
    StoredDelivery other = delivery("m-9");
    other.via = model::Via("municipal");
    accept(store, "m-9", other);
    const auto taken = lease(store, lease_request({"a", "b", "c"}));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::dead)));
    BOOST_TEST(settle(store, settlement(taken[1], DeliveryState::delivered)));
    const auto depths = look(store)->queue_depths().value();
    BOOST_REQUIRE(depths.size() == 2U);
    BOOST_TEST(depths[0].via.text() == "mailbox");
    BOOST_TEST(depths[0].queued == 1U);
    BOOST_TEST(depths[0].leased == 1U);
    BOOST_TEST(depths[0].dead == 1U);
    BOOST_TEST(depths[1].via.text() == "municipal");
    BOOST_TEST(depths[1].queued == 1U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_not_settled_is_counted_by_who_sent_it, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    BOOST_TEST(look(store)->unsettled_by_source().value().empty());
    for (int i = 0; i < 3; ++i) accept(store, "m-" + std::to_string(i));
    const auto taken = lease(store, lease_request({"a", "b"}));
    BOOST_TEST(settle(store, settlement(taken[0], DeliveryState::rejected)));
    const auto counts = look(store)->unsettled_by_source().value();
    BOOST_REQUIRE(counts.size() == 1U);
    BOOST_TEST((counts[0].first == clinic()));
    BOOST_TEST(counts[0].second == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
