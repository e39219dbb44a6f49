// Areas that need files, sockets or interfaces, on what every machine has.
#include "gateway/doctor/areas.h"

#include <arpa/inet.h>
#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/doctor/knock.h"
#include "gateway/doctor/log_tail.h"
#include "gateway/doctor/scratch.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/system.h"
#include "gateway/store/gateway_lock.h"
#include "tests/support/config_files.h"
#include "tests/support/http_raw_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_jpki.h"
#include "tests/support/test_pki.h"
#include "tests/unit/gateway/doctor/names.h"

using namespace sekisho;
using namespace sekisho::doctor;
using namespace std::chrono_literals;
using tests::TestPki;

namespace {

Premises premises_of(config::Config config) {
    auto snapshot = std::make_shared<plan::Snapshot>();
    config.snapshot = std::move(snapshot);
    return {.machine = {.files = std::make_shared<platform::Disk>(),
                        .clock = std::make_shared<platform::SystemClock>()},
            .config = std::make_shared<const config::Config>(std::move(config))};
}

config::ZoneConfig zone_protected_by(model::Protection by) {
    config::ZoneConfig zone{.name = model::ZoneName{"eligibility"}};
    zone.listen = {.host = "127.0.0.1", .port = 8444};
    zone.protection.by = by;
    return zone;
}

// Of the zone, the packet filter's aside: whether that can be read depends on who runs the test.
Finding of_the_zone(const Findings& findings) {
    for (const Finding& finding : findings) {
        if (finding.subject.starts_with("eligibility")) return finding;
    }
    return {};
}

config::ZoneConfig zone_of(const TestPki& pki) {
    return {.name = model::ZoneName{"internet"},
            .certificate_file = pki.server_certificate_file(),
            .key_file = pki.server_key_file(),
            .anchors_file = pki.anchors_file("internet"),
            .crl_file = pki.crl_file("internet")};
}

State of_the_ports(const Findings& findings) {
    for (const Finding& finding : findings) {
        if (finding.area == Area::ports) return finding.verdict.state;
    }
    return State::fault;
}

// Listens and accepts nobody: its queue is full, so that connecting is neither refused nor done.
class FullListener {
  public:
    FullListener() {
        for (int& socket : sockets_) socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        socklen_t size = sizeof address_;
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* address = reinterpret_cast<sockaddr*>(&address_);
        BOOST_TEST_REQUIRE(::bind(sockets_[0], address, size) == 0);
        BOOST_TEST_REQUIRE(::listen(sockets_[0], 0) == 0);
        BOOST_TEST_REQUIRE(::getsockname(sockets_[0], address, &size) == 0);
        for (std::size_t i = 1; i < sockets_.size(); ++i)
            (void)::connect(sockets_[i], address, size);
    }
    ~FullListener() {
        for (const int socket : sockets_) ::close(socket);
    }
    FullListener(const FullListener&) = delete;
    FullListener& operator=(const FullListener&) = delete;
    std::uint16_t port() const { return ntohs(address_.sin_port); }

  private:
    std::array<int, 8> sockets_{};
    sockaddr_in address_{};
};

std::string says(const Findings& findings) {
    std::string said;
    for (const Finding& finding : findings) said += finding.verdict.what.en + "\n";
    return said;
}

State worst(const Findings& findings) {
    return state_of(findings);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_tunnel)

BOOST_AUTO_TEST_CASE(whose_daemon_does_not_answer_is_a_fault) {
    auto zone = zone_protected_by(model::Protection::ipsec);
    zone.protection.daemon = "/nowhere/charon.vici";
    config::Config config;
    config.zones.push_back(zone);
    const auto found = of_the_zone(examine_tunnel(premises_of(config)));
    BOOST_TEST(found.verdict.state == State::fault);
    BOOST_TEST(found.verdict.what.en.find("does not answer") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_a_closed_network_has_its_address_on_its_interface) {
    auto zone = zone_protected_by(model::Protection::closed_network);
    zone.protection.prefixes = {"127.0.0.0/8"};
    zone.protection.interface = "lo";
    config::Config config;
    config.zones.push_back(zone);
    BOOST_TEST(of_the_zone(examine_tunnel(premises_of(config))).verdict.state == State::good);
    config.zones[0].protection.interface = "absent0";
    const auto absent = of_the_zone(examine_tunnel(premises_of(config)));
    BOOST_TEST(absent.verdict.state == State::fault);
    BOOST_TEST(absent.verdict.what.en == "there is no such interface");
    config.zones[0].protection.interface = "lo";
    config.zones[0].listen.host = "192.0.2.1";
    BOOST_TEST(of_the_zone(examine_tunnel(premises_of(config))).verdict.state == State::fault);
}

BOOST_AUTO_TEST_CASE(that_loopback_stands_for_is_noted) {
    config::Config config;
    config.zones.push_back(zone_protected_by(model::Protection::loopback));
    const auto findings = examine_tunnel(premises_of(config));
    BOOST_TEST_REQUIRE(findings.size() == 1U);
    BOOST_TEST(findings[0].verdict.state == State::note);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_zones_files)

BOOST_AUTO_TEST_CASE(with_another_certificates_key_are_a_fault) {
    const TestPki pki{{"internet"}};
    const TestPki another{{"internet"}};
    config::Config config;
    config.zones.push_back(zone_of(pki));
    config.zones[0].key_file = another.server_key_file();
    const std::string said = says(examine_certificates(premises_of(config)));
    BOOST_TEST(said.find("is not this certificate's") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(whose_chain_does_not_lead_on_or_that_are_none_are_faults) {
    const TestPki pki{{"internet"}};
    config::Config config;
    config.zones.push_back(zone_of(pki));
    const std::string own = tests::read_text(pki.server_certificate_file());
    TestPki::write(pki.server_certificate_file(),
                   own + tests::read_text(pki.anchors_file("internet")));
    const std::string said = says(examine_certificates(premises_of(config)));
    BOOST_TEST(said.find("is not the issuer") != std::string::npos, said);
    TestPki::write(pki.server_certificate_file(), "no certificate");
    BOOST_TEST(examine_certificates(premises_of(config)).at(0).verdict.state == State::fault);
}

BOOST_AUTO_TEST_CASE(of_stapling_hold_the_issuer_and_the_responders_are_looked_at) {
    const TestPki pki{{"internet"}};
    const TestPki another{{"internet"}};
    config::Config config;
    config.zones.push_back(zone_of(pki));
    BOOST_TEST(says(examine_certificates(premises_of(config))).find("stapled") ==
               std::string::npos);
    config.zones[0].stapling = config::Remote{.url = "https://ocsp.example/",
                                              .trust_file = "/absent/ca.pem",
                                              .certificate_file = pki.server_certificate_file(),
                                              .key_file = another.server_key_file()};
    const auto findings = examine_certificates(premises_of(config));
    const std::string said = says(findings);
    BOOST_TEST(said.find("nothing is stapled") != std::string::npos, said);
    BOOST_TEST(said.find("is not this certificate's") != std::string::npos, said);
    BOOST_TEST(said.find("/absent/ca.pem") != std::string::npos, said);
    TestPki::write(pki.server_certificate_file(),
                   tests::read_text(pki.server_certificate_file()) +
                       tests::read_text(pki.server_authority_file()));
    BOOST_TEST(says(examine_certificates(premises_of(config))).find("nothing is stapled") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(with_a_list_that_is_to_come_beside_one_in_force_are_good) {
    TestPki pki{{"internet"}};
    config::Config config;
    config.zones.push_back(zone_of(pki));
    pki.write_lists("internet", {.until = 72h});
    const std::string in_force = tests::read_text(pki.crl_file("internet"));
    pki.write_lists("internet", {.from = 24h, .until = 96h});
    BOOST_TEST(worst(examine_revocation(premises_of(config))) == State::fault);
    TestPki::write(pki.crl_file("internet"), in_force + tests::read_text(pki.crl_file("internet")));
    BOOST_TEST(worst(examine_revocation(premises_of(config))) == State::good);
}

BOOST_AUTO_TEST_CASE(with_the_list_of_each_authority_are_good_and_without_one_a_fault) {
    TestPki pki{{"internet"}};
    pki.write_lists("internet", {.until = 72h});
    config::Config config;
    config.zones.push_back(zone_of(pki));
    BOOST_TEST(worst(examine_revocation(premises_of(config))) == State::good);
    const TestPki another{{"internet"}};
    config.zones[0].crl_file = another.crl_file("internet");
    const std::string foreign = says(examine_revocation(premises_of(config)));
    BOOST_TEST(foreign.find("holds no list of") != std::string::npos, foreign);
    TestPki::write(pki.crl_file("internet"), "no list");
    config.zones[0].crl_file = pki.crl_file("internet");
    BOOST_TEST(worst(examine_revocation(premises_of(config))) == State::fault);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_door)

BOOST_AUTO_TEST_CASE(at_which_nobody_is_can_be_bound_and_one_that_is_taken_cannot) {
    const config::Address nobody{.host = "127.0.0.1", .port = tests::closed_port()};
    BOOST_TEST((knock(nobody, Speaks::tls, 1s).door == Door::nobody));
    BOOST_TEST(can_bind(nobody).has_value());
    const tests::RawServer server{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    const config::Address taken{.host = "127.0.0.1", .port = server.port()};
    BOOST_TEST((knock(taken, Speaks::plain, 1s).door == Door::accepts));
    BOOST_TEST(!can_bind(taken).has_value());
    BOOST_TEST(!can_bind({.host = "192.0.2.1", .port = 1}).has_value());
}

BOOST_AUTO_TEST_CASE(that_neither_refuses_nor_accepts_is_not_nobodys) {
    // A name that there is not; and a listener whose queue is full.
    BOOST_TEST(
        (knock({.host = "nowhere.invalid", .port = 1}, Speaks::tls, 1s).door == Door::no_answer));
    const FullListener full;
    BOOST_TEST((knock({.host = "127.0.0.1", .port = full.port()}, Speaks::tls, 100ms).door ==
                Door::no_answer));
}

BOOST_AUTO_TEST_CASE(of_a_guarded_zone_is_not_knocked_at) {
    const tests::TemporaryFolder folder;
    config::Config config;
    config.store.path = folder / "sekisho.db";
    config.zones = {zone_protected_by(model::Protection::ipsec)};
    config.zones[0].listen.port = tests::closed_port();
    const auto resting = examine_ports(premises_of(config));
    BOOST_TEST((of_the_ports(resting) == State::good));  // it can be bound
    const auto lock = store::GatewayLock::take(config.store.path);
    BOOST_TEST_REQUIRE(lock.has_value());
    const auto running = examine_ports(premises_of(config));
    BOOST_TEST((of_the_ports(running) == State::note));
    BOOST_TEST(says(running).find("not knocked at") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_whose_certificate_it_has) {
    const TestPki pki{{"internet"}};
    const tests::RawServer server{
        [](const std::string&) { return std::vector<std::string>{}; },
        {.certificate_file = pki.server_certificate_file(), .key_file = pki.server_key_file()}};
    const auto knocked = knock({.host = "127.0.0.1", .port = server.port()}, Speaks::tls, 5s);
    BOOST_TEST((knocked.door == Door::tls));
    BOOST_TEST(knocked.certificate.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_disk)

BOOST_AUTO_TEST_CASE(that_takes_a_scratch_file_keeps_nothing_of_it) {
    const tests::TemporaryFolder folder;
    BOOST_TEST(try_disk(folder.path(), 4096).has_value());
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
    BOOST_TEST(!try_disk(folder / "absent", 4096).has_value());
}

BOOST_AUTO_TEST_CASE(gives_the_last_lines_of_a_log) {
    const tests::TemporaryFolder folder;
    tests::write_file(folder / "log", "one\ntwo\nthree\n");
    BOOST_TEST((last_lines(folder / "log", 2) == std::vector<std::string>{"two", "three"}));
    BOOST_TEST(last_lines(folder / "absent", 2).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_responder)

BOOST_AUTO_TEST_CASE(that_does_not_answer_is_a_fault) {
    const tests::TemporaryFolder folder;
    const tests::TestJpki jpki{platform::SystemClock{}.now()};
    tests::write_file(folder / "ca.pem", jpki.authority_pem());
    config::Config config;
    config::AdmissionConfig admission;
    admission.authorities.push_back({.file = folder / "ca.pem"});
    admission.status.method = config::CardStatusConfig::Method::ocsp;
    admission.status.responder.url = "http://127.0.0.1:" + std::to_string(tests::closed_port());
    config.admission = admission;
    const auto findings = examine_revocation(premises_of(config));
    BOOST_TEST_REQUIRE(findings.size() == 1U);
    BOOST_TEST(findings[0].verdict.state == State::fault);
}

BOOST_AUTO_TEST_SUITE_END()
