#include "tests/end_to_end/tunnel/zone_behind_a_tunnel.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "adapters/documents/samples.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

namespace {

const std::string kZone = "https://10.9.0.1:8444";
constexpr std::string_view kHospital = "medical:1319900013";

void nft(std::vector<std::string> words) {
    words.insert(words.begin(), "/usr/sbin/nft");
    const auto told = run_program(words);
    BOOST_TEST_REQUIRE(told.exit_code == 0, told.output);
}

}  // namespace

ZoneBehindATunnel::ZoneBehindATunnel() {
    make_certificate();
    protect_zone();
    lay_down_tunnels();
    write_rules();
    hosts_.emplace(demo_.file("ipsec/eligibility.swanctl.conf"));
    std::filesystem::create_symlink(hosts_->file("gw/charon.vici"), demo_.file("charon.vici"));
}

ZoneBehindATunnel::~ZoneBehindATunnel() {
    gateway().stop_gateway();
    run_program({"/usr/sbin/nft", "delete", "table", "inet", "sekisho"});
}

void ZoneBehindATunnel::load_filter() const {
    nft({"-f", demo_.file("ipsec/sekisho.nft")});
}

void ZoneBehindATunnel::flush_filter() {
    nft({"delete", "table", "inet", "sekisho"});
}

void ZoneBehindATunnel::open() {
    load_filter();
    demo_.start();
    BOOST_TEST_REQUIRE(hosts_->comes_to_carry(kEhr));
}

Finished ZoneBehindATunnel::send_from(const std::string& host, const std::string& request_number,
                                      std::vector<std::string> command) {
    const std::string opinion = demo_.file("opinion-" + request_number + ".csv");
    write_file(opinion, documents::an_opinion_csv(
                            {.office = "1319900013", .request_number = request_number}));
    const std::vector<std::string> send{DemoGateway::program("sekisho"),
                                        "send",
                                        opinion,
                                        "--type",
                                        "certification.opinion",
                                        "--insurer",
                                        "139980",
                                        "--insured",
                                        "0000000001",
                                        "--format",
                                        "ikensho-csv:1.1",
                                        "--businesskey",
                                        "139980:0000000001:" + request_number,
                                        "--gateway",
                                        kZone,
                                        "--ca",
                                        demo_.file("zone.pem"),
                                        "--cert",
                                        demo_.file("pki/medical-1319900013.eligibility.pem"),
                                        "--key",
                                        demo_.file("pki/medical-1319900013.eligibility.key"),
                                        "--as",
                                        std::string{kHospital}};
    command.insert(command.end(), send.begin(), send.end());
    return HostsOnAWire::on(host, command);
}

bool ZoneBehindATunnel::answers(const std::string& host) const {
    const auto tried = HostsOnAWire::on(
        host, {"/usr/bin/curl", "--silent", "--max-time", "2", "--cacert", demo_.file("zone.pem"),
               "--output", "/dev/null", kZone + "/v1/keys"});
    constexpr int kCannotConnect = 28;  // within the time
    return tried.exit_code != kCannotConnect;
}

std::string ZoneBehindATunnel::log() const {
    return run_program({"/usr/bin/sqlite3", "-readonly", demo_.file("state/sekisho.db"),
                        "SELECT CAST(text AS TEXT) FROM leaf"})
        .output;
}

void ZoneBehindATunnel::make_certificate() {
    const auto made = run_program(
        {"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=gateway", "-addext", "subjectAltName=IP:10.9.0.1",
         "-keyout", demo_.file("zone.key"), "-out", demo_.file("zone.pem")});
    BOOST_TEST_REQUIRE(made.exit_code == 0, made.output);
}

void ZoneBehindATunnel::protect_zone() {
    const std::string on_loopback =
        "\"listen\": \"" + demo_.zone_url("eligibility").substr(8) +
        "\", \"protected_by\": { \"method\": \"loopback\" },\n"
        "      \"certificate\": \"pki/gateway.pem\", \"key\": \"pki/gateway.key\"";
    demo_.amend("sekisho.json", on_loopback, R"("listen": "10.9.0.1:8444", "protected_by": {
    "method": "ipsec", "daemon": "@/charon.vici", "interface": "ipsec0", "outside": "10.1.0.1",
    "identity": "C=JP, O=Sekisho, CN=gw", "certificate": "gw.pem", "authority": "ca.pem" },
  "certificate": "zone.pem", "key": "zone.key")");
    demo_.amend("sekisho.json", "@/charon.vici", demo_.file("charon.vici"));
}

void ZoneBehindATunnel::lay_down_tunnels() {
    const std::string hospital =
        R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013" })";
    demo_.amend("parties.json", hospital,
                R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013",
                 "tunnels": [{ "identity": "C=JP, O=Sekisho, CN=ehr", "inside": "10.9.0.2/32" }] })");
    const std::string clinic =
        R"({ "zone": "internet", "san_uri": "urn:sekisho:party:medical:1319900021" })";
    demo_.amend("parties.json", clinic, clinic + R"(, { "zone": "eligibility", "subject": "CN=late",
                 "tunnels": [{ "identity": "C=JP, O=Sekisho, CN=late", "inside": "10.9.0.3/32" },
                                 { "identity": "C=JP, O=Sekisho, CN=gone", "inside": "10.9.0.4/32" }] })");
}

void ZoneBehindATunnel::write_rules() {
    const auto written = run_program({DemoGateway::program("sekisho"), "ipsec", "config",
                                      demo_.file("ipsec"), "--config", demo_.config_file()});
    BOOST_TEST_REQUIRE(written.exit_code == 0, written.output);
}

}  // namespace sekisho::tests
