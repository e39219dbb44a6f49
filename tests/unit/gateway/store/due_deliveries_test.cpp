#include "gateway/store/due_deliveries.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::store {

namespace {

model::Instant at(int seconds) {
    return model::Instant{std::chrono::seconds{seconds}};
}

LeaseRequest asking_for(std::size_t most, bool tried_first = false) {
    return {.deliveries_max = most,
            .tried_first = tried_first,
            .handles = std::vector<std::string>(most, "handle")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(due_deliveries)

BOOST_AUTO_TEST_CASE(fresh_and_others_come_in_turn_each_from_its_first_on) {
    const auto ids =
        in_turn({.fresh = {{at(9), 1}, {at(8), 2}, {at(7), 3}}, .others = {{at(2), 4}, {at(1), 5}}},
                asking_for(9));
    BOOST_TEST((ids == std::vector<DeliveryId>{3, 5, 2, 4, 1}));
}

BOOST_AUTO_TEST_CASE(who_takes_one_at_a_time_has_both_kinds_by_changing_which_comes_first) {
    const DueDeliveries due{.fresh = {{at(1), 1}, {at(2), 2}}, .others = {{at(3), 3}}};
    BOOST_TEST((in_turn(due, asking_for(1)) == std::vector<DeliveryId>{1}));
    BOOST_TEST((in_turn(due, asking_for(1, true)) == std::vector<DeliveryId>{3}));
    BOOST_TEST((in_turn(due, asking_for(3, true)) == std::vector<DeliveryId>{3, 1, 2}));
}

BOOST_AUTO_TEST_CASE(no_more_are_taken_than_asked_for) {
    BOOST_TEST((in_turn({.fresh = {{at(1), 1}, {at(2), 2}}, .others = {{at(1), 3}}},
                        asking_for(2)) == std::vector<DeliveryId>{1, 3}));
    BOOST_TEST(in_turn({.fresh = {{at(1), 1}}}, asking_for(0)).empty());
}

BOOST_AUTO_TEST_CASE(where_one_kind_ends_the_other_goes_on) {
    BOOST_TEST((in_turn({.others = {{at(2), 2}, {at(1), 1}}}, asking_for(5)) ==
                std::vector<DeliveryId>{1, 2}));
}

BOOST_AUTO_TEST_CASE(ids_decide_between_equals) {
    BOOST_TEST((in_turn({.fresh = {{at(1), 7}, {at(1), 3}}}, asking_for(5)) ==
                std::vector<DeliveryId>{3, 7}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
