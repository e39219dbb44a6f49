// What waits at one way, and goes to another; what a mailbox keeps.
#include <boost/test/unit_test.hpp>

#include "tests/contract/store/store_world.h"

namespace sekisho::store {

BOOST_AUTO_TEST_SUITE(deliveries_that_move)

BOOST_AUTO_TEST_CASE_TEMPLATE(what_waits_is_gone_through_piece_by_piece, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const model::Via via("mailbox");
    constexpr int kMany = 5;
    std::vector<DeliveryId> all;
    all.reserve(kMany + 1);
    for (int i = 0; i < kMany; ++i) all.push_back(accept(store, "m-" + std::to_string(i)));
    StoredDelivery sooner = delivery("m-5");
    sooner.expires = sooner.expires - kMinute;
    all.insert(all.begin(), accept(store, "m-5", sooner));
    StoredDelivery elsewhere = delivery("m-6");
    elsewhere.via = model::Via("municipal");
    accept(store, "m-6", elsewhere);
    std::vector<DeliveryId> found;
    WaitingAfter after{};
    for (int pieces = 0; pieces < 4; ++pieces) {
        const auto piece = look(store)->waiting(via, after, 2).value();
        for (const auto& one : piece) {
            found.push_back(one.delivery.id);
            after = {.expires = one.delivery.expires, .id = one.delivery.id};
            BOOST_TEST((one.type == message("m-0").type));
        }
    }
    BOOST_TEST((found == all));
    const auto taken = lease(store, lease_request({"h1"}));  // what is under way waits no more
    BOOST_TEST(look(store)->waiting(via, {}, 9).value().size() == all.size() - 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_moves_to_another_lane_is_due_there_with_its_history, Fixture,
                              Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    StoredDelivery later = delivery("m-1");
    later.turn = later.next_attempt = kNow + 9 * kMinute;
    const DeliveryId id = accept(store, "m-1", later);
    const Move move{.delivery = id, .via = model::Via("line"), .at = kNow, .detail = "by line"};
    commit(store, [&](Transaction& transaction) -> Result<void> {
        BOOST_TEST(transaction.move(move).value());
        return {};
    });
    BOOST_TEST(look(store)->waiting(model::Via("mailbox"), {}, 9).value().empty());
    BOOST_TEST(look(store)->history(id).value().back().detail == "by line");
    LeaseRequest request = lease_request({"h1"});
    request.via = move.via;
    const auto taken = lease(store, request);
    BOOST_TEST((ids(taken) == std::vector{id}));
    BOOST_TEST((taken.front().via == move.via));
    // Not while it is under way, and not once it is settled.
    commit(store, [&](Transaction& transaction) -> Result<void> {
        BOOST_TEST(!transaction.move(move).value());
        return {};
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_moves_keeps_its_place_in_its_order, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    std::vector<DeliveryId> line;
    for (const char* name : {"m-1", "m-2"}) {
        StoredDelivery ordered = delivery(name);
        ordered.order_key = "series";
        line.push_back(accept(store, name, ordered));
    }
    commit(store, [&](Transaction& transaction) {
        return forget(
            transaction.move({.delivery = line[1], .via = model::Via("line"), .at = kNow}));
    });
    LeaseRequest request = lease_request({"h1"});
    request.via = model::Via("line");
    BOOST_TEST(lease(store, request).empty());  // the first of the series has not left yet
    const auto first_way = [&] { return look(store)->first_in_order(city(), "series").value(); };
    BOOST_TEST((first_way() == model::Via("mailbox")));
    const auto first = lease(store, lease_request({"h2"}));
    BOOST_TEST((ids(first) == std::vector{line[0]}));
    BOOST_TEST(settle(store, settlement(first[0], DeliveryState::delivered)));
    BOOST_TEST((first_way() == model::Via("line")));
    request.handles = {"h3"};
    const auto second = lease(store, request);
    BOOST_TEST((ids(second) == std::vector{line[1]}));
    BOOST_TEST(settle(store, settlement(second[0], DeliveryState::delivered)));
    BOOST_TEST(!first_way().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_move_that_is_undone_leaves_it_where_it_was, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const DeliveryId id = accept(store, "m-1");
    const auto undone = carry_out(store, [&](Transaction& transaction) -> Result<void> {
        BOOST_TEST(
            transaction.move({.delivery = id, .via = model::Via("line"), .at = kNow}).value());
        return model::refuse(model::Problem::internal);
    });
    BOOST_TEST(!undone.has_value());
    BOOST_TEST(look(store)->waiting(model::Via("mailbox"), {}, 9).value().size() == 1U);
    BOOST_TEST(look(store)->waiting(model::Via("line"), {}, 9).value().empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_mailbox_keeps_the_types_that_are_barred, Fixture, Stores) {
    Fixture fixture;
    Store& store = fixture.store();
    const DeliveryId id = accept(store, "m-1");
    LeaseRequest request = lease_request({"h1"});
    request.recipient = city();
    request.types_barred = {message("m-1").type, model::TypeId("life.feedback")};
    BOOST_TEST(lease(store, request).empty());
    request.types_barred = {model::TypeId("life.feedback"), model::TypeId("certification")};
    BOOST_TEST((ids(lease(store, request)) == std::vector{id}));
    request.now = kNow + 2 * kMinute;  // its lease has run out
    request.until = kNow + 3 * kMinute;
    request.handles = {"h2"};
    request.types_barred = {message("m-1").type};
    BOOST_TEST(lease(store, request).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
