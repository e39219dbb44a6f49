#include "gateway/identity/identify.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho;
using model::Problem;

namespace {

const model::ZoneName kInternet{"internet"};
const model::Instant kNow = *model::parse_rfc3339("2026-11-21T00:00:00Z");
const std::string kClinicUri = "urn:sekisho:party:medical:1319900021";

model::Party a_party(const std::string& id, model::CertificatePattern pattern) {
    return {.id = *model::parse_party_id(id), .certificates = {std::move(pattern)}};
}

model::Party the_clinic() {
    return a_party("medical:1319900021", {.zone = kInternet, .san_uri = kClinicUri});
}

std::expected<model::Speaker, Problem> identify(std::vector<model::Party> parties,
                                                const identity::CertificateValues& certificate) {
    const model::Directory directory{std::move(parties)};
    const identity::CertificateIndex index{directory};
    return index.identify(certificate, kInternet, directory, kNow);
}

identity::CertificateValues shown_by_the_clinic() {
    return {.subject = "CN=1319900021,O=Minato Clinic", .issuer = "CN=root", .uris = {kClinicUri}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(identify_by_certificate)

BOOST_AUTO_TEST_CASE(a_tunnel_is_a_partys_where_the_directory_says_so_in_that_zone) {
    auto clinic = the_clinic();
    clinic.certificates[0].tunnels = {{.identity = "CN=ehr", .inside = "10.9.0.2/32"}};
    const model::Directory directory{{clinic}};
    const auto has = [&](const model::Speaker& speaker, std::string_view identity,
                         std::string_view inside = "10.9.0.2") {
        return identity::has_tunnel(
            directory, speaker,
            {.ike_identity = identity, .inside = *tunnel::parse_address(inside)});
    };
    const model::Speaker speaker{.party = clinic.id, .zone = kInternet};
    BOOST_TEST(has(speaker, "CN=ehr"));
    BOOST_TEST(!has(speaker, "CN=ehr", "10.9.0.3"));  // the daemon was told other addresses
    BOOST_TEST(!has(speaker, "CN=another"));
    BOOST_TEST(!has(speaker, ""));
    BOOST_TEST(!has({.party = clinic.id, .zone = model::ZoneName{"public"}}, "CN=ehr"));
    BOOST_TEST(
        !has({.party = *model::parse_party_id("medical:1319900099"), .zone = kInternet}, "CN=ehr"));
}

BOOST_AUTO_TEST_CASE(a_party_is_known_by_its_uri) {
    const auto speaker = identify({the_clinic()}, shown_by_the_clinic());
    BOOST_REQUIRE(speaker);
    BOOST_TEST(model::to_string(speaker->party) == "medical:1319900021");
    BOOST_TEST(speaker->zone.text() == "internet");
}

BOOST_AUTO_TEST_CASE(a_party_is_known_by_one_attribute_of_its_subject) {
    const auto clinic =
        a_party("medical:1319900021", {.zone = kInternet, .subject = "CN=1319900021"});
    BOOST_TEST(identify({clinic}, shown_by_the_clinic()).has_value());
    BOOST_TEST(!identify({clinic}, {.subject = "CN=13199000210", .issuer = "CN=root"}));
    BOOST_TEST(!identify({clinic}, {.subject = "O=x\\,CN=1319900021", .issuer = "CN=root"}));
}

BOOST_AUTO_TEST_CASE(the_issuer_counts_where_the_directory_names_it) {
    auto clinic = the_clinic();
    clinic.certificates[0].issuer = "CN=root";
    BOOST_TEST(identify({clinic}, shown_by_the_clinic()).has_value());
    clinic.certificates[0].issuer = "CN=another";
    BOOST_TEST((identify({clinic}, shown_by_the_clinic()).error() == Problem::party_unknown));
}

BOOST_AUTO_TEST_CASE(who_is_not_in_the_directory_is_unknown) {
    BOOST_TEST((identify({}, shown_by_the_clinic()).error() == Problem::party_unknown));
}

BOOST_AUTO_TEST_CASE(who_belongs_to_another_zone_is_in_the_wrong_one) {
    const auto clinic =
        a_party("medical:1319900021", {.zone = model::ZoneName{"public"}, .san_uri = kClinicUri});
    BOOST_TEST((identify({clinic}, shown_by_the_clinic()).error() == Problem::wrong_zone));
}

BOOST_AUTO_TEST_CASE(a_suspended_party_is_told_so) {
    auto clinic = the_clinic();
    clinic.suspended = true;
    BOOST_TEST((identify({clinic}, shown_by_the_clinic()).error() == Problem::party_suspended));
}

BOOST_AUTO_TEST_CASE(a_party_outside_its_period_is_suspended) {
    auto clinic = the_clinic();
    clinic.active.until = kNow;
    BOOST_TEST((identify({clinic}, shown_by_the_clinic()).error() == Problem::party_suspended));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_fits_two_parties_is_nobodys) {
    const auto other = a_party("medical:1319900013", {.zone = kInternet, .san_uri = kClinicUri});
    BOOST_TEST(
        (identify({the_clinic(), other}, shown_by_the_clinic()).error() == Problem::party_unknown));
}

BOOST_AUTO_TEST_SUITE_END()
