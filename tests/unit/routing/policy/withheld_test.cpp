// What a reader is not shown of what it may read.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "routing/policy/policy.h"
#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using sekisho::catalogue::ClassName;
using sekisho::catalogue::Grant;

namespace {

using Cell = sekisho::catalogue::Reader;

// What a reader of the card is not shown, where these alone are its cells.
std::string withheld(std::string_view who, const std::vector<Cell>& cells, const Facts& known,
                     std::string_view type = "certification.card") {
    auto types = information_types();
    std::ranges::find(types, TypeId{"certification.card"}, &sekisho::catalogue::InformationType::id)
        ->readers = cells;
    const auto rows =
        sekisho::catalogue::Catalogue::build(party_classes(), std::move(types)).value();
    const auto world = snapshot();
    std::string text;
    for (const auto& name : sekisho::policy::withheld_from(
             {.catalogue = rows, .directory = world.directory, .rollout = world.rollout},
             a_question(type).from(who), known, kNow)) {
        text += name + " ";
    }
    return text;
}

Cell a_cell(std::string_view who, std::vector<std::string> names, Grant grant = Grant::open) {
    return {.who = ClassName{std::string{who}}, .grant = grant, .withheld = std::move(names)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(withheld_fields)

BOOST_AUTO_TEST_CASE(what_is_withheld_is_that_of_the_granting_cell_that_withholds_least) {
    const std::vector<Cell> cells{
        a_cell("medical", {"burden_ratio", "ratio_from"}), a_cell("care-manager", {"history"}),
        a_cell("medical", {"burden_ratio"}), a_cell("medical", {"history", "ratio_from"})};
    BOOST_TEST(withheld(kDeemedHospital, cells, facts()) == "burden_ratio ");
    BOOST_TEST(withheld(kCareManager, cells, facts()) == "history ");
    BOOST_TEST(withheld(kStranger, cells, facts()) == "");
    const std::vector<Cell> alike{a_cell("medical", {"history"}),
                                  a_cell("medical", {"ratio_from"})};
    BOOST_TEST(withheld(kDeemedHospital, alike, facts()) == "history ");
}

BOOST_AUTO_TEST_CASE(a_cell_that_does_not_grant_has_no_say_in_what_is_withheld) {
    const Facts unasked{{hanako(), a_person().registered_at(kDeemedHospital)}};
    const Cell consented = a_cell("medical", {"history"}, Grant::consent);
    const Cell open = a_cell("medical", {"burden_ratio", "ratio_from"});
    BOOST_TEST(withheld(kDeemedHospital, {consented, open}, unasked) == "burden_ratio ratio_from ");
    BOOST_TEST(withheld(kDeemedHospital, {consented}, unasked) == "");
    BOOST_TEST(withheld(kHelpers, {consented, open}, facts()) == "");
    BOOST_TEST(withheld(kDeemedHospital, {open}, facts(), "certification.unheard-of") == "");
}

BOOST_AUTO_TEST_SUITE_END()
