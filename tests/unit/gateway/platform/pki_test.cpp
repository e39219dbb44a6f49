#include "gateway/platform/pki.h"

#include <boost/test/unit_test.hpp>
#include <openssl/x509_vfy.h>

#include "gateway/platform/openssl_owned.h"
#include "tests/support/fake_world.h"

namespace sekisho::platform {

namespace {

using OwnedStore = Owned<X509_STORE, X509_STORE_free>;
using OwnedStoreContext = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;

constexpr model::Instant kNow = tests::FakeClock::kStart;
constexpr std::chrono::hours kDay{24};

OwnedCertificate read(const std::string& pem) {
    OwnedCertificate certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
    BOOST_REQUIRE(certificate != nullptr);
    return certificate;
}

CertificateAndKey authority(KeyKind kind = KeyKind::ec_p256) {
    return issue({.common_name = "Test CA",
                  .key = kind,
                  .not_before = kNow - kDay,
                  .not_after = kNow + 365 * kDay,
                  .authority = true},
                 nullptr)
        .value();
}

CertificateRequest client(const std::string& name) {
    return {.common_name = name,
            .not_before = kNow - kDay,
            .not_after = kNow + kDay,
            .serial = 42,
            .client_auth = true,
            .uris = {"urn:sekisho:party:medical:1319900013"}};
}

std::string list(const CertificateAndKey& ca, std::vector<std::uint64_t> revoked = {}) {
    return issue_revocation_list({.revoked_serials = std::move(revoked),
                                  .this_update = kNow - kDay,
                                  .next_update = kNow + kDay},
                                 ca)
        .value();
}

// The verdict of OpenSSL at its strictest, with revocation.
int verify(const std::string& leaf, const CertificateAndKey& ca, const std::string& crl) {
    const OwnedStore store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), read(ca.certificate_pem).get());
    const OwnedRevocationList revoked(
        PEM_read_bio_X509_CRL(reading(crl).get(), nullptr, nullptr, nullptr));
    BOOST_REQUIRE(revoked != nullptr);
    X509_STORE_add_crl(store.get(), revoked.get());
    const OwnedStoreContext context(X509_STORE_CTX_new());
    const OwnedCertificate certificate = read(leaf);
    X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), nullptr);
    X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(
        parameters, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    X509_VERIFY_PARAM_set_time(parameters, std::chrono::system_clock::to_time_t(kNow));
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pki)

BOOST_AUTO_TEST_CASE(a_client_certificate_passes_the_strict_check_for_every_kind_of_authority) {
    for (const KeyKind kind : {KeyKind::ec_p256, KeyKind::ec_p384, KeyKind::rsa_2048}) {
        const auto ca = authority(kind);
        const auto leaf = issue(client("office"), &ca);
        BOOST_REQUIRE(leaf);
        BOOST_TEST(verify(leaf->certificate_pem, ca, list(ca)) == X509_V_OK);
    }
}

BOOST_AUTO_TEST_CASE(a_revoked_serial_is_refused_and_another_is_not) {
    const auto ca = authority();
    const auto leaf = issue(client("office"), &ca);
    BOOST_TEST(verify(leaf->certificate_pem, ca, list(ca, {41, 42})) == X509_V_ERR_CERT_REVOKED);
    BOOST_TEST(verify(leaf->certificate_pem, ca, list(ca, {41})) == X509_V_OK);
}

BOOST_AUTO_TEST_CASE(an_outdated_revocation_list_is_seen) {
    const auto ca = authority();
    const auto leaf = issue(client("office"), &ca);
    const auto old = issue_revocation_list(
        {.this_update = kNow - 2 * kDay, .next_update = kNow - kDay, .number = 7}, ca);
    BOOST_TEST(verify(leaf->certificate_pem, ca, old.value()) == X509_V_ERR_CRL_HAS_EXPIRED);
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_can_be_asked_for) {
    const auto ca = authority();
    CertificateRequest request = client("office");
    request.not_after = kNow - std::chrono::hours{1};
    const auto leaf = issue(request, &ca);
    BOOST_TEST(verify(leaf->certificate_pem, ca, list(ca)) == X509_V_ERR_CERT_HAS_EXPIRED);
}

BOOST_AUTO_TEST_CASE(a_certificate_of_version_1_has_no_extensions) {
    const auto ca = authority();
    CertificateRequest request = client("office");
    request.version = 1;
    const auto leaf = issue(request, &ca);
    BOOST_REQUIRE(leaf);
    const OwnedCertificate certificate = read(leaf->certificate_pem);
    BOOST_TEST(X509_get_version(certificate.get()) == 0);
    BOOST_TEST(X509_get_ext_count(certificate.get()) == 0);
}

BOOST_AUTO_TEST_CASE(weak_keys_and_authorities_as_leaves_can_be_asked_for) {
    const auto ca = authority();
    CertificateRequest weak = client("office");
    weak.key = KeyKind::rsa_1024;
    const auto small = issue(weak, &ca);
    BOOST_REQUIRE(small);
    BOOST_TEST(EVP_PKEY_get_bits(X509_get0_pubkey(read(small->certificate_pem).get())) == 1024);
    CertificateRequest proud = client("office");
    proud.authority = true;
    const auto leaf = issue(proud, &ca);
    BOOST_REQUIRE(leaf);
    BOOST_TEST(X509_check_ca(read(leaf->certificate_pem).get()) == 1);
    BOOST_TEST(verify(leaf->certificate_pem, ca, list(ca)) == X509_V_OK);
}

BOOST_AUTO_TEST_CASE(extended_key_usages_are_those_asked_for) {
    const auto ca = authority();
    CertificateRequest request = client("office");
    request.client_auth = false;
    const auto none = read(issue(request, &ca)->certificate_pem);
    BOOST_TEST(X509_get_ext_by_NID(none.get(), NID_ext_key_usage, -1) == -1);
    request.server_auth = true;
    const auto server = read(issue(request, &ca)->certificate_pem);
    BOOST_TEST(X509_get_extended_key_usage(server.get()) == XKU_SSL_SERVER);
    request.any_extended_key_usage = true;
    const auto any = read(issue(request, &ca)->certificate_pem);
    BOOST_TEST((X509_get_extended_key_usage(any.get()) & XKU_ANYEKU) != 0U);
}

BOOST_AUTO_TEST_CASE(a_server_certificate_carries_its_names_and_addresses) {
    const auto ca = authority();
    CertificateRequest request = client("gateway");
    request.server_auth = true;
    request.dns_names = {"localhost"};
    request.addresses = {"127.0.0.1", "::1"};
    const auto certificate = read(issue(request, &ca)->certificate_pem);
    BOOST_TEST(X509_check_host(certificate.get(), "localhost", 0, 0, nullptr) == 1);
    BOOST_TEST(X509_check_ip_asc(certificate.get(), "127.0.0.1", 0) == 1);
    BOOST_TEST(X509_check_ip_asc(certificate.get(), "::1", 0) == 1);
    BOOST_TEST(X509_check_host(certificate.get(), "other", 0, 0, nullptr) == 0);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_made_is_a_refusal) {
    const CertificateAndKey broken{.certificate_pem = "x", .key_pem = "y"};
    BOOST_TEST(!issue(client("office"), &broken));
    BOOST_TEST(!issue_revocation_list({}, broken));
    CertificateRequest request = client("office");
    request.addresses = {"not an address"};
    BOOST_TEST(!issue(request, nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
