#include "routing/table/route_table.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::table;
using namespace sekisho::tests;

namespace {

Route a_route(std::string id, RouteMatch match, std::vector<RouteTarget> targets,
              Period effective = {}) {
    return {.id = RouteId{std::move(id)},
            .match = std::move(match),
            .targets = std::move(targets),
            .effective = effective};
}

RouteTable table_of(std::vector<Route> routes) {
    return RouteTable::build(7, std::move(routes)).value();
}

// "recipient [via] by route" of each target, in the order found.
std::string targets(const RouteTable& table, const Envelope& envelope, Instant now = kNow) {
    std::string text;
    for (const Target& target : table.match(envelope, now)) {
        text.append(text.empty() ? "" : "; ").append(to_string(target.recipient));
        if (!target.via.empty()) text.append(" via ").append(target.via.text());
        text.append(" by ").append(target.route.text());
    }
    return text;
}

std::string building(std::vector<Route> routes) {
    const auto built = RouteTable::build(1, std::move(routes));
    return built ? "built" : built.error().detail.en;
}

std::string why(const RouteTable& table, const Envelope& envelope) {
    const auto traces = table.trace(envelope, kNow);
    BOOST_TEST_REQUIRE(traces.size() == 1u);
    BOOST_TEST(traces[0].matched == traces[0].why.empty());
    BOOST_TEST(traces[0].matched == !table.match(envelope, kNow).empty());
    return traces[0].why;
}

const std::vector<RouteTarget> kToPlatform{{.to = "system:platform", .via = {}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(route_tables)

BOOST_AUTO_TEST_CASE(all_routes_that_match_take_effect_together) {
    BOOST_TEST(targets(route_table(), an_opinion()) ==
               "insurer:139980 by opinion-insurer; system:platform by opinion-platform");
}

BOOST_AUTO_TEST_CASE(nothing_matches_a_type_without_a_route) {
    BOOST_TEST(targets(route_table(), a_document("hospital.admission", kCareManager)) == "");
    BOOST_TEST(targets(RouteTable{}, an_opinion()) == "");
}

BOOST_AUTO_TEST_CASE(a_prefix_ends_at_its_dot) {
    const RouteTable table = table_of({a_route("r", {.types = {"care-plan.*"}}, kToPlatform)});
    BOOST_TEST(targets(table, a_care_plan()) == "system:platform by r");
    BOOST_TEST(targets(table, a_document("care-planning.home", kCareManager)) == "");
    BOOST_TEST(targets(table, a_document("care-plan", kCareManager)) == "");
}

BOOST_AUTO_TEST_CASE(a_route_without_types_matches_any) {
    const RouteTable table = table_of({a_route("r", {}, kToPlatform)});
    BOOST_TEST(targets(table, a_care_plan()) == "system:platform by r");
    BOOST_TEST(targets(table, a_claim()) == "system:platform by r");
}

BOOST_AUTO_TEST_CASE(a_question_takes_no_route_of_filings) {
    const RouteTable table = table_of({a_route("f", {.intent = Intent::file}, kToPlatform),
                                       a_route("r", {.intent = Intent::read}, kToPlatform)});
    BOOST_TEST(targets(table, a_care_plan()) == "system:platform by f");
    BOOST_TEST(targets(table, a_question("care-plan.home")) == "system:platform by r");
}

BOOST_AUTO_TEST_CASE(two_routes_to_one_recipient_are_one_delivery_by_the_first) {
    const RouteTable table = table_of({
        a_route("z", {.types = {"care-plan.*"}}, {{.to = "system:platform", .via = Via{"folder"}}}),
        a_route("a", {.types = {"care-plan.home"}}, kToPlatform),
    });
    BOOST_TEST(targets(table, a_care_plan()) == "system:platform via folder by z");
}

BOOST_AUTO_TEST_CASE(a_route_named_twice_by_its_types_counts_once) {
    const RouteTable table = table_of(
        {a_route("r", {.types = {"care-plan.*", "care-plan.home"}}, {{.to = "$recipient"}})});
    BOOST_TEST(targets(table, a_care_plan().to(kHelpers)) == "care-office:1379900028 by r");
}

BOOST_AUTO_TEST_CASE(the_insurer_placeholder_is_each_insurer_once) {
    const RouteTable table = table_of({a_route("r", {}, {{.to = "$insurer"}})});
    BOOST_TEST(
        targets(table, an_opinion().about(hanako()).and_about(neighbour()).and_about(ume())) ==
        "insurer:139980 by r; insurer:139964 by r");
    BOOST_TEST(targets(table, a_statistics_extract()) == "");
}

BOOST_AUTO_TEST_CASE(the_recipient_placeholder_is_whom_the_sender_named) {
    const RouteTable table = table_of({a_route("r", {}, {{.to = "$recipient"}})});
    BOOST_TEST(targets(table, a_care_plan().to(kHelpers).to(kDayCare).to(kHelpers)) ==
               "care-office:1379900028 by r; care-office:1379900036 by r");
    BOOST_TEST(targets(table, a_care_plan()) == "");
}

BOOST_AUTO_TEST_CASE(a_recipient_that_no_route_takes_up_is_nowhere) {
    const RouteTable table = table_of({a_route("r", {}, kToPlatform)});
    BOOST_TEST(targets(table, a_care_plan().to(kHelpers)) == "system:platform by r");
}

BOOST_AUTO_TEST_CASE(each_condition_says_why_it_does_not_hold) {
    const auto only = [](RouteMatch match, Period effective = {}) {
        return table_of({a_route("r", std::move(match), kToPlatform, effective)});
    };
    const std::vector<ZoneName> internet{ZoneName{"internet"}};
    const std::vector<PartyId> clinic{party(kClinic)};
    const std::vector<InsurerNumber> sharing{InsurerNumber{"139980"}};
    BOOST_TEST(why(only({.types = {"claim.*"}}), an_opinion()) == "type");
    BOOST_TEST(why(only({.types = {"certification.opinion"}}), an_opinion()) == "");
    BOOST_TEST(why(only({.intent = Intent::read}), an_opinion()) == "intent");
    BOOST_TEST(why(only({.zones = internet}), an_opinion()) == "");
    BOOST_TEST(why(only({.zones = internet}), an_opinion().through("public")) == "zone");
    BOOST_TEST(why(only({.sources = clinic}), an_opinion()) == "");
    BOOST_TEST(why(only({.sources = clinic}), an_opinion().from(kDeemedHospital)) == "source");
    BOOST_TEST(why(only({.insurers = sharing}), an_opinion()) == "");
    BOOST_TEST(why(only({.insurers = sharing}), an_opinion().about(neighbour())) == "insurer");
    BOOST_TEST(why(only({.insurers = sharing}),
                   an_opinion().about(neighbour()).and_about(hanako())) == "");
    BOOST_TEST(why(only({.insurers = sharing}), a_statistics_extract()) == "insurer");
    BOOST_TEST(why(only({}, {.from = kNow + kOneDay, .until = {}}), an_opinion()) == "effective");
    BOOST_TEST(why(only({.sources = clinic, .insurers = sharing}), an_opinion()) == "");
    BOOST_TEST(why(only({.sources = clinic, .insurers = sharing}),
                   an_opinion().about(neighbour())) == "insurer");
}

BOOST_AUTO_TEST_CASE(a_route_takes_effect_within_its_dates) {
    const RouteTable table =
        table_of({a_route("old", {}, {{.to = "system:pmh"}}, {.from = {}, .until = kNow}),
                  a_route("new", {}, kToPlatform, {.from = kNow, .until = {}})});
    BOOST_TEST(targets(table, a_care_plan(), kNow - Duration{1}) == "system:pmh by old");
    BOOST_TEST(targets(table, a_care_plan(), kNow) == "system:platform by new");
}

BOOST_AUTO_TEST_CASE(a_trace_names_every_route_in_the_order_of_the_table) {
    std::string text;
    for (const RouteTrace& trace : route_table().trace(a_plan_request(), kNow)) {
        text += trace.route.text() + (trace.matched ? " yes\n" : " " + trace.why + "\n");
    }
    BOOST_TEST(text ==
               "opinion-insurer type\nopinion-platform type\nopinion-request type\nloads type\n"
               "review type\nclaims type\nlife type\nplans type\nplan-request yes\n"
               "records type\nstatistics type\nquestions type\n");
}

BOOST_AUTO_TEST_CASE(a_table_that_cannot_be_meant_is_refused) {
    const auto route = a_route("r", {}, kToPlatform);
    BOOST_TEST(building({}) == "built");
    BOOST_TEST(building({route, route}) == "Route \"r\": its id is used twice");
    BOOST_TEST(building({a_route("r", {}, {})}) == "Route \"r\": it has no target");
    for (const std::string to : {"$nobody", "platform", "insurer:1399", "$insurer ", ""}) {
        BOOST_TEST(building({a_route("r", {}, {{.to = to}})}) ==
                   "Route \"r\": the target \"" + to +
                       "\" is neither $insurer, $recipient nor a party id");
    }
    for (const std::string type : {"*", "", ".*", "care-*", "*.home", "care-plan.*.*"}) {
        BOOST_TEST(building({a_route("r", {.types = {type}}, kToPlatform)}) ==
                   "Route \"r\": the type \"" + type +
                       "\" is neither a type id nor a prefix ending in .*");
    }
}

BOOST_AUTO_TEST_CASE(a_table_is_written_a_line_for_each_route_sorted_by_id) {
    const RouteTable table = table_of({
        a_route("b",
                {.types = {"certification.opinion", "claim.*"},
                 .zones = {ZoneName{"internet"}, ZoneName{"public"}},
                 .sources = {party(kClinic)},
                 .insurers = {InsurerNumber{"139980"}, InsurerNumber{"139964"}}},
                {{.to = "$insurer", .via = Via{"municipal"}}, {.to = "system:platform"}},
                {.from = kNow, .until = kNow + kOneDay}),
        a_route("a", {.intent = Intent::read}, kToPlatform),
    });
    BOOST_TEST(to_string(table) ==
               "a: read * -> system:platform\n"
               "b: file certification.opinion|claim.* zone internet|public from medical:1319900021 "
               "insurer 139980|139964 -> $insurer via municipal, system:platform "
               "since 2026-11-21T00:00:00Z until 2026-11-22T00:00:00Z\n");
    BOOST_TEST(table.revision() == 7u);
}

BOOST_AUTO_TEST_CASE(a_route_is_found_among_very_many) {
    std::vector<Route> routes;
    for (int i = 0; i < 2000; ++i) {
        const InsurerNumber insurer{std::to_string(200000 + i)};
        routes.push_back(a_route("of-" + insurer.text(),
                                 {.types = {"certification.opinion"}, .insurers = {insurer}},
                                 {{.to = "$insurer", .via = Via{"municipal"}}}));
    }
    const RouteTable table = table_of(std::move(routes));
    const Person person{.insurer = InsurerNumber{"201234"}, .insured = InsuredNumber{"0000000001"}};
    BOOST_TEST(targets(table, an_opinion().about(person)) ==
               "insurer:201234 via municipal by of-201234");
}

BOOST_AUTO_TEST_SUITE_END()
