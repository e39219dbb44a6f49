// Power cuts and kills from many seeds: none may lose, double or halve anything acknowledged.
#include <boost/test/unit_test.hpp>
#include <iostream>

#include "tests/crash/store/store_run.h"
#include "tests/support/campaign.h"

namespace sekisho::store {

namespace {

constexpr std::uint64_t kUsualSeeds = 150;

// A run that cannot go on is a complaint too.
CrashReport run(std::uint64_t seed) {
    try {
        return run_of(seed);
    } catch (const std::exception& fault) {
        return {.complaints = {std::string{"the run cannot go on: "} + fault.what()}};
    }
}

void add(CrashFigures& sum, const CrashFigures& one) {
    sum.acknowledged += one.acknowledged;
    sum.refused += one.refused;
    sum.failed += one.failed;
    sum.cuts += one.cuts;
    sum.exits += one.exits;
    sum.ended_at_open += one.ended_at_open;
    sum.syncs_failed += one.syncs_failed;
    sum.survived += one.survived;
    sum.vanished += one.vanished;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seeds)

BOOST_AUTO_TEST_CASE(no_seed_loses_doubles_or_halves_what_was_acknowledged) {
    const auto asked = tests::asked_for({.count = kUsualSeeds});
    tests::Campaign campaign{asked};
    CrashFigures sum;
    while (const auto seed = campaign.next()) {
        const CrashReport report = run(*seed);
        if (asked.with_trace || !report.complaints.empty()) {
            for (const std::string& line : report.trace) std::cerr << line << "\n";
        }
        if (!report.complaints.empty()) {
            BOOST_FAIL("seed " << *seed << ": " << report.complaints.front()
                               << "\nagain: " << tests::replay_command("crash_store", *seed));
        }
        add(sum, report.figures);
        campaign.done(*seed);
    }
    BOOST_TEST_MESSAGE("acknowledged " << sum.acknowledged << ", refused " << sum.refused
                                       << ", groups failed " << sum.failed << ", power cuts "
                                       << sum.cuts << ", kills " << sum.exits << ", at open "
                                       << sum.ended_at_open << ", failed syncs " << sum.syncs_failed
                                       << ", groups under way kept " << sum.survived << " and lost "
                                       << sum.vanished);
    if (asked.count < kUsualSeeds || !asked.progress.empty()) return;
    // A campaign in which nothing happened would prove nothing.
    for (const std::size_t figure :
         {sum.acknowledged, sum.refused, sum.failed, sum.cuts, sum.exits, sum.ended_at_open,
          sum.syncs_failed, sum.survived, sum.vanished}) {
        BOOST_TEST(figure > asked.count / 20);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
