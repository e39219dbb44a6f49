#include "routing/path/path_policy.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::path {

namespace {

using model::TypeId;
using model::ZoneName;

PathRule rule(std::vector<std::string> types, const std::vector<std::string_view>& networks) {
    PathRule made{.types = std::move(types)};
    for (const auto network : networks) made.networks.emplace_back(std::string{network});
    return made;
}

PathPolicy policy(std::vector<PathRule> rules) {
    return PathPolicy::build(std::move(rules), {}).value();
}

std::string first_network_for(const PathPolicy& policy, const std::string& type) {
    const PathRule* found = policy.rule_for(TypeId{type});
    return found == nullptr ? "any" : found->networks.front().text();
}

bool is_refused(std::vector<PathRule> rules) {
    return !PathPolicy::build(std::move(rules), {}).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_path_policy)

BOOST_AUTO_TEST_CASE(without_rules_lets_any_network_carry_anything) {
    BOOST_TEST(PathPolicy{}.may_carry(ZoneName{"internet"}, TypeId{"life.feedback"}));
    BOOST_TEST(first_network_for(PathPolicy{}, "life.feedback") == "any");
}

BOOST_AUTO_TEST_CASE(is_asked_by_the_narrowest_rule_that_names_a_type) {
    const PathPolicy narrow = policy({rule({}, {"public"}), rule({"certification.*"}, {"internet"}),
                                      rule({"certification.opinion"}, {"eligibility"}),
                                      rule({"certification.survey.*"}, {"closed"})});
    BOOST_TEST(first_network_for(narrow, "certification.opinion") == "eligibility");
    BOOST_TEST(first_network_for(narrow, "certification.card") == "internet");
    BOOST_TEST(first_network_for(narrow, "certification.survey.remarks") == "closed");
    BOOST_TEST(first_network_for(narrow, "claim.invoice") == "public");
}

BOOST_AUTO_TEST_CASE(bars_the_networks_that_its_rule_does_not_name) {
    const PathPolicy closed = policy({rule({"medical.*"}, {"eligibility", "public"})});
    BOOST_TEST(closed.may_carry(ZoneName{"public"}, TypeId{"medical.query"}));
    BOOST_TEST(!closed.may_carry(ZoneName{"internet"}, TypeId{"medical.query"}));
    BOOST_TEST(!closed.may_carry(ZoneName{}, TypeId{"medical.query"}));
    BOOST_TEST(closed.may_carry(ZoneName{"internet"}, TypeId{"care-plan.home"}));
}

BOOST_AUTO_TEST_CASE(knows_the_network_of_an_adapter_or_that_none_is_named) {
    const auto built =
        PathPolicy::build({}, {{model::Via{"platform"}, ZoneName{"public"}}}).value();
    BOOST_TEST(built.leg_by(model::Via{"platform"}).network.text() == "public");
    BOOST_TEST(built.leg_by(model::Via{"folder"}).network.text().empty());
}

BOOST_AUTO_TEST_CASE(refuses_rules_that_say_nothing_or_two_things) {
    BOOST_TEST(is_refused({rule({"claim.*"}, {})}));
    BOOST_TEST(is_refused({rule({"claim.*"}, {"public", "public"})}));
    BOOST_TEST(is_refused({rule({"claim*"}, {"public"})}));
    BOOST_TEST(is_refused({rule({"claim.*", "life*"}, {"public"})}));
    BOOST_TEST(is_refused({rule({"claim.*"}, {"public"}), rule({"claim.*"}, {"internet"})}));
    BOOST_TEST(is_refused({rule({"claim"}, {"public"}), rule({"claim"}, {"internet"})}));
    BOOST_TEST(is_refused({rule({}, {"public"}), rule({}, {"internet"})}));
}

BOOST_AUTO_TEST_CASE(has_a_word_for_each_thing_to_do_while_a_network_is_down) {
    for (const WhenDown one : {WhenDown::wait, WhenDown::other, WhenDown::refuse}) {
        BOOST_TEST((parse_when_down(to_string(one)) == one));
    }
    BOOST_TEST(!parse_when_down("hope").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::path
