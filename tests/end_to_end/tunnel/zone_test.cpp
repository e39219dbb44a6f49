// The zone behind the tunnel, with the real gateway, the real IKE daemon and the machine's own
// packet filter: who comes through, and who does not.
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>

#include "tests/end_to_end/tunnel/zone_behind_a_tunnel.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

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

BOOST_AUTO_TEST_CASE(bears_fragments_and_garbage_from_inside) {
    open();
    const auto say = [](const std::string& command) {
        (void)HostsOnAWire::on("ehr", {"/bin/bash", "-c", command + " 2>/dev/null"});
    };
    for (int i = 0; i < 8; ++i) {
        say("head -c 200000 /dev/urandom >/dev/tcp/10.9.0.1/8444");
        say("head -c 8000 /dev/urandom >/dev/udp/10.9.0.1/8444");  // more than a packet holds
        say("printf '\\x16\\x03\\x01\\xff\\xff' >/dev/tcp/10.9.0.1/8444");  // half a greeting
    }
    const auto sent = send_from("ehr", "1000000009");
    BOOST_TEST(sent.exit_code == 0, sent.output);
    BOOST_TEST(gateway().health("/livez").find("true") != std::string::npos);
    const std::string refused = R"(sekisho_handshakes_refused_total{zone="eligibility"} )";
    BOOST_TEST(gateway().health("/metrics").find(refused) != std::string::npos);
    BOOST_TEST(gateway().health("/metrics").find(refused + "0") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(has_no_tunnel_for_an_expired_certificate) {
    open();
    const auto tried = hosts().tell("late", {"--initiate", "--ike", "gw", "--timeout", "5"});
    BOOST_TEST(tried.exit_code != 0);
    BOOST_TEST(tried.output.find("AUTH_FAILED") != std::string::npos, tried.output);
    BOOST_TEST(hosts().carrier_of("10.9.0.3") == "nobody");
}

BOOST_AUTO_TEST_CASE(has_no_tunnel_for_a_revoked_certificate_and_ends_what_it_had) {
    open();
    const auto before = hosts().try_from("gone");
    BOOST_TEST_REQUIRE(before.exit_code == 0, before.output);
    BOOST_TEST(hosts().carrier_of("10.9.0.4") == kGone);
    hosts().revoke_gone();
    // What stands ends when its certificates are shown anew.
    const auto anew =
        hosts().tell("gw", {"--rekey", "--ike", "eligibility-medical-1319900021-2", "--reauth"});
    BOOST_TEST(anew.exit_code == 0, anew.output);
    BOOST_TEST(hosts().comes_to_carry("nobody", "10.9.0.4"));
    const auto after = hosts().try_from("gone");
    BOOST_TEST(after.exit_code != 0);
    BOOST_TEST(after.output.find("AUTH_FAILED") != std::string::npos, after.output);
    BOOST_TEST(hosts().carrier_of("10.9.0.4") == "nobody");
    BOOST_TEST(hosts().carrier_of("10.9.0.2") == kEhr);
}

BOOST_AUTO_TEST_CASE(has_no_tunnel_for_anybody_without_a_revocation_list) {
    open();
    std::filesystem::remove(hosts().file("gw/swanctl/x509crl/ca.crl"));
    BOOST_TEST(hosts().tell("gw", {"--load-all", "--clear"}).exit_code == 0);
    BOOST_TEST(hosts().tell("gw", {"--flush-certs"}).exit_code == 0);
    const auto tried = hosts().try_from("gone");
    BOOST_TEST(tried.exit_code != 0);
    BOOST_TEST(tried.output.find("AUTH_FAILED") != std::string::npos, tried.output);
    BOOST_TEST(hosts().carrier_of("10.9.0.4") == "nobody");
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
