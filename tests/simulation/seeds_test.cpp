// The seeds themselves: none of them may make a checker complain.
#include <boost/test/unit_test.hpp>
#include <iostream>

#include "tests/simulation/run.h"
#include "tests/support/campaign.h"

namespace sekisho::tests::simulation {

namespace {

void print(const Report& report) {
    for (const std::string& line : report.trace) std::cerr << line << "\n";
}

std::string all_of(const std::vector<std::string>& complaints) {
    std::string text;
    for (const std::string& one : complaints) text += "\n  " + one;
    return text;
}

// A run that cannot go on, as when the store does not open again, is a complaint too.
Report run(const Rules& rules, std::uint64_t seed) {
    try {
        return Run{rules, options_of(seed), seed}.go();
    } catch (const std::exception& fault) {
        return {.complaints = {std::string{"the run cannot go on: "} + fault.what()}};
    }
}

void add(Figures& sum, const Figures& one) {
    sum.accepted += one.accepted;
    sum.denied += one.denied;
    sum.unavailable += one.unavailable;
    sum.told += one.told;
    sum.crashes += one.crashes;
    sum.withdrawals += one.withdrawals;
    sum.steps += one.steps;
    for (const auto& [state, count] : one.ends) sum.ends[state] += count;
}

std::string to_line(const Figures& sum) {
    std::string line = "accepted " + std::to_string(sum.accepted) + ", denied " +
                       std::to_string(sum.denied) + ", unavailable " +
                       std::to_string(sum.unavailable) + ", told " + std::to_string(sum.told) +
                       ", crashes " + std::to_string(sum.crashes) + ", withdrawals " +
                       std::to_string(sum.withdrawals) + ", steps " + std::to_string(sum.steps);
    for (const auto& [state, count] : sum.ends) {
        line += ", " + std::string{store::to_string(state)} + " " + std::to_string(count);
    }
    return line;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seeds)

BOOST_AUTO_TEST_CASE(no_seed_makes_a_checker_complain) {
    const CampaignOptions asked = asked_for();
    const Rules rules = make_rules();
    Campaign campaign{asked};
    Figures sum;
    while (const auto seed = campaign.next()) {
        const Report report = run(rules, *seed);
        if (asked.with_trace || !report.complaints.empty()) print(report);
        BOOST_REQUIRE_MESSAGE(report.complaints.empty(),
                              "seed " << *seed << all_of(report.complaints)
                                      << "\nagain: " << replay_command("simulation", *seed));
        add(sum, report.figures);
        campaign.done(*seed);
    }
    BOOST_TEST_MESSAGE(to_line(sum));
    if (asked.count < 1000 || !asked.progress.empty()) return;
    // A run in which nothing happened would prove nothing.
    using enum store::DeliveryState;
    for (const std::size_t figure :
         {sum.accepted, sum.denied, sum.unavailable, sum.told, sum.crashes, sum.withdrawals,
          sum.ends[delivered], sum.ends[rejected], sum.ends[withdrawn], sum.ends[expired],
          sum.ends[dead]}) {
        BOOST_TEST(figure > asked.count / 20);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests::simulation
