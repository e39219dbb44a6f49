// What documents may take of the memory together.
#include "gateway/platform/memory_allowance.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::tests {

using platform::MemoryAllowance;
using Share = MemoryAllowance::Share;

BOOST_AUTO_TEST_SUITE(memory_allowance)

BOOST_AUTO_TEST_CASE(gives_what_is_there_and_no_more) {
    MemoryAllowance allowance{100};
    Share first{allowance};
    Share second{allowance};
    BOOST_TEST(first.grow_to(60));
    BOOST_TEST(!second.grow_to(41));
    BOOST_TEST(second.bytes() == 0U);
    BOOST_TEST(second.grow_to(40));
    BOOST_TEST(allowance.used() == 100U);
    BOOST_TEST(allowance.refused() == 1U);
}

BOOST_AUTO_TEST_CASE(takes_back_what_a_share_held) {
    MemoryAllowance allowance{100};
    {
        Share share{allowance};
        BOOST_TEST(share.grow_to(30));
        BOOST_TEST(share.grow_to(80));
        BOOST_TEST(allowance.used() == 80U);
    }
    BOOST_TEST(allowance.used() == 0U);
}

BOOST_AUTO_TEST_CASE(counts_a_share_once_wherever_it_is_moved) {
    MemoryAllowance allowance{100};
    Share first{allowance};
    BOOST_TEST(first.grow_to(50));
    Share second{std::move(first)};
    Share third;
    third = std::move(second);
    BOOST_TEST(third.bytes() == 50U);
    BOOST_TEST(allowance.used() == 50U);
}

BOOST_AUTO_TEST_CASE(lets_one_that_wants_more_than_all_have_all_when_it_is_alone) {
    MemoryAllowance allowance{100};
    Share small{allowance};
    BOOST_TEST(small.grow_to(1));
    Share large{allowance};
    BOOST_TEST(!large.grow_to(1000));
    small = {};
    BOOST_TEST(large.grow_to(1000));
    BOOST_TEST(allowance.used() == 100U);
}

BOOST_AUTO_TEST_CASE(gives_nothing_to_a_share_of_none) {
    Share share;
    BOOST_TEST(!share.grow_to(1));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
