// The forecast for an IPsec zone, out of certificates as the daemon would tell them.
#include "gateway/doctor/ike_certificates.h"

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>

#include "gateway/doctor/bounds.h"
#include "gateway/identity/openssl_handles.h"
#include "gateway/platform/pki.h"
#include "tests/unit/gateway/doctor/names.h"

using namespace sekisho;
using namespace sekisho::doctor;
using namespace std::chrono_literals;
using std::chrono::days;
using tunnel::IkeCertificate;

namespace {

const model::Instant kNow = *model::parse_rfc3339("2026-11-21T00:00:00Z");
const model::ZoneName kZone{"eligibility"};
const model::ZoneName kOtherZone{"branch"};

std::string der_of(const std::string& pem) {
    const identity::BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    const identity::CertificatePtr certificate{
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate.get(), &bytes);
    const std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

struct Of {
    std::string name;
    model::Duration left = days{300};
    model::Instant from = kNow - days{100};
};

IkeCertificate made(const Of& of, IkeCertificate::Kind kind, bool has_key) {
    const auto issued = platform::issue({.common_name = "",  // the subject's is
                                         .not_before = of.from,
                                         .not_after = kNow + of.left,
                                         .authority = kind == IkeCertificate::Kind::authority,
                                         .subject = {"C=JP", "O=Sekisho", "CN=" + of.name}},
                                        nullptr);
    BOOST_TEST_REQUIRE(issued.has_value());
    return {.kind = kind, .has_key = has_key, .der = der_of(issued->certificate_pem)};
}

IkeCertificate own(const Of& of = {.name = "gw"}) {
    return made(of, IkeCertificate::Kind::end, true);
}
IkeCertificate authority(const Of& of = {.name = "IKE CA"}) {
    return made(of, IkeCertificate::Kind::authority, false);
}
IkeCertificate peer(const Of& of = {.name = "ehr"}) {
    return made(of, IkeCertificate::Kind::end, false);
}

model::Party with_tunnel(const std::string& id, const model::ZoneName& zone,
                         const std::string& name) {
    return {.id = *model::parse_party_id(id),
            .certificates = {{.zone = zone,
                              .san_uri = "urn:x",
                              .tunnels = {{"C=JP, O=Sekisho, CN=" + name, "10.9.0.2/32"}}}}};
}

Findings forecast(const std::vector<IkeCertificate>& certificates,
                  std::vector<model::Party> parties = {}) {
    auto snapshot = std::make_shared<plan::Snapshot>();
    snapshot->directory = model::Directory{std::move(parties)};
    config::Config config;
    config.snapshot = std::move(snapshot);
    config::ZoneConfig zone{.name = kZone};
    zone.protection.identity = "C=JP, O=Sekisho, CN=gw";
    return judge_ike_certificates(certificates, config, zone, kNow);
}

// Of the one finding whose subject has these words.
Verdict of(const Findings& findings, std::string_view words) {
    std::vector<Verdict> found;
    for (const Finding& finding : findings) {
        BOOST_TEST(finding.area == Area::tunnel);
        if (finding.subject.contains(words)) found.push_back(finding.verdict);
    }
    BOOST_TEST_REQUIRE(found.size() == 1U, words);
    return found.front();
}

bool tells_of(const Findings& findings, std::string_view words) {
    return std::ranges::any_of(
        findings, [&](const Finding& finding) { return finding.subject.contains(words); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_forecast_for_the_tunnels)

BOOST_AUTO_TEST_CASE(tells_the_days_of_the_own_certificate_its_authority_and_each_peers) {
    const auto findings = forecast({own(), authority(), peer(), peer({.name = "clinic"})});
    BOOST_TEST(findings.size() == 4U);
    BOOST_TEST(state_of(findings) == State::good);
    BOOST_TEST(of(findings, "eligibility (ike own: C=JP, O=Sekisho, CN=gw)")
                   .what.en.ends_with("(300 days)"));
    BOOST_TEST(of(findings, "eligibility (ike authority: C=JP, O=Sekisho, CN=IKE CA)").state ==
               State::good);
    BOOST_TEST(of(findings, "(ike peer: C=JP, O=Sekisho, CN=ehr)").state == State::good);
    BOOST_TEST(of(findings, "(ike peer: C=JP, O=Sekisho, CN=clinic)").state == State::good);
}

BOOST_AUTO_TEST_CASE(warns_of_what_ends_within_a_month_and_is_at_fault_within_a_week) {
    const auto findings = forecast({own({.name = "gw", .left = days{29}}),
                                    authority({.name = "IKE CA", .left = days{6}}),
                                    peer({.name = "ehr", .left = -days{1}})});
    const auto of_own = of(findings, "ike own");
    BOOST_TEST(of_own.state == State::warning);
    BOOST_TEST(of_own.what.en.starts_with("it expires in 29 days"));
    BOOST_TEST(of_own.next.en.contains("the administrator of this machine"));
    const auto of_authority = of(findings, "ike authority");
    BOOST_TEST(of_authority.state == State::fault);
    BOOST_TEST(of_authority.next.en.contains("x509ca"));
    const auto of_peer = of(findings, "ike peer");
    BOOST_TEST(of_peer.state == State::fault);
    BOOST_TEST(of_peer.what.en.starts_with("it has expired"));
    BOOST_TEST(of_peer.next.en.contains("whoever runs the peer's line"));
    BOOST_TEST(of_peer.next.ja.contains("相手の回線担当者"));
}

BOOST_AUTO_TEST_CASE(names_the_parties_whose_tunnel_it_is_and_leaves_another_zones_to_it) {
    const auto findings =
        forecast({own(), authority(), peer(), peer({.name = "branch"}), peer({.name = "unknown"})},
                 {with_tunnel("medical:1319900013", kZone, "ehr"),
                  with_tunnel("medical:1319900021", kZone, "ehr"),
                  with_tunnel("medical:1319900039", kOtherZone, "branch")});
    BOOST_TEST(tells_of(findings, "CN=ehr: medical:1319900013, medical:1319900021)"));
    BOOST_TEST(!tells_of(findings, "CN=branch"));
    BOOST_TEST(tells_of(findings, "CN=unknown)"));
}

BOOST_AUTO_TEST_CASE(looks_at_the_newest_that_a_peer_has_shown) {
    const Of old{.name = "ehr", .left = days{3}};
    const Of renewed{.name = "ehr"};
    const Of not_begun{.name = "ehr", .left = days{900}, .from = kNow + days{2}};
    BOOST_TEST(of(forecast({peer(renewed), peer(old)}), "ike peer").state == State::good);
    BOOST_TEST(of(forecast({peer(old), peer(renewed)}), "ike peer").state == State::good);
    BOOST_TEST(of(forecast({peer(old), peer(not_begun)}), "ike peer").state == State::fault);
}

BOOST_AUTO_TEST_CASE(looks_at_every_one_of_the_own_identity_or_at_every_one_with_a_key) {
    const auto both = forecast({own(), own({.name = "gw", .left = days{3}}), own({.name = "vpn"})});
    BOOST_TEST(state_of(both) == State::fault);
    BOOST_TEST(!tells_of(both, "CN=vpn"));
    BOOST_TEST(tells_of(forecast({own({.name = "vpn"})}), "ike own: C=JP, O=Sekisho, CN=vpn"));
}

BOOST_AUTO_TEST_CASE(is_at_fault_without_a_certificate_of_its_own_or_an_authority) {
    const auto findings = forecast({peer()});
    for (const char* missing : {"(ike own)", "(ike authority)"}) {
        const auto verdict = of(findings, missing);
        BOOST_TEST(verdict.state == State::fault);
        BOOST_TEST(verdict.next.en.contains("the administrator of this machine"));
        BOOST_TEST(!verdict.next.ja.empty());
    }
}

BOOST_AUTO_TEST_CASE(does_not_know_what_cannot_be_read) {
    IkeCertificate broken = peer({.name = "broken"});
    broken.der.pop_back();
    IkeCertificate followed = peer({.name = "followed"});
    followed.der += "x";
    const auto findings = forecast({own(), authority(), broken, followed});
    BOOST_TEST(of(findings, "eligibility (ike)").state == State::unknown);
    BOOST_TEST(of(findings, "eligibility (ike)").what.en.ends_with("cannot be read: 2"));
    BOOST_TEST(state_of(findings) == State::unknown);
}

BOOST_AUTO_TEST_CASE(counts_good_peers_beyond_some_and_names_each_that_asks_for_something) {
    std::vector<IkeCertificate> certificates{own(), authority()};
    for (std::size_t i = 0; i < kPeersShown + 2; ++i) {
        certificates.push_back(peer({.name = "good" + std::to_string(i)}));
        certificates.push_back(peer({.name = "late" + std::to_string(i), .left = -days{1}}));
    }
    const auto findings = forecast(certificates);
    BOOST_TEST(count(findings).at(static_cast<std::size_t>(State::fault)) == kPeersShown + 2);
    BOOST_TEST(of(findings, "(ike peers)").what.en.ends_with(": 2"));
    BOOST_TEST(findings.size() == 2 + kPeersShown + 1 + kPeersShown + 2);
}

BOOST_AUTO_TEST_SUITE_END()
