#include "routing/plan/rehearsal.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/paths_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using namespace sekisho::path;
using sekisho::plan::Rehearsed;
using sekisho::plan::Snapshot;

namespace {

const ZoneName kPublic{"public"};

PathRule rule(WhenDown when_down) {
    return path_rule(when_down, {"public", "eligibility"}, {"certification.*"});
}

Snapshot with_ways(std::vector<PathRule> rules) {
    Snapshot world = snapshot();
    give_ways(world, std::move(rules), {"public"});
    return world;
}

// "platform -> line instead": of an opinion that goes to that party.
std::string opinion_to(const std::string& recipient, const std::vector<Rehearsed>& rows) {
    const auto found = std::ranges::find_if(rows, [&](const Rehearsed& row) {
        return row.type.text() == "certification.opinion" && row.intent == Intent::file &&
               to_string(row.example) == recipient;
    });
    if (found == rows.end()) return "nothing";
    return found->today.leg->via.text() + " -> " + found->then.leg->via.text() + " " +
           std::string{to_string(found->then.why)} + (found->is_stuck() ? ", stuck" : "");
}

std::string platform_in(const Snapshot& world, const Conditions& today = {}) {
    return opinion_to(std::string{kPlatform}, sekisho::plan::rehearse(world, kPublic, today, kNow));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_rehearsal)

BOOST_AUTO_TEST_CASE(says_what_takes_another_way_and_what_waits_and_what_is_refused) {
    BOOST_TEST(platform_in(with_ways({rule(WhenDown::other)})) == "platform -> line instead");
    BOOST_TEST(platform_in(with_ways({rule(WhenDown::wait)})) == "platform -> platform waits");
    BOOST_TEST(platform_in(with_ways({rule(WhenDown::refuse)})) == "platform -> platform refused");
}

BOOST_AUTO_TEST_CASE(finds_what_has_no_way_out_though_its_rule_asks_for_one) {
    const Conditions line_is_silent{.ways = {{kLine, Standing::silent}}};
    BOOST_TEST(platform_in(with_ways({rule(WhenDown::other)}), line_is_silent) ==
               "platform -> platform waits, stuck");
    BOOST_TEST(platform_in(with_ways({rule(WhenDown::wait)}), line_is_silent) ==
               "platform -> platform waits");
}

BOOST_AUTO_TEST_CASE(does_not_blame_what_has_no_other_way) {
    const auto rows =
        sekisho::plan::rehearse(with_ways({rule(WhenDown::other)}), kPublic, {}, kNow);
    BOOST_TEST(std::ranges::any_of(rows, &Rehearsed::is_against_rule));
    BOOST_TEST(std::ranges::none_of(rows, &Rehearsed::is_stuck));
}

BOOST_AUTO_TEST_CASE(leaves_alone_what_does_not_pass_that_network) {
    const auto rows =
        sekisho::plan::rehearse(with_ways({rule(WhenDown::other)}), ZoneName{"internet"}, {}, kNow);
    BOOST_TEST(std::ranges::none_of(rows, [](const Rehearsed& row) { return row.is_touched(); }));
}

BOOST_AUTO_TEST_CASE(lets_a_mailbox_wait_for_who_cannot_come_over_it) {
    const auto world = with_ways({rule(WhenDown::wait)});
    const auto rows = sekisho::plan::rehearse(world, kPublic, {}, kNow);
    const auto mailboxes = std::ranges::find_if(rows, [](const Rehearsed& row) {
        return row.type.text() == "certification.opinion" && row.legs.size() == 1U &&
               row.legs.front().via == kMailbox;
    });
    BOOST_TEST_REQUIRE((mailboxes != rows.end()));
    BOOST_TEST(mailboxes->recipients > 1U);  // those that are served alike are one row
    BOOST_TEST((mailboxes->then.why == Why::waits));
}

BOOST_AUTO_TEST_CASE(goes_through_questions_and_only_through_routes_in_effect) {
    const auto has_question = [](const std::vector<Rehearsed>& rows) {
        return std::ranges::any_of(rows,
                                   [](const Rehearsed& row) { return row.intent == Intent::read; });
    };
    const auto world = with_ways({});
    BOOST_TEST(has_question(sekisho::plan::rehearse(world, kPublic, {}, kNow)));
    Snapshot ended = world;
    auto routes = route_rows();
    for (auto& route : routes) route.effective.until = kNow;
    ended.routes = sekisho::table::RouteTable::build(2, std::move(routes)).value();
    BOOST_TEST(sekisho::plan::rehearse(ended, kPublic, {}, kNow).empty());
}

BOOST_AUTO_TEST_SUITE_END()
