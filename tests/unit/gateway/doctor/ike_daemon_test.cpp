// The tunnel area, with a daemon that says what it is told to.
#include <boost/test/unit_test.hpp>

#include "gateway/doctor/areas.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/system.h"
#include "tests/support/vici_daemon.h"
#include "tests/unit/gateway/doctor/names.h"

using namespace sekisho;
using namespace sekisho::doctor;
using namespace std::string_literals;
using tests::framed;
using tunnel::ViciPacketType;

namespace {

const std::string kConfirmed = framed(ViciPacketType::event_confirm);
const std::string kListed = framed(ViciPacketType::command_response);

// Of the zone, the packet filter's aside: whether that can be read depends on who runs the test.
Findings told_by(std::vector<std::string> says, std::vector<model::Party> parties = {}) {
    const tests::ViciDaemon daemon{std::move(says)};
    auto snapshot = std::make_shared<plan::Snapshot>();
    snapshot->directory = model::Directory{std::move(parties)};
    config::Config config;
    config.snapshot = std::move(snapshot);
    config::ZoneConfig zone{.name = model::ZoneName{"eligibility"}};
    zone.protection.by = model::Protection::ipsec;
    zone.protection.daemon = daemon.path();
    config.zones.push_back(std::move(zone));
    auto findings =
        examine_tunnel({.machine = {.files = std::make_shared<platform::Disk>(),
                                    .clock = std::make_shared<platform::SystemClock>()},
                        .config = std::make_shared<const config::Config>(std::move(config))});
    std::erase_if(findings,
                  [](const Finding& each) { return !each.subject.starts_with("eligibility"); });
    return findings;
}

model::Party with_tunnel(bool suspended) {
    return {.id = *model::parse_party_id("medical:1319900013"),
            .suspended = suspended,
            .certificates = {{.zone = model::ZoneName{"eligibility"},
                              .san_uri = "urn:x",
                              .tunnels = {{"CN=ehr", "10.9.0.2/32"}}}}};
}

bool says(const Findings& findings, std::string_view words) {
    return std::ranges::any_of(
        findings, [&](const Finding& each) { return each.verdict.what.en.contains(words); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_ike_daemon)

BOOST_AUTO_TEST_CASE(that_lists_associations_and_no_certificates_leaves_their_days_unknown) {
    const auto findings = told_by({kConfirmed + kListed, framed(ViciPacketType::event_unknown)});
    BOOST_TEST_REQUIRE(findings.size() == 2U);
    BOOST_TEST(findings[0].verdict.state == State::good);
    BOOST_TEST(findings[1].verdict.state == State::unknown);
    BOOST_TEST(findings[1].verdict.what.en.ends_with("the daemon has no such event"));
    BOOST_TEST(!findings[1].verdict.next.ja.empty());
}

BOOST_AUTO_TEST_CASE(that_has_no_certificate_at_all_is_at_fault) {
    const auto findings = told_by({kConfirmed + kListed, kConfirmed + kListed});
    BOOST_TEST(says(findings, "no certificate of its own"));
    BOOST_TEST(says(findings, "no authority"));
    BOOST_TEST(state_of(findings) == State::fault);
}

BOOST_AUTO_TEST_CASE(lacks_the_tunnel_of_a_party_but_not_of_one_that_is_suspended) {
    const std::vector<std::string> nothing{kConfirmed + kListed, kConfirmed + kListed};
    BOOST_TEST(says(told_by(nothing, {with_tunnel(false)}),
                    "parties without their tunnel: medical:1319900013"));
    BOOST_TEST(!says(told_by(nothing, {with_tunnel(true)}), "parties without their tunnel"));
}

BOOST_AUTO_TEST_SUITE_END()
