#include "tests/end_to_end/tunnel/hosts_on_a_wire.h"

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>
#include <stdexcept>

#include "adapters/simulation/card/own_namespaces.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

namespace {

// Before anything is started: what it starts has the same network.
struct OwnMachine {
    OwnMachine() {
        if (const auto wrong = simulation::enter_own_namespaces()) throw std::runtime_error(*wrong);
    }
};

BOOST_TEST_GLOBAL_FIXTURE(OwnMachine);

std::vector<std::string> script(const std::string& folder, const std::string& own_connections) {
    std::vector<std::string> command{
        std::string{SEKISHO_SOURCE_DIR} + "/tests/end_to_end/tunnel/hosts", folder};
    if (!own_connections.empty()) command.push_back(own_connections);
    return command;
}

}  // namespace

HostsOnAWire::HostsOnAWire(const std::string& own_connections)
    : script_(script(folder_ / "", own_connections), folder_ / "output") {
    const bool known =
        eventually([&] { return std::filesystem::exists(folder_ / "up") || script_.has_ended(); });
    if (!known || !std::filesystem::exists(folder_ / "up"))
        throw std::runtime_error(read_text(folder_ / "output"));
    BOOST_TEST_MESSAGE("ESP is carried by " << read_text(folder_ / "esp"));
}

HostsOnAWire::~HostsOnAWire() {
    script_.signal(SIGTERM);
    script_.wait();
}

tunnel::ViciClient HostsOnAWire::gateway() const {
    return tunnel::ViciClient{folder_ / "gw/charon.vici"};
}

bool HostsOnAWire::esp_in_user_space() const {
    return read_text(folder_ / "esp") == "user-space\n";
}

std::string HostsOnAWire::carrier_of(std::string_view peer) const {
    return told_of_carrier(peer, &tunnel::Association::identity);
}

std::string HostsOnAWire::id_of_carrier(std::string_view peer) const {
    return told_of_carrier(peer, &tunnel::Association::id);
}

bool HostsOnAWire::comes_to_carry(const std::string& whose, std::string_view peer) const {
    return eventually([&] { return carrier_of(peer) == whose; });
}

Finished HostsOnAWire::tell(const std::string& host, const std::vector<std::string>& words) const {
    std::vector<std::string> command{
        "/usr/bin/env", "STRONGSWAN_CONF=" + (folder_ / (host + "/strongswan.conf")),
        "SWANCTL_DIR=" + (folder_ / (host + "/swanctl")), "/usr/sbin/swanctl"};
    command.insert(command.end(), words.begin(), words.end());
    command.insert(command.end(), {"--uri", "unix://" + (folder_ / (host + "/charon.vici"))});
    return run_program(command);
}

Finished HostsOnAWire::try_from(const std::string& host) const {
    return tell(host, {"--initiate", "--child", "gw", "--timeout", "5"});
}

void HostsOnAWire::revoke_gone() const {
    std::filesystem::copy_file(folder_ / "second.crl", folder_ / "gw/swanctl/x509crl/ca.crl",
                               std::filesystem::copy_options::overwrite_existing);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"--load-creds"}, {"--flush-certs", "--type", "x509_crl"}}) {
        const auto told = tell("gw", words);
        if (told.exit_code != 0) throw std::runtime_error(told.output);
    }
}

void HostsOnAWire::signal_daemon(const std::string& host, int number) const {
    ::kill(std::stoi(read_text(folder_ / (host + "/daemon.pid"))), number);
}

Finished HostsOnAWire::on(const std::string& host, const std::vector<std::string>& command) {
    std::vector<std::string> there{"/sbin/ip", "netns", "exec", host};
    there.insert(there.end(), command.begin(), command.end());
    return run_program(there);
}

tunnel::ViciClient::Deadline HostsOnAWire::soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds{5};
}

std::string HostsOnAWire::told_of_carrier(std::string_view peer,
                                          std::string tunnel::Association::* member) const {
    const auto known = gateway().associations(soon());
    if (!known) return known.error().why;
    const auto found = tunnel::carrier_of(*known, *tunnel::parse_address(peer),
                                          *tunnel::parse_address("10.9.0.1"));
    if (found) return (**found).*member;
    return found.error() == tunnel::NotCarried::ambiguous ? "ambiguous" : "nobody";
}

}  // namespace sekisho::tests
