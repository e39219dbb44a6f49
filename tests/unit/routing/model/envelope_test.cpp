#include "routing/model/envelope.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/routing_cast.h"

using namespace sekisho::model;
using namespace sekisho::tests;

BOOST_AUTO_TEST_SUITE(envelopes)

BOOST_AUTO_TEST_CASE(the_key_of_a_message_is_its_sender_and_id) {
    const Envelope opinion = an_opinion().with_id("a");
    BOOST_TEST((key_of(opinion) == MessageKey{party(kClinic), MessageId{"a"}}));
    BOOST_TEST((key_of(opinion) != key_of(an_opinion().with_id("b"))));
    BOOST_TEST((key_of(opinion) != key_of(an_opinion().with_id("a").from(kDeemedHospital))));
}

BOOST_AUTO_TEST_CASE(the_author_is_the_source_unless_said_otherwise) {
    BOOST_TEST((an_opinion().build().author == party(kClinic)));
    BOOST_TEST((an_opinion().from(kWeb).by(kClinic).build().author == party(kClinic)));
}

BOOST_AUTO_TEST_CASE(each_insurer_is_named_once_in_the_order_of_appearance) {
    const std::vector<Person> persons{neighbour(), hanako(), ichiro(), neighbour()};
    const std::vector<InsurerNumber> expected{InsurerNumber{"139964"}, InsurerNumber{"139980"}};
    BOOST_TEST((insurers_of(persons) == expected));
    BOOST_TEST(insurers_of({}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
