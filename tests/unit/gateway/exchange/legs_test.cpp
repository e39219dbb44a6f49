// When a leg counts as silent, and when it answers again.
#include "gateway/exchange/legs.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "gateway/exchange/leg_probe.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

namespace {

const model::Via kLeg{"platform"};

std::string after(exchange::Legs& legs, std::initializer_list<bool> probes) {
    std::string changes;
    for (const bool answered : probes) {
        const auto standing = legs.note(kLeg, answered);
        changes += standing ? std::string{path::to_string(*standing)} + " " : ". ";
    }
    return changes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_leg)

BOOST_AUTO_TEST_CASE(of_which_nothing_is_known_answers_with_its_first_answer) {
    exchange::Legs legs;
    BOOST_TEST(legs.conditions()->ways.empty());
    BOOST_TEST(after(legs, {true, true}) == "answers . ");
}

BOOST_AUTO_TEST_CASE(is_silent_after_three_probes_in_a_row_and_answers_after_two) {
    exchange::Legs legs;
    BOOST_TEST(after(legs, {true, false, false, false, false}) == "answers . . silent . ");
    BOOST_TEST(after(legs, {true, true, true}) == ". answers . ");
    BOOST_TEST((legs.conditions()->ways.at(kLeg) == path::Standing::answers));
}

BOOST_AUTO_TEST_CASE(that_flickers_does_not_change) {
    exchange::Legs legs;
    BOOST_TEST(after(legs, {true, false, false, true, false, false, true}) ==
               "answers . . . . . . ");
    BOOST_TEST(after(legs, {false, false, false, true, false, true, false}) ==
               ". . silent . . . . ");
}

BOOST_AUTO_TEST_CASE(is_one_of_several) {
    exchange::Legs legs;
    (void)after(legs, {false, false, false});
    (void)legs.note(model::Via{"line"}, true);
    BOOST_TEST((legs.conditions()->ways.at(kLeg) == path::Standing::silent));
    BOOST_TEST((legs.conditions()->ways.at(model::Via{"line"}) == path::Standing::answers));
}

BOOST_AUTO_TEST_CASE(is_forgotten_by_itself_where_it_is_probed_no_more) {
    exchange::Legs legs;
    (void)after(legs, {false, false, false});
    (void)legs.note(model::Via{"line"}, true);
    legs.forget(kLeg);
    BOOST_TEST(!legs.conditions()->ways.contains(kLeg));
    BOOST_TEST((legs.conditions()->ways.at(model::Via{"line"}) == path::Standing::answers));
    BOOST_TEST(after(legs, {false, false, false}) == ". . silent ");
}

BOOST_AUTO_TEST_CASE(is_probed_by_its_adapter) {
    ExchangeWorld world;
    exchange::LegProbe probe{
        {.via = kLeg, .network = model::ZoneName{"public"}},
        *world.platform,
        {.legs = world.legs, .lanes = *world.lanes, .clock = world.clock, .log = world.log}};
    probe.look();
    BOOST_TEST((world.legs.conditions()->ways.at(kLeg) == path::Standing::answers));
    world.platform->reachable = false;
    for (unsigned i = 0; i < model::limits::kProbesSilent; ++i) probe.look();
    BOOST_TEST((world.legs.conditions()->ways.at(kLeg) == path::Standing::silent));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
