#include "gateway/tunnel/packet_filter.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho;
using tunnel::Guarded;

namespace {

Guarded behind_a_tunnel() {
    return {.zone = "eligibility",
            .by = model::Protection::ipsec,
            .address = "10.9.0.1",
            .port = 8444,
            .interface = "ipsec0"};
}

Guarded on_a_closed_network() {
    return {.zone = "eligibility",
            .by = model::Protection::closed_network,
            .address = "10.20.0.1",
            .port = 8444,
            .interface = "eth1",
            .prefixes = {"10.20.7.1/16", "10.30.0.4/32"}};
}

// The rules alone, a line each.
std::string rules_of(const Guarded& zone) {
    const std::string file = tunnel::filter_of({zone}).value_or("no address");
    std::string rules;
    for (std::size_t at = 0; at < file.size();) {
        const auto end = std::min(file.find('\n', at), file.size());
        const std::string line = file.substr(at, end - at);
        if (line.starts_with("\t\tip")) rules += line.substr(2) + "\n";
        at = end + 1;
    }
    return rules;
}

std::string table_of(const Guarded& zone) {
    const std::string file = *tunnel::filter_of({zone});
    return file.substr(file.rfind("table inet sekisho {"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_packet_filter)

BOOST_AUTO_TEST_CASE(keeps_the_inside_address_for_what_comes_by_the_tunnels_device) {
    BOOST_TEST(rules_of(behind_a_tunnel()) ==
               "ip daddr 10.9.0.1 iifname != \"ipsec0\" counter drop\n"
               "ip saddr 10.9.0.1 oifname != \"ipsec0\" counter drop\n");
}

BOOST_AUTO_TEST_CASE(keeps_it_for_what_the_kernel_decrypted_where_there_is_no_device) {
    Guarded zone = behind_a_tunnel();
    zone.interface.clear();
    zone.address = "fd00:0::1";
    BOOST_TEST(rules_of(zone) ==
               "ip6 daddr fd00::1 meta ipsec missing counter drop\n"
               "ip6 saddr fd00::1 rt ipsec missing counter drop\n");
}

BOOST_AUTO_TEST_CASE(keeps_a_port_for_the_prefixes_of_a_closed_network) {
    BOOST_TEST(rules_of(on_a_closed_network()) ==
               "ip daddr 10.20.0.1 tcp dport 8444 iifname != \"eth1\" counter drop\n"
               "ip daddr 10.20.0.1 tcp dport 8444 ip saddr 10.20.0.0/16 return\n"
               "ip daddr 10.20.0.1 tcp dport 8444 ip saddr 10.30.0.4 return\n"
               "ip daddr 10.20.0.1 tcp dport 8444 counter drop\n"
               "ip saddr 10.20.0.1 tcp sport 8444 oifname != \"eth1\" counter drop\n");
}

BOOST_AUTO_TEST_CASE(is_not_written_for_what_is_no_address) {
    Guarded zone = behind_a_tunnel();
    zone.address = "gateway";
    BOOST_TEST(!tunnel::filter_of({zone}).has_value());
    zone = on_a_closed_network();
    zone.prefixes = {"fd00::/8"};  // of another family
    BOOST_TEST(!tunnel::filter_of({zone}).has_value());
    zone.prefixes = {"::ffff:10.20.0.0/112"};  // no packet of IPv4 is one of these
    BOOST_TEST(!tunnel::filter_of({zone}).has_value());
    zone = behind_a_tunnel();
    zone.address = "::ffff:10.9.0.1";
    BOOST_TEST(!tunnel::filter_of({zone}).has_value());
    zone = on_a_closed_network();
    zone.prefixes = {"10.20.0.0"};
    BOOST_TEST(!tunnel::filter_of({zone}).has_value());
}

BOOST_AUTO_TEST_CASE(stands_when_the_kernel_lists_it_as_it_was_written) {
    const std::string file = *tunnel::filter_of({behind_a_tunnel()});
    const std::string listed = table_of(behind_a_tunnel());
    BOOST_TEST(!tunnel::difference(file, listed).has_value());
    BOOST_TEST(!tunnel::difference(file, "\n" + listed + "\n").has_value());
}

BOOST_AUTO_TEST_CASE(does_not_stand_when_anything_in_it_is_other) {
    const std::string file = *tunnel::filter_of({behind_a_tunnel()});
    const std::string listed = table_of(behind_a_tunnel());
    BOOST_TEST(tunnel::difference(file, "").value() == "there is no table inet sekisho");
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = listed;
        changed.replace(changed.find(from), from.size(), to);
        return tunnel::difference(file, changed).value_or("nothing");
    };
    BOOST_TEST(
        with("ipsec0", "ipsec1") ==
        "the table inet sekisho has \"ip daddr 10.9.0.1 iifname != \"ipsec1\" counter drop\" "
        "where \"ip daddr 10.9.0.1 iifname != \"ipsec0\" counter drop\" must be");
    BOOST_TEST(with("table inet sekisho {\n", "table inet sekisho {\n\tflags dormant\n") !=
               "nothing");
    BOOST_TEST(with("policy accept;\n", "policy accept;\n\t\ttcp dport 8444 accept\n") !=
               "nothing");
    BOOST_TEST(with("\t}\n}\n", "\t\tip saddr 10.0.0.0/8 return\n\t}\n}\n") != "nothing");
    BOOST_TEST(with("hook output", "hook forward") != "nothing");
}

BOOST_AUTO_TEST_SUITE_END()
