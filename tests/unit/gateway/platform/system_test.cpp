#include "gateway/platform/system.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <set>

namespace sekisho::platform {

BOOST_AUTO_TEST_SUITE(system_world)

BOOST_AUTO_TEST_CASE(random_numbers_stay_below_their_bound_and_reach_all_values) {
    SystemRandom random;
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 400; ++i) {
        const std::uint64_t value = random.below(5);
        BOOST_TEST(value < 5U);
        seen.insert(value);
    }
    BOOST_TEST(seen.size() == 5U);
    BOOST_TEST(random.below(1) == 0U);
    BOOST_TEST(random.below(UINT64_MAX) < UINT64_MAX);
}

BOOST_AUTO_TEST_CASE(random_bytes_differ_from_one_fill_to_the_next) {
    SystemRandom random;
    std::array<std::uint8_t, 32> first{};
    std::array<std::uint8_t, 32> second{};
    random.fill(first);
    random.fill(second);
    BOOST_TEST((first != second));
}

BOOST_AUTO_TEST_CASE(the_monotonic_clock_does_not_go_back) {
    const SystemClock clock;
    const Monotonic first = clock.monotonic();
    BOOST_TEST((clock.monotonic() >= first));
    BOOST_TEST(
        (clock.now() > model::Instant(std::chrono::sys_days{std::chrono::January / 1 / 2026})));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
