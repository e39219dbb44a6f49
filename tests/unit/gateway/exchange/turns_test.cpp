// Fair queueing: whose delivery goes first.
#include "gateway/exchange/turns.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/fake_world.h"

namespace sekisho::exchange {

namespace {

constexpr model::Instant kNow = tests::FakeClock::kStart;
constexpr auto kTurn = model::limits::kTurn;
const model::Via kLane{"platform"};
const model::PartyId kNoisy{.kind = model::PartyKind::medical, .number = "1"};
const model::PartyId kQuiet{.kind = model::PartyKind::medical, .number = "2"};

}  // namespace

BOOST_AUTO_TEST_SUITE(turns)

BOOST_AUTO_TEST_CASE(who_has_nothing_waiting_comes_at_once) {
    Turns turns;
    for (int i = 0; i < 1000; ++i) (void)turns.next(kLane, kNoisy, kNow, 1);
    BOOST_TEST((turns.next(kLane, kQuiet, kNow, 1) == kNow));
}

BOOST_AUTO_TEST_CASE(each_further_one_that_waits_comes_later) {
    Turns turns;
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST((turns.next(kLane, kNoisy, kNow, 1) == kNow + i * kTurn));
    }
}

BOOST_AUTO_TEST_CASE(the_turns_of_one_that_speaks_for_many_are_nearer) {
    Turns turns;
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST((turns.next(kLane, kNoisy, kNow, 10) == kNow + i * kTurn / 10));
    }
}

BOOST_AUTO_TEST_CASE(the_turns_of_one_with_the_largest_weight_move_on_too) {
    Turns turns;
    model::Instant last{};
    for (int i = 0; i <= 10'000; ++i) last = turns.next(kLane, kNoisy, kNow, 1000);
    BOOST_TEST((last == kNow + std::chrono::seconds{1}));
}

BOOST_AUTO_TEST_CASE(what_was_taken_is_not_held_against_its_sender) {
    Turns turns;
    model::Instant last{};
    for (int i = 0; i < 1000; ++i) last = turns.next(kLane, kNoisy, kNow, 1);
    turns.taken(kLane, kNoisy, kNow);
    BOOST_TEST((turns.next(kLane, kNoisy, kNow, 1) == last + kTurn));
    turns.taken(kLane, kNoisy, last + kTurn);
    BOOST_TEST((turns.next(kLane, kNoisy, kNow, 1) == kNow));
}

BOOST_AUTO_TEST_CASE(lanes_have_turns_of_their_own) {
    Turns turns;
    for (int i = 0; i < 1000; ++i) (void)turns.next(kLane, kNoisy, kNow, 1);
    BOOST_TEST((turns.next(model::Via{"municipal"}, kNoisy, kNow, 1) == kNow));
}

BOOST_AUTO_TEST_CASE(a_turn_never_lies_in_the_past) {
    Turns turns;
    (void)turns.next(kLane, kNoisy, kNow, 1);
    const auto later = kNow + std::chrono::hours{1};
    BOOST_TEST((turns.next(kLane, kNoisy, later, 1) == later));
}

BOOST_AUTO_TEST_CASE(senders_whose_turns_have_passed_are_forgotten) {
    Turns turns;
    for (int i = 0; i < 5000; ++i) {
        const model::PartyId sender{.kind = model::PartyKind::medical, .number = std::to_string(i)};
        BOOST_TEST((turns.next(kLane, sender, kNow + std::chrono::seconds{i}, 1) ==
                    kNow + std::chrono::seconds{i}));
    }
    for (int i = 0; i < 3; ++i) (void)turns.next(kLane, kNoisy, kNow, 1);
    BOOST_TEST((turns.next(kLane, kNoisy, kNow, 1) == kNow + 3 * kTurn));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::exchange
