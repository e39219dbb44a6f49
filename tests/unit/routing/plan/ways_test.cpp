// By which way something leaves: what a plan says of it, and where what waits may go.
#include "routing/plan/ways.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/paths_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using namespace sekisho::path;
using sekisho::plan::PlannedDelivery;
using sekisho::plan::Snapshot;

namespace {

const Conditions kFirstIsSilent{.ways = {{kFirst, Standing::silent}, {kLine, Standing::answers}}};

PathRule rule(const std::vector<std::string_view>& networks, WhenDown when_down = WhenDown::other) {
    return path_rule(when_down, networks, {"certification.opinion"});
}

// Who collects does so by two certificates of one network.
Snapshot with_ways(std::vector<PathRule> rules,
                   const std::vector<std::string_view>& collected_over = {"public", "public"}) {
    Snapshot world = snapshot();
    give_ways(world, std::move(rules), collected_over);
    return world;
}

sekisho::table::RouteTable opinions_to(std::vector<sekisho::table::RouteTarget> targets) {
    return sekisho::table::RouteTable::build(
               2, {{.id = RouteId{"opinion"}, .targets = std::move(targets)}})
        .value();
}

std::string planning(const Snapshot& world, const Conditions& conditions = {}) {
    return to_string(sekisho::plan::plan(world, an_opinion(), facts(), kNow, conditions));
}

PlannedDelivery waiting_at(const Via& via) {
    return {.recipient = party(kPlatform), .via = via, .route = RouteId{"opinion"}};
}

std::string other_than(const Via& via, const Snapshot& world, const Conditions& conditions) {
    const auto way = sekisho::plan::other_way(world, TypeId{"certification.opinion"},
                                              waiting_at(via), conditions);
    return way ? way->text() : "none";
}

std::string leaving(const Via& via, const Snapshot& world) {
    const auto made = sekisho::plan::authorize(world, an_opinion(), waiting_at(via), facts(), kNow);
    return made ? std::string{"leaves"} : std::string{entry_of(made.error().problem).name};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ways)

BOOST_AUTO_TEST_CASE(a_plan_names_the_network_of_each_way) {
    BOOST_TEST(planning(with_ways({})) ==
               "permit\n-> insurer:139980 mailbox over public\n-> system:platform platform over "
               "public");
    BOOST_TEST(planning(with_ways({rule({"eligibility", "public"})})) ==
               "permit\n-> insurer:139980 mailbox over public\n-> system:platform line over "
               "eligibility");
}

BOOST_AUTO_TEST_CASE(a_plan_takes_the_way_that_answers) {
    BOOST_TEST(planning(with_ways({rule({"public", "eligibility"})}), kFirstIsSilent) ==
               "permit\n-> insurer:139980 mailbox over public\n-> system:platform line over "
               "eligibility");
}

BOOST_AUTO_TEST_CASE(what_no_network_may_carry_to_its_recipient_is_denied) {
    BOOST_TEST(planning(with_ways({rule({"eligibility"})})) ==
               "deny: path-not-carried (insurer:139980)");
    BOOST_TEST(planning(with_ways({rule({"internet"})})) ==
               "deny: path-not-carried (insurer:139980), path-not-carried (system:platform)");
}

BOOST_AUTO_TEST_CASE(what_is_refused_while_a_network_is_down_says_that_it_is_for_now) {
    const Snapshot world = with_ways({rule({"public", "eligibility"}, WhenDown::refuse)});
    const auto made = sekisho::plan::plan(world, an_opinion(), facts(), kNow, kFirstIsSilent);
    BOOST_TEST(to_string(made) == "deny: network-down (system:platform)");
    const Refusal told = to_refusal(made.decision);
    BOOST_TEST((told.problem == Problem::network_down));
    BOOST_TEST(told.retry_after.has_value());
    // Two of them are the same no; with another reason it is one that waiting does not mend.
    Decision two = made.decision;
    two.reasons.push_back(two.reasons.front());
    BOOST_TEST((to_refusal(two).problem == Problem::network_down));
    two.reasons.push_back({.problem = Problem::no_route, .about = "system:pmh"});
    BOOST_TEST((to_refusal(two).problem == Problem::not_permitted));
}

BOOST_AUTO_TEST_CASE(a_route_that_names_a_way_leaves_no_other) {
    Snapshot world = with_ways({});
    world.routes = opinions_to({{.to = "system:platform", .via = kFirst}});
    BOOST_TEST(planning(world, kFirstIsSilent) ==
               "permit\n-> system:platform platform over public");
    BOOST_TEST(other_than(kFirst, world, kFirstIsSilent) == "none");
}

BOOST_AUTO_TEST_CASE(what_waits_goes_by_a_way_that_answers) {
    const Snapshot world = with_ways({rule({"public", "eligibility"})});
    BOOST_TEST(other_than(kFirst, world, kFirstIsSilent) == "line");
    BOOST_TEST(other_than(kFirst, world, {}) == "none");
    BOOST_TEST(other_than(kLine, world, {.ways = {{kLine, Standing::silent}}}) == "platform");
    BOOST_TEST(other_than(kLine, world, kFirstIsSilent) == "none");
}

BOOST_AUTO_TEST_CASE(what_waits_stays_where_its_rule_says_so_or_nothing_answers) {
    BOOST_TEST(other_than(kFirst, with_ways({rule({"public", "eligibility"}, WhenDown::wait)}),
                          kFirstIsSilent) == "none");
    BOOST_TEST(other_than(kFirst, with_ways({rule({"public", "eligibility"}, WhenDown::refuse)}),
                          kFirstIsSilent) == "none");
    BOOST_TEST(other_than(kFirst, with_ways({rule({"public"})}), kFirstIsSilent) == "none");
    BOOST_TEST(other_than(kFirst, with_ways({}),
                          {.ways = {{kFirst, Standing::silent}, {kLine, Standing::silent}}}) ==
               "none");
}

BOOST_AUTO_TEST_CASE(what_waits_at_a_way_that_may_carry_it_no_more_goes_by_one_that_may) {
    BOOST_TEST(other_than(kFirst, with_ways({rule({"eligibility"})}), {}) == "line");
    BOOST_TEST(other_than(kFirst, with_ways({rule({"internet"})}), {}) == "none");
}

BOOST_AUTO_TEST_CASE(what_waits_at_a_way_that_leads_there_no_more_goes_by_one_that_does) {
    Snapshot world = with_ways({});
    world.routes = opinions_to({{.to = "system:platform"}});
    BOOST_TEST(other_than(Via{"folder"}, world, {}) == "platform");
    BOOST_TEST(other_than(Via{"folder"}, world, kFirstIsSilent) == "line");
}

BOOST_AUTO_TEST_CASE(a_way_that_a_route_names_for_one_recipient_is_not_anothers) {
    Snapshot world = with_ways({rule({"public", "eligibility"})});
    world.routes =
        opinions_to({{.to = "system:platform"}, {.to = "insurer:139964", .via = kFirst}});
    BOOST_TEST(other_than(kFirst, world, kFirstIsSilent) == "line");
}

BOOST_AUTO_TEST_CASE(a_way_that_a_route_names_for_whoever_is_named_leaves_no_other) {
    const auto pinned_for = [](const char* to) {
        Snapshot world = with_ways({rule({"public", "eligibility"})});
        world.routes = opinions_to({{.to = "insurer:139964"}, {.to = to, .via = kFirst}});
        return other_than(kFirst, world, kFirstIsSilent);
    };
    BOOST_TEST(pinned_for("$recipient") == "none");
    BOOST_TEST(pinned_for("system:platform") == "none");
    BOOST_TEST(pinned_for("$insurer") == "line");  // the platform is none
}

BOOST_AUTO_TEST_CASE(what_waits_follows_its_route_to_the_way_that_it_names_now) {
    Snapshot world = with_ways({});
    world.routes = opinions_to({{.to = "system:platform", .via = kLine}});
    BOOST_TEST(other_than(Via{"folder"}, world, {}) == "line");
    BOOST_TEST(leaving(Via{"folder"}, world) == "path-not-carried");
    BOOST_TEST(other_than(kLine, world, {}) == "none");
    BOOST_TEST(leaving(kLine, world) == "leaves");
    // What took another way once and is named the first now goes back to it.
    world.routes = opinions_to({{.to = "system:platform", .via = kFirst}});
    BOOST_TEST(leaving(kLine, world) == "path-not-carried");
    BOOST_TEST(other_than(kLine, world, {}) == "platform");
    // So does what waits at the recipient's own first way.
    world.routes = opinions_to({{.to = "system:platform", .via = kLine}});
    BOOST_TEST(leaving(kFirst, world) == "path-not-carried");
    BOOST_TEST(other_than(kFirst, world, {}) == "line");
}

BOOST_AUTO_TEST_CASE(a_way_that_a_route_names_for_whoever_is_named_leads_nothing_else_there) {
    Snapshot world = with_ways({});
    world.routes = opinions_to({{.to = "$recipient", .via = Via{"folder"}}});
    BOOST_TEST(other_than(kFirst, world, kFirstIsSilent) == "line");
    BOOST_TEST(leaving(kLine, world) == "leaves");
    BOOST_TEST(other_than(kLine, world, {.ways = {{kLine, Standing::silent}}}) == "platform");
}

BOOST_AUTO_TEST_CASE(what_waits_at_a_strange_way_whose_route_is_gone_is_held) {
    Snapshot world = with_ways({});
    world.routes = sekisho::table::RouteTable::build(2, {}).value();
    BOOST_TEST(other_than(Via{"folder"}, world, {}) == "none");
    BOOST_TEST(leaving(Via{"folder"}, world) == "path-not-carried");
    // At one of the recipient's own ways it is as any other.
    BOOST_TEST(other_than(kFirst, world, kFirstIsSilent) == "line");
    // So it is where the route does not name this recipient any more.
    world.routes = opinions_to({{.to = "insurer:139964", .via = kLine}});
    BOOST_TEST(other_than(Via{"folder"}, world, {}) == "none");
    BOOST_TEST(leaving(Via{"folder"}, world) == "path-not-carried");
}

BOOST_AUTO_TEST_CASE(a_network_that_is_down_says_nothing_while_a_right_is_open) {
    const Snapshot world =
        with_ways({path_rule(WhenDown::refuse, {"public", "eligibility"}, {"care-plan.*"})});
    const auto made =
        sekisho::plan::plan(world, a_care_plan().to(kDeemedHospital), {}, kNow, kFirstIsSilent);
    BOOST_TEST((made.decision.verdict == Verdict::indeterminate), to_string(made));
}

BOOST_AUTO_TEST_CASE(a_delivery_leaves_only_by_a_network_that_may_carry_it_now) {
    BOOST_TEST(leaving(kFirst, with_ways({rule({"public"})})) == "leaves");
    BOOST_TEST(leaving(kFirst, with_ways({rule({"eligibility"})})) == "path-not-carried");
    BOOST_TEST(leaving(kLine, with_ways({rule({"eligibility"})})) == "leaves");
    // Nor by a way by which its recipient is not served any more.
    Snapshot world = with_ways({});
    world.routes = opinions_to({{.to = "system:platform"}});
    BOOST_TEST(leaving(Via{"folder"}, world) == "path-not-carried");
}

BOOST_AUTO_TEST_CASE(
    the_mailbox_of_someone_who_cannot_come_yet_keeps_what_comes_whatever_is_ruled) {
    const auto legs = sekisho::plan::legs_to(with_ways({}, {}), party(kHelpers), {});
    BOOST_TEST_REQUIRE(legs.size() == 1U);
    BOOST_TEST((legs.front().via == kMailbox));
    BOOST_TEST(legs.front().network.empty());
    const PathRule narrow = path_rule(WhenDown::refuse, {"eligibility"});
    BOOST_TEST(planning(with_ways({narrow}, {})) ==
               "permit\n-> insurer:139980 mailbox\n-> system:platform line over eligibility");
    BOOST_TEST(planning(with_ways({narrow})) == "deny: path-not-carried (insurer:139980)");
}

BOOST_AUTO_TEST_SUITE_END()
