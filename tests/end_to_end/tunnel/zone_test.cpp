// The zone behind the tunnel, with the real gateway, the real IKE daemon and the machine's own
// packet filter: who comes through, and who does not.
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>

#include "adapters/documents/samples.h"
#include "tests/end_to_end/tunnel/hosts_on_a_wire.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

namespace {

const std::string kZone = "https://10.9.0.1:8444";
constexpr std::string_view kHospital = "medical:1319900013";

// The gateway of the demo, its eligibility zone behind a tunnel to the host `ehr`, which is the
// hospital's; a host whose IKE certificate has expired is laid down for another institution.
class ZoneBehindATunnel {
  public:
    ZoneBehindATunnel() {
        make_certificate();
        protect_zone();
        lay_down_tunnels();
        write_rules();
        hosts_.emplace(demo_.file("ipsec/eligibility.swanctl.conf"));
        std::filesystem::create_symlink(hosts_->file("gw/charon.vici"), demo_.file("charon.vici"));
    }

    ~ZoneBehindATunnel() {
        gateway().stop_gateway();
        run_program({"/usr/sbin/nft", "delete", "table", "inet", "sekisho"});
    }
    ZoneBehindATunnel(const ZoneBehindATunnel&) = delete;
    ZoneBehindATunnel& operator=(const ZoneBehindATunnel&) = delete;

    HostsOnAWire& hosts() { return *hosts_; }
    DemoGateway& gateway() { return demo_; }

    void load_filter() const { nft({"-f", demo_.file("ipsec/sekisho.nft")}); }
    static void flush_filter() { nft({"delete", "table", "inet", "sekisho"}); }
    void open() {
        load_filter();
        demo_.start();
        BOOST_TEST_REQUIRE(hosts_->comes_to_carry(kEhr));
    }

    // An opinion of the hospital's, sent from that host: what the client says.
    Finished send_from(const std::string& host, const std::string& request_number,
                       std::vector<std::string> command = {}) {
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

    // Whether a connection from there is so much as answered, by whatever program.
    bool answers(const std::string& host) const {
        const auto tried = HostsOnAWire::on(
            host, {"/usr/bin/curl", "--silent", "--max-time", "2", "--cacert",
                   demo_.file("zone.pem"), "--output", "/dev/null", kZone + "/v1/keys"});
        constexpr int kCannotConnect = 28;  // within the time
        return tried.exit_code != kCannotConnect;
    }

    // Every leaf.
    std::string log() const {
        return run_program({"/usr/bin/sqlite3", "-readonly", demo_.file("state/sekisho.db"),
                            "SELECT CAST(text AS TEXT) FROM leaf"})
            .output;
    }

  private:
    static void nft(std::vector<std::string> words) {
        words.insert(words.begin(), "/usr/sbin/nft");
        const auto told = run_program(words);
        BOOST_TEST_REQUIRE(told.exit_code == 0, told.output);
    }

    // The demo's names no address of the tunnel.
    void make_certificate() {
        const auto made =
            run_program({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                         "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=gateway",
                         "-addext", "subjectAltName=IP:10.9.0.1", "-keyout", demo_.file("zone.key"),
                         "-out", demo_.file("zone.pem")});
        BOOST_TEST_REQUIRE(made.exit_code == 0, made.output);
    }

    void protect_zone() {
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

    void lay_down_tunnels() {
        const std::string hospital =
            R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013" })";
        demo_.amend("parties.json", hospital,
                    R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013",
                     "tunnels": [{ "identity": "C=JP, O=Sekisho, CN=ehr", "inside": "10.9.0.2/32" }] })");
        const std::string clinic =
            R"({ "zone": "internet", "san_uri": "urn:sekisho:party:medical:1319900021" })";
        demo_.amend("parties.json", clinic,
                    clinic + R"(, { "zone": "eligibility", "subject": "CN=late",
                     "tunnels": [{ "identity": "C=JP, O=Sekisho, CN=late", "inside": "10.9.0.3/32" }] })");
    }

    void write_rules() {
        const auto written = run_program({DemoGateway::program("sekisho"), "ipsec", "config",
                                          demo_.file("ipsec"), "--config", demo_.config_file()});
        BOOST_TEST_REQUIRE(written.exit_code == 0, written.output);
    }

    DemoGateway demo_;
    std::optional<HostsOnAWire> hosts_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_zone_behind_a_tunnel, ZoneBehindATunnel)

BOOST_AUTO_TEST_CASE(is_reached_through_the_tunnel_by_whose_tunnel_it_is) {
    open();
    const auto sent = send_from("ehr", "1000000001");
    BOOST_TEST(sent.exit_code == 0, sent.output);
    BOOST_TEST(log().find(R"("protected_by":"ipsec")") != std::string::npos, log());
}

BOOST_AUTO_TEST_CASE(answers_nobody_who_comes_past_it) {
    open();
    BOOST_TEST(answers("ehr"));
    BOOST_TEST(!answers("late"));  // by a plain route, from its own inside address
    // The same, with the address of whoever has a tunnel.
    HostsOnAWire::on("late", {"/sbin/ip", "addr", "add", "10.9.0.2/32", "dev", "lo"});
    HostsOnAWire::on("late", {"/sbin/ip", "route", "replace", "10.9.0.1/32", "via", "10.1.0.1",
                              "src", "10.9.0.2"});
    BOOST_TEST(!answers("late"));
    // And the owner of the tunnel itself, once it is gone.
    BOOST_TEST(hosts().tell("ehr", {"--terminate", "--ike", "gw"}).exit_code == 0);
    BOOST_TEST(hosts().comes_to_carry("nobody"));
    BOOST_TEST(!answers("ehr"));
}

BOOST_AUTO_TEST_CASE(has_no_tunnel_for_an_expired_certificate) {
    open();
    const auto tried = hosts().tell("late", {"--initiate", "--ike", "gw", "--timeout", "5"});
    BOOST_TEST(tried.exit_code != 0);
    BOOST_TEST(tried.output.find("AUTH_FAILED") != std::string::npos, tried.output);
    BOOST_TEST(hosts().carrier_of("10.9.0.3") == "nobody");
}

BOOST_AUTO_TEST_CASE(refuses_a_party_that_comes_through_anothers_tunnel_and_records_it) {
    open();
    gateway().amend("parties.json", "CN=ehr", "CN=another");
    gateway().signal_gateway(SIGHUP);
    Finished sent;
    BOOST_TEST(eventually([&] {
                   sent = send_from("ehr", "1000000002");
                   return sent.output.find("tunnel-mismatch") != std::string::npos ||
                          sent.output.find("SK-2025") != std::string::npos;
               }),
               sent.output);
    BOOST_TEST(sent.exit_code != 0);
    BOOST_TEST(eventually([&] {  // what is refused before its document is read waits for no leaf
                   return log().find(R"("problem":"tunnel-mismatch")") != std::string::npos;
               }),
               log());
    const std::string counted = R"(sekisho_ways_refused_total{zone="eligibility"} )";
    BOOST_TEST(gateway().health("/metrics").find(counted) != std::string::npos);
    BOOST_TEST(gateway().health("/metrics").find(counted + "0") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(does_not_open_where_the_packet_filter_does_not_stand) {
    BOOST_CHECK_THROW(gateway().start(), std::runtime_error);
    const std::string said = read_text(gateway().file("logs/serve.log"));
    BOOST_TEST(said.find("there is no table inet sekisho") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(closes_when_the_packet_filter_is_taken_away_and_opens_with_it) {
    open();
    BOOST_TEST(send_from("ehr", "1000000003").exit_code == 0);
    flush_filter();
    Finished sent;
    BOOST_TEST(eventually([&] {
                   sent = send_from("ehr", "1000000004");
                   return sent.output.find("SK-7010") != std::string::npos;
               }),
               sent.output);
    load_filter();
    BOOST_TEST(eventually([&] { return send_from("ehr", "1000000004").exit_code == 0; }));
}

BOOST_AUTO_TEST_CASE(loses_nothing_while_its_tunnel_is_rekeyed_and_bounces) {
    open();
    int number = 1000000100;
    const auto every_one_is_taken = [&](int many) {
        for (int i = 0; i < many; ++i) {
            const auto sent = send_from("ehr", std::to_string(++number));
            BOOST_TEST(sent.exit_code == 0, sent.output);
        }
    };
    every_one_is_taken(2);
    for (const std::vector<std::string>& what : {std::vector<std::string>{"--ike", "gw"},
                                                 {"--child", "gw"},
                                                 {"--ike", "gw", "--reauth"}}) {
        std::vector<std::string> words{"--rekey"};
        words.insert(words.end(), what.begin(), what.end());
        BOOST_TEST(hosts().tell("ehr", words).exit_code == 0);
        every_one_is_taken(3);
    }
    // The gateway ends it, the EHR makes it anew; what was sent meanwhile is sent again.
    BOOST_TEST(hosts()
                   .tell("gw", {"--terminate", "--ike", "eligibility-medical-1319900013-1"})
                   .exit_code == 0);
    const std::string during = std::to_string(++number);
    BOOST_TEST(eventually([&] { return send_from("ehr", during).exit_code == 0; }));
    every_one_is_taken(2);
}

BOOST_AUTO_TEST_CASE(shows_nothing_on_the_wire) {
    open();
    const std::string capture = hosts().file("wire.pcap");
    Child tcpdump{{"/usr/bin/tcpdump", "-i", "wire", "-U", "-w", capture},
                  hosts().file("tcpdump.log")};
    BOOST_TEST(eventually([&] {
        const std::string log = hosts().file("tcpdump.log");
        return std::filesystem::exists(log) &&
               read_text(log).find("listening on") != std::string::npos;
    }));
    BOOST_TEST(send_from("ehr", "1000000005").exit_code == 0);
    const auto has_none = [&](std::vector<std::string> filter) {
        filter.insert(filter.begin(), {"/usr/bin/tcpdump", "--count", "-n", "-r", capture});
        return run_program(filter).output.find("\n0 packets") != std::string::npos;
    };
    BOOST_TEST(eventually([&] { return !has_none({"udp", "port", "4500"}); }));
    tcpdump.signal(SIGTERM);
    tcpdump.wait();
    BOOST_TEST(has_none({"tcp"}));
    BOOST_TEST(has_none({"ip", "host", "10.9.0.1"}));
    const std::string bytes = read_text(capture);
    for (const char* word : {"1319900013", "ikensho", "10.9.0.1:8444"}) {
        BOOST_TEST(bytes.find(word) == std::string::npos, word);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
