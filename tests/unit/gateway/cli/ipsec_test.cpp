// `ipsec config`: what the IKE daemon and the packet filter must hold.
#include <boost/test/unit_test.hpp>

#include "tests/support/config_files.h"
#include "tests/unit/gateway/cli/cli_world.h"

using namespace sekisho;
using tests::CliWorld;
using tests::DemoFolder;

namespace {

struct Desk {
    CliWorld world;
    DemoFolder folder;

    void protect(const std::string& by) {
        folder.edit("sekisho.json",
                    R"("listen": "127.0.0.1:8444", "protected_by": { "method": "loopback" })",
                    R"("listen": "10.9.0.1:8444", "protected_by": )" + by);
    }
    int config() { return world.run("ipsec config /etc/ipsec --config " + folder.main_file()); }
    std::string content(const std::string& name) const {
        return world.files.content("/etc/ipsec/" + name).value_or("");
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(ipsec, Desk)

BOOST_AUTO_TEST_CASE(writes_the_daemons_connections_and_the_filter) {
    protect(R"({ "method": "ipsec", "daemon": "/run/charon.vici", "identity": "CN=gateway",)"
            R"( "certificate": "gw.pem", "authority": "ca.pem" })");
    folder.edit("parties.json",
                R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013" })",
                R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013",)"
                R"( "tunnels": [{ "identity": "CN=ehr", "inside": "10.9.0.2/32" }] })");
    BOOST_TEST(config() == 0);
    BOOST_TEST(world.out() == "/etc/ipsec/sekisho.nft\n/etc/ipsec/eligibility.swanctl.conf\n");
    BOOST_TEST(content("sekisho.nft").find("ip daddr 10.9.0.1 meta ipsec missing counter drop") !=
               std::string::npos);
    BOOST_TEST(content("eligibility.swanctl.conf").find("eligibility-medical-1319900013-1 {") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(writes_the_filter_alone_for_a_closed_network) {
    protect(R"({ "method": "closed-network", "interface": "eth1", "prefixes": ["10.9.0.0/16"] })");
    BOOST_TEST(config() == 0);
    BOOST_TEST(world.out() == "/etc/ipsec/sekisho.nft\n");
}

BOOST_AUTO_TEST_CASE(has_nothing_to_write_where_no_zone_needs_it) {
    BOOST_TEST(config() == 2);
    BOOST_TEST(world.err().find("no zone is protected by ipsec") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
