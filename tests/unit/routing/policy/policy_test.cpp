#include "routing/policy/policy.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;
using sekisho::policy::disclosed;
using sekisho::policy::may_speak_for;

namespace {

bool speaks(const Directory& known, std::string_view carrier, std::string_view author,
            std::string_view type = "life.feedback") {
    return may_speak_for(known, party(carrier), party(author), TypeId{std::string{type}}, kNow);
}

const Decision kUnregistered{.verdict = Verdict::deny,
                             .reasons = {{Problem::not_registered, "care-office:1379900036"},
                                         {Problem::no_consent, "life"},
                                         {Problem::insurer_loading, "insurer:139956"}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(policies)

BOOST_AUTO_TEST_CASE(everybody_speaks_for_itself) {
    BOOST_TEST(speaks(directory(), kHelpers, kHelpers));
    BOOST_TEST(speaks(directory(), kStranger, kStranger));
}

BOOST_AUTO_TEST_CASE(nobody_speaks_for_another_without_a_mandate) {
    BOOST_TEST(!speaks(directory(), kLife, kDayCare));
    BOOST_TEST(!speaks(directory(), kHelpers, kLife));
    BOOST_TEST(!speaks(directory(), kStranger, kHelpers));
}

BOOST_AUTO_TEST_CASE(a_mandate_covers_its_types_or_all) {
    BOOST_TEST(speaks(directory(), kLife, kHelpers, "life.feedback"));
    BOOST_TEST(!speaks(directory(), kLife, kHelpers, "claim.statement"));
    BOOST_TEST(speaks(directory(), kWeb, kClinic, "certification.opinion"));
    BOOST_TEST(speaks(directory(), kWeb, kClinic, "claim.statement"));
}

BOOST_AUTO_TEST_CASE(a_mandate_holds_within_its_dates) {
    Party carrier{.id = party(kLife), .name = {}, .via = {}};
    const auto mandate_in = [](Period period) {
        return Mandate{.author = party(kHelpers), .types = {}, .period = period};
    };
    carrier.speaks_for = {mandate_in({.from = {}, .until = kNow})};
    BOOST_TEST(!speaks(Directory{{carrier}}, kLife, kHelpers));
    carrier.speaks_for.push_back(mandate_in({.from = kNow, .until = {}}));
    BOOST_TEST(speaks(Directory{{carrier}}, kLife, kHelpers));
}

BOOST_AUTO_TEST_CASE(an_unregistered_reader_learns_that_and_nothing_more) {
    BOOST_TEST(to_string(disclosed(kUnregistered, Intent::read)) ==
               "deny: not-registered (care-office:1379900036)");
}

BOOST_AUTO_TEST_CASE(who_registers_hears_of_an_ended_pair_what_one_hears_that_verified_nobody) {
    const Decision ended{.verdict = Verdict::deny,
                         .reasons = {{Problem::person_ended, "care-office:1379900036"},
                                     {Problem::admission_needed, "care-office:1379900036"}}};
    BOOST_TEST(to_string(disclosed(ended, Intent::read)) ==
               "deny: admission-needed (care-office:1379900036)");
    BOOST_TEST((disclosed(ended, Intent::file) == ended));
}

BOOST_AUTO_TEST_CASE(who_may_not_ask_at_all_does_not_learn_that_the_pair_has_ended) {
    for (const Problem stranger : {Problem::reader_not_allowed, Problem::author_not_allowed}) {
        const Decision ended{.verdict = Verdict::deny,
                             .reasons = {{Problem::person_ended, "insurer:139980"},
                                         {stranger, "medical:1319900021"},
                                         {Problem::purpose_not_allowed, "claim"}}};
        const auto told = disclosed(ended, Intent::read).reasons;
        BOOST_TEST((told == std::vector<Reason>{ended.reasons[1], ended.reasons[2]}));
    }
}

BOOST_AUTO_TEST_CASE(a_registered_reader_and_every_filing_learn_all) {
    const Decision registered{.verdict = Verdict::deny,
                              .reasons = {{Problem::no_consent, "life"},
                                          {Problem::person_ended, "insurer:139956"},
                                          {Problem::insurer_loading, "insurer:139956"}}};
    BOOST_TEST((disclosed(registered, Intent::read) == registered));
    BOOST_TEST((disclosed(kUnregistered, Intent::file) == kUnregistered));
    const Decision open{.verdict = Verdict::indeterminate,
                        .reasons = {{Problem::undecided, "life.feedback"}}};
    BOOST_TEST((disclosed(open, Intent::read) == open));
}

BOOST_AUTO_TEST_SUITE_END()
