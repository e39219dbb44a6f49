#include "gateway/tunnel/association.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sekisho;
using namespace std::string_literals;
using tunnel::Association;
using tunnel::NotCarried;
using tunnel::ViciSection;

constexpr std::string_view kClinic = "10.9.0.2";
constexpr std::string_view kGateway = "10.9.0.1";

struct ReportedSa {
    std::string identity = "C=JP, O=Minato Clinic, CN=ehr";
    std::string state = "ESTABLISHED";
    std::string child = "INSTALLED";
    std::string mode = "TUNNEL";
    std::vector<std::string> remote{"10.9.0.2/32"};
    std::vector<std::string> local{"10.9.0.1/32"};
};

// As charon reports it; members that nobody looks at are left out.
ViciSection event_of(const ReportedSa& sa) {
    ViciSection child;
    child.add("name", "ehr"s).add("state", sa.child).add("mode", sa.mode);
    child.add("local-ts", sa.local).add("remote-ts", sa.remote);
    ViciSection ike;
    ike.add("uniqueid", "7"s).add("state", sa.state).add("remote-host", "192.0.2.7"s);
    if (!sa.identity.empty()) ike.add("remote-id", sa.identity);
    ike.add("child-sas", ViciSection{}.add("ehr-1", std::move(child)));
    return ViciSection{}.add("ehr", std::move(ike));
}

std::string carrier(const std::vector<ReportedSa>& reported, std::string_view peer = kClinic,
                    std::string_view self = kGateway) {
    std::vector<Association> associations;
    for (const ReportedSa& sa : reported) {
        for (Association& each : tunnel::associations_in(event_of(sa))) {
            associations.push_back(std::move(each));
        }
    }
    const auto found = tunnel::carrier_of(associations, *tunnel::parse_address(peer),
                                          *tunnel::parse_address(self));
    if (found) return (*found)->identity;
    return found.error() == NotCarried::ambiguous ? "ambiguous" : "none";
}

bool holds(std::string_view selector, std::string_view address) {
    const auto parsed = tunnel::parse_selector(selector);
    BOOST_TEST_REQUIRE(parsed.has_value(), selector);
    return parsed->holds(*tunnel::parse_address(address));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_association)

BOOST_AUTO_TEST_CASE(carries_what_its_installed_child_selects) {
    BOOST_TEST(carrier({{}}) == ReportedSa{}.identity);
    BOOST_TEST(carrier({{}}, "10.9.0.3") == "none");
    BOOST_TEST(carrier({{}}, kClinic, "10.9.0.9") == "none");
    BOOST_TEST(carrier({}) == "none");
}

BOOST_AUTO_TEST_CASE(that_is_not_up_carries_nothing) {
    for (const char* state : {"CONNECTING", "CREATED", "REKEYED", "DELETING", "", "established"})
        BOOST_TEST(carrier({{.state = state}}) == "none", state);
    for (const char* child : {"CREATED", "ROUTED", "INSTALLING", "REKEYED", "DELETED", ""})
        BOOST_TEST(carrier({{.child = child}}) == "none", child);
    BOOST_TEST(carrier({{.mode = "TRANSPORT"}}) == "none");
    BOOST_TEST(carrier({{.identity = ""}}) == "none");
}

BOOST_AUTO_TEST_CASE(carries_on_while_it_is_rekeyed) {
    BOOST_TEST(carrier({{.state = "REKEYING"}}) == ReportedSa{}.identity);
    BOOST_TEST(carrier({{.child = "REKEYING"}}) == ReportedSa{}.identity);
    BOOST_TEST(carrier({{.child = "REKEYED"}, {}}) == ReportedSa{}.identity);
    BOOST_TEST(carrier({{}, {}}) == ReportedSa{}.identity);
}

BOOST_AUTO_TEST_CASE(of_another_peer_for_the_same_address_leaves_it_untold) {
    BOOST_TEST(carrier({{}, {.identity = "CN=outsider", .remote = {"10.9.0.0/24"}}}) ==
               "ambiguous");
    BOOST_TEST(carrier({{}, {.identity = "CN=outsider", .state = "CONNECTING"}}) ==
               ReportedSa{}.identity);
}

BOOST_AUTO_TEST_CASE(for_single_ports_or_in_words_that_mean_nothing_carries_nothing) {
    for (const char* selector :
         {"10.9.0.2/32[tcp/8444]", "10.9.0.2/33", "10.9.0.2/", "10.9.0.2/x", "dynamic", "",
          "10.9.0.9..10.9.0.1", "10.9.0.256/32", "0.0.0.0/ 0"})
        BOOST_TEST(carrier({{.remote = {selector}}}) == "none", selector);
    BOOST_TEST(carrier({{.remote = {"dynamic", "10.9.0.2"}}}) == ReportedSa{}.identity);
}

BOOST_AUTO_TEST_CASE(without_members_that_it_needs_is_none) {
    BOOST_TEST(tunnel::associations_in(ViciSection{}).empty());
    BOOST_TEST(tunnel::associations_in(ViciSection{}.add("ehr", "text"s)).empty());
    const auto bare = tunnel::associations_in(ViciSection{}.add("ehr", ViciSection{}));
    BOOST_TEST_REQUIRE(bare.size() == 1U);
    BOOST_TEST(!bare[0].established);
    BOOST_TEST(bare[0].children.empty());
}

BOOST_AUTO_TEST_CASE(a_selector_holds_its_addresses_and_no_other) {
    BOOST_TEST(holds("10.9.0.0/24", "10.9.0.0"));
    BOOST_TEST(holds("10.9.0.77/24", "10.9.0.255"));
    BOOST_TEST(!holds("10.9.0.0/24", "10.9.1.0"));
    BOOST_TEST(holds("10.9.0.128/25", "10.9.0.128"));
    BOOST_TEST(!holds("10.9.0.128/25", "10.9.0.127"));
    BOOST_TEST(holds("0.0.0.0/0", "203.0.113.9"));
    BOOST_TEST(!holds("0.0.0.0/0", "2001:db8::1"));
    BOOST_TEST(holds("::/0", "2001:db8::1"));
    BOOST_TEST(!holds("::/0", "10.9.0.2"));
    BOOST_TEST(!holds("::..ffff::", "10.9.0.2"));
    BOOST_TEST(holds("::ffff:0:0/96", "10.9.0.2"));
    BOOST_TEST(!tunnel::parse_selector("::ffff:10.9.0.2..2001:db8::").has_value());
    BOOST_TEST(!tunnel::parse_selector("10.9.0.0/08").has_value());
    BOOST_TEST(holds("2001:db8::/33", "2001:db8:7fff::1"));
    BOOST_TEST(!holds("2001:db8::/33", "2001:db8:8000::1"));
    BOOST_TEST(holds("10.9.0.2..10.9.0.9", "10.9.0.9"));
    BOOST_TEST(!holds("10.9.0.2..10.9.0.9", "10.9.0.10"));
}

BOOST_AUTO_TEST_CASE(an_address_is_one_whole_number) {
    BOOST_TEST((tunnel::parse_address("10.9.0.2") == tunnel::parse_address("::ffff:10.9.0.2")));
    for (const std::string& text :
         {""s, "10.9.0"s, "10.9.0.2 "s, "10.9.0.2\0"s, "host"s, "::1%lo"s})
        BOOST_TEST(!tunnel::parse_address(text).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
