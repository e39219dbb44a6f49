// Whose turn it is, and what an account is good for.
#include "gateway/listener/fair_gate.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

#include "gateway/listener/accounts.h"

namespace sekisho::listener {

namespace {

using namespace std::chrono_literals;
using Entry = FairGate::Entry;

const model::PartyId kNoisy = *model::parse_party_id("care-manager:1379900010");
const model::PartyId kQuiet = *model::parse_party_id("medical:1319900013");
const model::PartyId kThird = *model::parse_party_id("care-office:1379900028");

// A gate whose admissions are written down, a letter each.
struct Door {
    explicit Door(model::Budget budget) : gate(std::move(budget)) {}

    Entry enter(const model::PartyId& party, char letter) {
        return gate.enter(party, ++last, [this, letter] { admitted += letter; });
    }

    FairGate gate;
    FairGate::Ticket last = 0;
    std::string admitted;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fair_gate)

BOOST_AUTO_TEST_CASE(while_places_are_free_everyone_is_let_in_at_once) {
    Door door{{.in_progress_max = 3, .in_progress_per_party = 3}};
    BOOST_TEST((door.enter(kNoisy, 'n') == Entry::admitted));
    BOOST_TEST((door.enter(kNoisy, 'n') == Entry::admitted));
    BOOST_TEST((door.enter(kQuiet, 'q') == Entry::admitted));
    BOOST_TEST((door.enter(kQuiet, 'q') == Entry::waiting));
    BOOST_TEST(door.gate.in_progress() == 3U);
    BOOST_TEST(door.gate.waiting() == 1U);
}

BOOST_AUTO_TEST_CASE(a_party_has_its_own_share_and_no_more) {
    Door door{{.in_progress_max = 8, .in_progress_per_party = 2}};
    for (int i = 0; i < 2; ++i) BOOST_TEST((door.enter(kNoisy, 'n') == Entry::admitted));
    BOOST_TEST((door.enter(kNoisy, 'n') == Entry::waiting));
    BOOST_TEST((door.enter(kQuiet, 'q') == Entry::admitted));
    door.gate.leave(kQuiet);
    BOOST_TEST(door.admitted.empty());
    door.gate.leave(kNoisy);
    BOOST_TEST(door.admitted == "n");
}

BOOST_AUTO_TEST_CASE(a_thousand_of_one_party_do_not_come_before_the_first_of_another) {
    Door door{{.in_progress_max = 2, .in_progress_per_party = 2}};
    for (int i = 0; i < 1000; ++i) door.enter(kNoisy, 'n');
    door.enter(kQuiet, 'q');
    door.gate.leave(kNoisy);
    door.gate.leave(kNoisy);
    BOOST_TEST(door.admitted == "nq");
}

BOOST_AUTO_TEST_CASE(free_places_go_round_by_weight) {
    Door door{{.in_progress_max = 1, .in_progress_per_party = 1, .weights = {{kNoisy, 3}}}};
    door.enter(kThird, 't');
    for (int i = 0; i < 6; ++i) door.enter(kNoisy, 'n');
    for (int i = 0; i < 4; ++i) door.enter(kQuiet, 'q');
    door.gate.leave(kThird);
    while (door.admitted.size() < 10) {
        door.gate.leave(door.admitted.back() == 'n' ? kNoisy : kQuiet);
    }
    BOOST_TEST(door.admitted == "nnnqnnnqqq");
}

BOOST_AUTO_TEST_CASE(who_gives_up_is_not_called_and_who_was_called_owes_a_leave) {
    Door door{{.in_progress_max = 1, .in_progress_per_party = 1}};
    door.enter(kNoisy, 'n');
    door.enter(kQuiet, 'a');
    const auto first = door.last;
    door.enter(kQuiet, 'b');
    const auto second = door.last;
    BOOST_TEST(door.gate.give_up(kQuiet, first));
    door.gate.leave(kNoisy);
    BOOST_TEST(door.admitted == "b");
    BOOST_TEST(!door.gate.give_up(kQuiet, second));
    door.gate.leave(kQuiet);
    BOOST_TEST(door.gate.in_progress() == 0U);
    BOOST_TEST(door.gate.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(beyond_the_room_for_waiting_it_says_full) {
    Door door{{.in_progress_max = 1, .in_progress_per_party = 1, .waiting_max = 2}};
    for (int i = 0; i < 3; ++i) door.enter(kNoisy, 'n');
    BOOST_TEST((door.enter(kQuiet, 'q') == Entry::full));
    door.gate.leave(kNoisy);
    BOOST_TEST((door.enter(kQuiet, 'q') == Entry::waiting));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(accounts)

BOOST_AUTO_TEST_CASE(a_second_worth_of_requests_may_be_saved_up_and_comes_back_with_time) {
    Accounts accounts{{.requests_per_second = 10}};
    const Monotonic start{1h};
    for (int i = 0; i < 10; ++i) BOOST_TEST(!accounts.request(kNoisy, start));
    const auto overdraft = accounts.request(kNoisy, start);
    BOOST_REQUIRE(overdraft);
    BOOST_TEST(overdraft->rest.count() == 100);
    BOOST_TEST(overdraft->first);
    BOOST_TEST(!accounts.request(kQuiet, start));
    BOOST_TEST(!accounts.request(kNoisy, start + 100ms));
    const auto again = accounts.request(kNoisy, start + 101ms);
    BOOST_REQUIRE(again);
    BOOST_TEST(!again->first);
}

BOOST_AUTO_TEST_CASE(all_draw_on_the_zones_own_and_are_told_that_it_is_not_theirs) {
    Accounts accounts{{.requests_per_second_of_zone = 2, .bytes_per_second_of_zone = 1000}};
    const Monotonic start{1h};
    BOOST_TEST(!accounts.request(kNoisy, start));
    BOOST_TEST(!accounts.request(kNoisy, start));
    const auto overdraft = accounts.request(kQuiet, start);
    BOOST_REQUIRE(overdraft);
    BOOST_TEST(overdraft->of_zone);
    BOOST_TEST(overdraft->rest.count() == 500);
    BOOST_TEST(!accounts.request(kQuiet, start + 500ms));
    accounts.charge(kNoisy, 3000);
    const auto in_debt = accounts.request(kQuiet, start + 1s);
    BOOST_REQUIRE(in_debt);
    BOOST_TEST((in_debt->rest >= 500ms && in_debt->rest < 510ms));
}

BOOST_AUTO_TEST_CASE(bytes_may_run_into_debt_and_are_waited_for) {
    Accounts accounts{{.requests_per_second = 1000, .bytes_per_second = 1000}};
    const Monotonic start{1h};
    BOOST_TEST(!accounts.request(kNoisy, start));
    accounts.charge(kNoisy, 3000);
    const auto overdraft = accounts.request(kNoisy, start);
    BOOST_REQUIRE(overdraft);
    BOOST_TEST((overdraft->rest > 2000ms && overdraft->rest < 2010ms));
    BOOST_TEST(!accounts.request(kNoisy, start + overdraft->rest));
}

BOOST_AUTO_TEST_CASE(connections_are_counted_by_party_and_weight) {
    Accounts accounts{{.connections_per_party = 2, .weights = {{kQuiet, 2}}}};
    const Monotonic now{1h};
    BOOST_TEST(!accounts.connect(kNoisy, now));
    BOOST_TEST(!accounts.connect(kNoisy, now));
    BOOST_TEST(accounts.connect(kNoisy, now)->first);
    accounts.disconnect(kNoisy);
    BOOST_TEST(!accounts.connect(kNoisy, now));
    for (int i = 0; i < 4; ++i) BOOST_TEST(!accounts.connect(kQuiet, now));
    BOOST_TEST(accounts.connect(kQuiet, now)->first);
    BOOST_TEST(!accounts.connect(kQuiet, now)->first);
}

BOOST_AUTO_TEST_CASE(accounts_that_nobody_uses_are_forgotten_but_none_with_a_connection) {
    Accounts accounts{{.connections_per_party = 1, .requests_per_second = 1}};
    const Monotonic begun{};
    BOOST_TEST(!accounts.connect(kQuiet, begun));
    for (int i = 0; i < 1100; ++i) {
        const model::PartyId passer_by{.kind = model::PartyKind::system,
                                       .number = std::to_string(i)};
        BOOST_TEST(!accounts.connect(passer_by, begun));
        accounts.disconnect(passer_by);
    }
    BOOST_TEST(!accounts.connect(kNoisy, begun + 61s));
    BOOST_TEST(accounts.connect(kQuiet, begun + 61s).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::listener
