#include "routing/path/choice.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "routing/model/party.h"

namespace sekisho::path {

namespace {

using model::Via;
using model::ZoneName;

const std::vector<Leg> kTwo{{.via = Via{"a"}, .network = ZoneName{"public"}},
                            {.via = Via{"b"}, .network = ZoneName{"eligibility"}}};

PathRule rule(WhenDown when_down, const std::vector<std::string_view>& networks) {
    PathRule made{.when_down = when_down};
    for (const auto network : networks) made.networks.emplace_back(std::string{network});
    return made;
}

Conditions silent(const std::vector<std::string_view>& vias) {
    Conditions conditions{.ways = {{Via{"a"}, Standing::answers}, {Via{"b"}, Standing::answers}}};
    for (const auto via : vias) conditions.ways[Via{std::string{via}}] = Standing::silent;
    return conditions;
}

// "b instead"; "- not-carried" where no leg is chosen.
std::string choosing(const PathRule* rule, const std::vector<Leg>& legs,
                     const Conditions& conditions = {}) {
    const Choice choice = choose(rule, legs, conditions);
    return (choice.leg ? choice.leg->via.text() : "-") + " " + std::string{to_string(choice.why)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_choice_of_legs)

BOOST_AUTO_TEST_CASE(takes_the_preferred_network_whatever_the_order_of_the_legs) {
    const PathRule by_line = rule(WhenDown::other, {"eligibility", "public"});
    BOOST_TEST(choosing(&by_line, kTwo) == "b preferred");
    BOOST_TEST(choosing(nullptr, kTwo) == "a preferred");
}

BOOST_AUTO_TEST_CASE(says_when_there_is_only_one) {
    const PathRule by_line = rule(WhenDown::other, {"eligibility"});
    BOOST_TEST(choosing(&by_line, kTwo) == "b only");
    BOOST_TEST(choosing(nullptr, {kTwo.front()}) == "a only");
}

BOOST_AUTO_TEST_CASE(takes_the_next_that_answers_where_the_rule_says_so) {
    const PathRule other = rule(WhenDown::other, {"public", "eligibility"});
    BOOST_TEST(choosing(&other, kTwo, silent({"a"})) == "b instead");
    BOOST_TEST(choosing(nullptr, kTwo, silent({"a"})) == "b instead");
    BOOST_TEST(choosing(&other, kTwo, silent({"b"})) == "a preferred");
}

BOOST_AUTO_TEST_CASE(waits_at_the_preferred_one_where_the_rule_says_so_or_nothing_answers) {
    const PathRule wait = rule(WhenDown::wait, {"public", "eligibility"});
    const PathRule other = rule(WhenDown::other, {"public", "eligibility"});
    BOOST_TEST(choosing(&wait, kTwo, silent({"a"})) == "a waits");
    BOOST_TEST(choosing(&other, kTwo, silent({"a", "b"})) == "a waits");
    BOOST_TEST(choosing(nullptr, {kTwo.front()}, silent({"a"})) == "a waits");
}

BOOST_AUTO_TEST_CASE(refuses_where_the_rule_says_so_though_another_would_answer) {
    const PathRule refuse = rule(WhenDown::refuse, {"public", "eligibility"});
    BOOST_TEST(choosing(&refuse, kTwo, silent({"a"})) == "a refused");
    BOOST_TEST(choosing(&refuse, kTwo, silent({"b"})) == "a preferred");
}

BOOST_AUTO_TEST_CASE(never_takes_a_network_that_may_not_carry_it) {
    const PathRule only = rule(WhenDown::other, {"public"});
    BOOST_TEST(choosing(&only, kTwo, silent({"a"})) == "a waits");
    const PathRule neither = rule(WhenDown::other, {"internet"});
    BOOST_TEST(choosing(&neither, kTwo) == "- not-carried");
    BOOST_TEST(choosing(&neither, {}) == "- not-carried");
    BOOST_TEST(choosing(&only, {{.via = Via{"unnamed"}, .network = {}}}) == "- not-carried");
}

BOOST_AUTO_TEST_CASE(keeps_in_a_mailbox_what_nobody_can_come_for) {
    const std::vector<Leg> one{{.via = model::kMailbox, .network = ZoneName{"public"}}};
    std::vector<Leg> two = one;
    two.push_back({.via = model::kMailbox, .network = ZoneName{"internet"}});
    const Conditions down{.network_down = ZoneName{"public"}};
    const PathRule refuse = rule(WhenDown::refuse, {"public", "internet"});
    BOOST_TEST(choosing(&refuse, one, down) == "mailbox waits");
    BOOST_TEST(choosing(&refuse, two, down) == "mailbox instead");
    BOOST_TEST(choosing(&refuse, two) == "mailbox preferred");
}

BOOST_AUTO_TEST_CASE(knows_the_silent_ways_by_name) {
    BOOST_TEST(silent({"a"}).is_silent(Via{"a"}));
    BOOST_TEST(!silent({"a"}).is_silent(Via{"b"}));
    BOOST_TEST(!silent({"a"}).is_silent(Via{"c"}));
}

BOOST_AUTO_TEST_CASE(holds_nothing_back_on_a_suspicion) {
    const PathRule refuse = rule(WhenDown::refuse, {"public", "eligibility"});
    BOOST_TEST(choosing(&refuse, kTwo, {.ways = {{Via{"a"}, Standing::unknown}}}) == "a preferred");
}

BOOST_AUTO_TEST_CASE(tells_each_leg_in_the_order_in_which_it_is_considered) {
    const PathRule by_line = rule(WhenDown::other, {"eligibility"});
    const auto considered = consider(&by_line, kTwo, silent({"b"}));
    BOOST_TEST_REQUIRE(considered.size() == 2U);
    BOOST_TEST(considered[0].leg.via.text() == "b");
    BOOST_TEST(considered[0].may_carry);
    BOOST_TEST(to_string(considered[0].standing) == "silent");
    BOOST_TEST(considered[1].leg.via.text() == "a");
    BOOST_TEST(!considered[1].may_carry);
    BOOST_TEST(to_string(considered[1].standing) == "answers");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::path
