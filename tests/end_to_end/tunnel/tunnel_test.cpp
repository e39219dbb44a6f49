// The real IKE daemon (strongSwan), asked through which association a peer's traffic comes. Two
// hosts on one wire, in namespaces of the test's own; `two-hosts` beside this file lays them out.
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <stdexcept>

#include "adapters/simulation/card/own_namespaces.h"
#include "gateway/tunnel/vici_client.h"
#include "tests/support/config_files.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

using tunnel::NotCarried;

const std::string kEhr = "C=JP, O=Sekisho, CN=ehr";

struct OwnMachine {
    OwnMachine() {
        if (const auto wrong = simulation::enter_own_namespaces()) throw std::runtime_error(*wrong);
    }
};

BOOST_TEST_GLOBAL_FIXTURE(OwnMachine);

class TwoHosts {
  public:
    TwoHosts()
        : script_(
              {std::string{SEKISHO_SOURCE_DIR} + "/tests/end_to_end/tunnel/two-hosts", folder()},
              folder_ / "output") {
        const bool up = eventually([&] { return std::filesystem::exists(folder_ / "up"); });
        if (!up) throw std::runtime_error(read_text(folder_ / "output"));
    }
    ~TwoHosts() {
        script_.signal(SIGTERM);
        script_.wait();
    }
    TwoHosts(const TwoHosts&) = delete;
    TwoHosts& operator=(const TwoHosts&) = delete;

    tunnel::ViciClient gateway() const { return tunnel::ViciClient{folder() + "/gw/charon.vici"}; }

    // Whose association carries what comes from that inside address; what there is in its place.
    std::string carrier_of(std::string_view peer) const {
        return told_of_carrier(peer, &tunnel::Association::identity);
    }
    // The daemon's own name of that association.
    std::string id_of_carrier(std::string_view peer) const {
        return told_of_carrier(peer, &tunnel::Association::id);
    }

    bool comes_to_carry(const std::string& whose) const {
        return eventually([&] { return carrier_of("10.9.0.2") == whose; });
    }

    // swanctl, at the gateway's daemon.
    void tell(const std::vector<std::string>& words) const {
        std::vector<std::string> command{"/usr/sbin/swanctl"};
        command.insert(command.end(), words.begin(), words.end());
        command.insert(command.end(), {"--uri", "unix://" + folder() + "/gw/charon.vici"});
        const auto told = run_program(command);
        BOOST_TEST_REQUIRE(told.exit_code == 0, told.output);
    }

    static tunnel::ViciClient::Deadline soon() {
        return std::chrono::steady_clock::now() + std::chrono::seconds{5};
    }

  private:
    std::string told_of_carrier(std::string_view peer,
                                std::string tunnel::Association::* member) const {
        const auto known = gateway().associations(soon());
        if (!known) return known.error().why;
        const auto found = tunnel::carrier_of(*known, *tunnel::parse_address(peer),
                                              *tunnel::parse_address("10.9.0.1"));
        if (found) return (**found).*member;
        return found.error() == NotCarried::ambiguous ? "ambiguous" : "nobody";
    }

    std::string folder() const { return folder_ / ""; }

    TemporaryFolder folder_;
    Child script_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_tunnel)

BOOST_AUTO_TEST_CASE(carries_the_inside_address_of_whom_ike_authenticated_and_no_other) {
    const TwoHosts hosts;
    BOOST_TEST(hosts.gateway().version(hosts.soon()).value().starts_with("charon-systemd "));
    BOOST_TEST(hosts.comes_to_carry(kEhr));
    BOOST_TEST(hosts.carrier_of("10.9.0.3") == "nobody");
    BOOST_TEST(hosts.carrier_of("10.1.0.2") == "nobody");  // outside
}

BOOST_AUTO_TEST_CASE(carries_the_same_by_its_successor_after_it_was_rekeyed) {
    const TwoHosts hosts;
    BOOST_TEST_REQUIRE(hosts.comes_to_carry(kEhr));
    const std::string before = hosts.id_of_carrier("10.9.0.2");
    hosts.tell({"--rekey", "--ike", "ehr"});
    BOOST_TEST(eventually([&] {
        const std::string now = hosts.id_of_carrier("10.9.0.2");
        return now != before && now != "nobody";
    }));
    BOOST_TEST(hosts.comes_to_carry(kEhr));
}

BOOST_AUTO_TEST_CASE(that_was_ended_carries_nothing) {
    const TwoHosts hosts;
    BOOST_TEST_REQUIRE(hosts.comes_to_carry(kEhr));
    hosts.tell({"--terminate", "--ike", "ehr"});
    BOOST_TEST(hosts.comes_to_carry("nobody"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
