// What protects a zone, as an administrator writes it.
#include <boost/test/unit_test.hpp>

#include "tests/support/config_files.h"

namespace {

using namespace sekisho;
using tests::DemoFolder;

const std::string kOnLoopback =
    R"("listen": "127.0.0.1:8444", "protected_by": { "method": "loopback" })";

std::string ipsec(const std::string& listen, const std::string& more = R"(, "interface": "ipsec0")",
                  const std::string& identity = "C=JP, O=Sekisho, CN=gateway") {
    return "\"listen\": \"" + listen +
           R"(", "protected_by": { "method": "ipsec", "daemon": "/run/charon.vici", "identity": ")" +
           identity + R"(", "certificate": "gw.pem", "authority": "ca.pem")" + more + " }";
}

std::string closed(const std::string& prefixes) {
    return R"("listen": "10.20.0.1:8444", "protected_by": { "method": "closed-network",)"
           R"( "interface": "eth1", "prefixes": [)" +
           prefixes + "] }";
}

// The errors' sentences, or "sound".
std::string loading(const std::string& written, const std::string& name = "eligibility") {
    const DemoFolder folder;
    folder.edit("sekisho.json", kOnLoopback, written);
    if (name != "eligibility")
        folder.edit("sekisho.json", "\"name\": \"eligibility\", \"listen\"",
                    "\"name\": \"" + name + "\", \"listen\"");
    const auto loaded = config::load(folder.main_file());
    if (loaded) return "sound";
    std::string text;
    for (const std::string& line : tests::lines_of(loaded.error())) text += line + "\n";
    return text;
}

bool says(const std::string& text, std::string_view words) {
    BOOST_TEST_MESSAGE(text);
    return text.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_zones_protection)

BOOST_AUTO_TEST_CASE(is_read_for_ipsec) {
    const DemoFolder folder;
    folder.edit("sekisho.json", kOnLoopback, ipsec("10.9.0.1:8444"));
    const auto loaded = config::load(folder.main_file());
    BOOST_REQUIRE(loaded);
    const auto& protection = loaded->zones[1].protection;
    BOOST_TEST((protection.by == model::Protection::ipsec));
    BOOST_TEST(protection.daemon == "/run/charon.vici");
    BOOST_TEST(protection.interface == "ipsec0");
    BOOST_TEST(protection.outside == "%any");
    const auto guarded = config::guarded_zones(loaded->zones);
    BOOST_REQUIRE(guarded.size() == 1U);
    BOOST_TEST(guarded[0].zone == "eligibility");
    BOOST_TEST(guarded[0].address == "10.9.0.1");
}

BOOST_AUTO_TEST_CASE(is_read_for_a_closed_network) {
    const DemoFolder folder;
    folder.edit("sekisho.json", kOnLoopback, closed("\"10.20.0.0/16\""));
    const auto loaded = config::load(folder.main_file());
    BOOST_REQUIRE(loaded);
    const auto guarded = config::guarded_zones(loaded->zones);
    BOOST_REQUIRE(guarded.size() == 1U);
    BOOST_TEST(guarded[0].interface == "eth1");
    BOOST_TEST(guarded[0].prefixes == std::vector<std::string>{"10.20.0.0/16"},
               boost::test_tools::per_element());
    BOOST_TEST(guarded[0].port == 8444);
}

BOOST_AUTO_TEST_CASE(is_needed_where_the_catalogue_says_so) {
    BOOST_TEST(says(loading(R"("listen": "127.0.0.1:8444")"),
                    "the zone eligibility needs a protected_by"));
}

BOOST_AUTO_TEST_CASE(of_loopback_listens_on_loopback) {
    BOOST_TEST(
        says(loading(R"("listen": "10.9.0.1:8444", "protected_by": { "method": "loopback" })"),
             "listens on a loopback address"));
}

BOOST_AUTO_TEST_CASE(needs_one_address_and_a_fixed_port) {
    for (const char* listen :
         {"0.0.0.0:8444", "[::]:8444", "gateway:8444", "[::ffff:10.9.0.1]:8444"}) {
        BOOST_TEST(says(loading(ipsec(listen)), "listens on one IP address"), listen);
    }
    BOOST_TEST(says(loading(ipsec("10.9.0.1:0")), "has a fixed port"));
}

BOOST_AUTO_TEST_CASE(takes_nothing_that_could_end_a_value_of_the_files_written_from_it) {
    BOOST_TEST(says(loading(ipsec("10.9.0.1:8444", R"(, "interface": "eth0; drop")")),
                    "a network interface's name"));
    BOOST_TEST(says(loading(ipsec("10.9.0.1:8444", R"(, "interface": "sixteen-letters-")")),
                    "a network interface's name"));
    BOOST_TEST(says(loading(ipsec("10.9.0.1:8444", R"(, "outside": "%any\n}")")), "or %any"));
    for (const char* identity : {R"(CN=\"gw\")", "CN=*", "%any", "@gw", "CN=みなと", "CN=?"}) {
        BOOST_TEST(says(loading(ipsec("10.9.0.1:8444", "", identity)), "without quotes"), identity);
    }
    BOOST_TEST(
        says(loading(ipsec("10.9.0.1:8444", R"(, "interface": "lo")")), "no tunnel's device"));
    BOOST_TEST(says(loading(ipsec("10.9.0.1:8444", R"(, "outside": "10.9.0.1")")),
                    "another address than the one inside"));
    BOOST_TEST(says(loading(closed("\"0.0.0.0/0\"")), "addresses such as"));
    BOOST_TEST(says(loading(closed("\"fd00::/8\"")), "of the same kind"));
    BOOST_TEST(says(loading(ipsec("10.9.0.1:8444"), "2nd"), "begins with a letter"));
    BOOST_TEST(says(loading(closed("\"10.20.0.0\"")), "addresses such as"));
    BOOST_TEST(says(loading(closed("")), "at least one of prefixes"));
    BOOST_TEST(says(loading(ipsec("10.9.0.1:8444"), "eligibility.east"), "has no : and no ."));
}

BOOST_AUTO_TEST_CASE(says_which_methods_there_are) {
    BOOST_TEST(says(loading(R"("listen": "10.9.0.1:8444", "protected_by": { "method": "none" })"),
                    "one of ipsec, closed-network and loopback"));
}

BOOST_AUTO_TEST_CASE(of_a_partys_tunnel_is_one_ends_alone) {
    const DemoFolder folder;
    const std::string certificate =
        R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013" })";
    const auto with = [](const std::string& tunnels) {
        return R"({ "zone": "eligibility", "san_uri": "urn:sekisho:party:medical:1319900013",)"
               R"( "tunnels": [)" +
               tunnels + "] }";
    };
    const std::string end = R"({ "identity": "CN=ehr", "inside": "10.9.0.2/32" })";
    folder.edit("parties.json", certificate, with(end));
    const auto loaded = config::load(folder.main_file());
    BOOST_REQUIRE(loaded);
    const auto* hospital =
        loaded->snapshot->directory.find(*model::parse_party_id("medical:1319900013"));
    BOOST_REQUIRE(hospital);
    BOOST_TEST(hospital->certificates[1].tunnels.at(0).identity == "CN=ehr");
    BOOST_TEST(hospital->certificates[1].tunnels.at(0).outside == "%any");
    std::string tunnels = end;
    for (const char* inside : {"10.9.0.0/24", "10.9.0.3/31", "10.9.0.2/32"}) {
        const std::string more =
            end + R"(, { "identity": "CN=other", "inside": ")" + inside + R"(" })";
        folder.edit("parties.json", tunnels, more);
        tunnels = more;
        const auto loading_both = config::load(folder.main_file());
        BOOST_REQUIRE(!loading_both);
        BOOST_TEST(says(tests::lines_of(loading_both.error()).front(),
                        "another tunnel has some of these addresses inside"),
                   inside);
    }
}

BOOST_AUTO_TEST_SUITE_END()
