// The real IKE daemon (strongSwan), asked through which association a peer's traffic comes.
#include <boost/test/unit_test.hpp>

#include "tests/end_to_end/tunnel/hosts_on_a_wire.h"

using namespace sekisho;
using namespace sekisho::tests;

BOOST_AUTO_TEST_SUITE(a_tunnel)

BOOST_AUTO_TEST_CASE(carries_the_inside_address_of_whom_ike_authenticated_and_no_other) {
    const HostsOnAWire hosts;
    BOOST_TEST(hosts.gateway().version(hosts.soon()).value().starts_with("charon-systemd "));
    BOOST_TEST(hosts.comes_to_carry(kEhr));
    BOOST_TEST(hosts.carrier_of("10.9.0.3") == "nobody");
    BOOST_TEST(hosts.carrier_of("10.1.0.2") == "nobody");  // outside
}

BOOST_AUTO_TEST_CASE(carries_the_same_by_its_successor_after_it_was_rekeyed) {
    const HostsOnAWire hosts;
    BOOST_TEST_REQUIRE(hosts.comes_to_carry(kEhr));
    const std::string before = hosts.id_of_carrier("10.9.0.2");
    BOOST_TEST(hosts.tell("gw", {"--rekey", "--ike", "ehr"}).exit_code == 0);
    BOOST_TEST(eventually([&] {
        const std::string now = hosts.id_of_carrier("10.9.0.2");
        return now != before && now != "nobody";
    }));
    BOOST_TEST(hosts.comes_to_carry(kEhr));
}

BOOST_AUTO_TEST_CASE(that_was_ended_carries_nothing) {
    const HostsOnAWire hosts;
    BOOST_TEST_REQUIRE(hosts.comes_to_carry(kEhr));
    BOOST_TEST(hosts.tell("ehr", {"--terminate", "--ike", "gw"}).exit_code == 0);
    BOOST_TEST(hosts.comes_to_carry("nobody"));
}

BOOST_AUTO_TEST_SUITE_END()
