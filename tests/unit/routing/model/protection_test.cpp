#include "routing/model/protection.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho::model;

BOOST_AUTO_TEST_SUITE(protections)

BOOST_AUTO_TEST_CASE(each_has_a_word_and_no_other_word_is_one) {
    for (const Protection each :
         {Protection::none, Protection::ipsec, Protection::closed_network, Protection::loopback}) {
        BOOST_TEST(!to_string(each).empty());
        BOOST_TEST((parse_protection(to_string(each)) == each));
    }
    BOOST_TEST(to_string(Protection::closed_network) == "closed-network");
    for (const char* word : {"", "IPSEC", "closed_network", "ipsec "}) {
        BOOST_TEST(!parse_protection(word).has_value(), word);
    }
}

BOOST_AUTO_TEST_SUITE_END()
