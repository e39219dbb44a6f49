#include "gateway/tunnel/swanctl_text.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho;

namespace {

const model::ZoneName kZone{"eligibility"};

model::Party with_tunnels(const std::string& id, std::vector<model::TunnelEnd> tunnels,
                          const model::ZoneName& zone = kZone) {
    return {.id = *model::parse_party_id(id),
            .certificates = {{.zone = zone, .san_uri = "urn:x", .tunnels = std::move(tunnels)}}};
}

std::string text_of(std::vector<model::Party> parties) {
    return tunnel::swanctl_conf({.zone = kZone,
                                 .inside = "10.9.0.1",
                                 .outside = "192.0.2.1",
                                 .identity = "CN=gateway",
                                 .certificate = "gateway.pem",
                                 .authority = "ike-ca.pem"},
                                model::Directory{std::move(parties)});
}

std::size_t count(const std::string& text, std::string_view word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_daemons_configuration)

BOOST_AUTO_TEST_CASE(has_a_child_for_each_end_of_each_partys_tunnels) {
    const std::string text =
        text_of({with_tunnels("medical:1319900021", {{"CN=b", "10.9.0.3/32"}}),
                 with_tunnels("medical:1319900013",
                              {{"CN=a", "10.9.0.2/32", "192.0.2.7"}, {"CN=a2", "10.9.1.0/28"}})});
    BOOST_TEST(count(text, "children {") == 3U);
    BOOST_TEST(text.find("eligibility-medical-1319900013-1 {") <
               text.find("eligibility-medical-1319900013-2 {"));
    BOOST_TEST(text.find("eligibility-medical-1319900013-2 {") <
               text.find("eligibility-medical-1319900021-1 {"));
    for (const char* line :
         {"id = \"CN=a\"", "remote_ts = 10.9.0.2/32", "remote_addrs = 192.0.2.7", "id = \"CN=b\"",
          "remote_addrs = %any", "remote_ts = 10.9.1.0/28", "id = \"CN=gateway\"",
          "local_ts = 10.9.0.1", "local_addrs = 192.0.2.1", "revocation = strict",
          "reauth_time = 4h", "esp_proposals = aes256gcm16-ecp384,aes256gcm16-x25519"}) {
        BOOST_TEST(text.find(line) != std::string::npos, line);
    }
}

BOOST_AUTO_TEST_CASE(has_one_connection_for_a_device_that_several_share) {
    const std::string text =
        text_of({with_tunnels("medical:1319900021", {{"CN=mall", "10.9.0.3/32"}}),
                 with_tunnels("medical:1319900013", {{"CN=mall", "10.9.0.2/32"}})});
    BOOST_TEST(count(text, "children {") == 1U);
    BOOST_TEST(count(text, "remote_ts = ") == 2U);
}

BOOST_AUTO_TEST_CASE(names_who_has_no_tunnel_and_is_refused) {
    BOOST_TEST(text_of({with_tunnels("medical:1319900013", {})})
                   .find("# medical:1319900013 has no tunnel: it is refused") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(leaves_out_who_is_suspended_or_of_another_zone) {
    auto suspended = with_tunnels("medical:1319900021", {{"CN=b", "10.9.0.3/32"}});
    suspended.suspended = true;
    const auto elsewhere =
        with_tunnels("medical:1319900013", {{"CN=a", "10.9.0.2/32"}}, model::ZoneName{"internet"});
    BOOST_TEST(count(text_of({suspended, elsewhere}), "children {") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
