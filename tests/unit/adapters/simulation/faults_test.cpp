#include "adapters/simulation/faults.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

using namespace sekisho;
using simulation::Fault;
using simulation::FaultDice;
using simulation::FaultPlan;

namespace {

std::vector<int> rolls(const FaultPlan& plan) {
    FaultDice dice(plan);
    std::vector<int> faults;
    for (int i = 0; i < 1000; ++i) {
        const auto mishap = dice.roll();
        faults.push_back(static_cast<int>(mishap.fault) * 2 + (mishap.duplicate ? 1 : 0));
    }
    return faults;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(a_spec_is_read_whole) {
    const auto plan = FaultPlan::parse(
        "latency=200ms,reset=0.1,duplicate=0.05,garbage=0.05,unavailable=0.1,business-error=0.1,"
        "truncate=0.2,oversize=1,seed=7");
    BOOST_REQUIRE(plan);
    BOOST_CHECK(plan->latency == std::chrono::milliseconds{200});
    BOOST_TEST(plan->reset == 0.1);
    BOOST_TEST(plan->business_error == 0.1);
    BOOST_TEST(plan->oversize == 1.0);
    BOOST_TEST(plan->seed == 7U);
}

BOOST_AUTO_TEST_CASE(no_spec_is_no_fault) {
    const auto plan = FaultPlan::parse("");
    BOOST_REQUIRE(plan);
    for (const int roll : rolls(*plan)) BOOST_TEST(roll == 0);
}

BOOST_AUTO_TEST_CASE(a_spec_that_cannot_be_read_is_refused) {
    for (const char* spec : {"reset", "reset=", "reset=2", "reset=-0.1", "reset=nan", "latency=200",
                             "latency=-1ms", "delay=1ms", "reset=0.1,,garbage=0.1", "seed=x"})
        BOOST_CHECK_MESSAGE(!FaultPlan::parse(spec), spec);
}

BOOST_AUTO_TEST_CASE(the_same_seed_meets_the_same_faults) {
    FaultPlan plan{.reset = 0.1, .duplicate = 0.2, .garbage = 0.1, .seed = 7};
    const auto first = rolls(plan);
    BOOST_CHECK(first == rolls(plan));
    plan.seed = 8;
    BOOST_CHECK(first != rolls(plan));
}

BOOST_AUTO_TEST_CASE(a_share_of_one_is_always_and_is_near_its_share_otherwise) {
    for (const int roll : rolls({.garbage = 1}))
        BOOST_TEST(roll == 2 * static_cast<int>(Fault::garbage));
    const auto some = rolls({.unavailable = 0.3});
    const auto count = std::ranges::count(some, 2 * static_cast<int>(Fault::unavailable));
    BOOST_TEST(count > 230);
    BOOST_TEST(count < 370);
}

BOOST_AUTO_TEST_SUITE_END()
