#include "gateway/identity/trust.h"

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/system.h"
#include "tests/support/test_pki.h"

using namespace sekisho;
using identity::Standing;
using identity::Trust;
using model::Problem;
using tests::TestPki;
using Issuer = TestPki::Issuer;

namespace {

const model::ZoneName kInternet{"internet"};
const model::ZoneName kPublic{"public"};
const Standing kStranger{.stranger = true};
const Standing kFit{.stranger = false};

Standing known_but(Problem problem) {
    return {.stranger = false, .problem = problem};
}

struct Chain {
    identity::CertificatePtr leaf;
    identity::ChainPtr above;
};

Chain read_chain(const std::string& pem) {
    const identity::BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    Chain chain{
        .leaf = identity::CertificatePtr{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)},
        .above = identity::ChainPtr{sk_X509_new_null()}};
    while (X509* above = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        sk_X509_push(chain.above.get(), above);
    }
    return chain;
}

struct Court {
    TestPki pki{{"internet", "public"}};
    platform::Disk files{};
    int rsa_bits_min = 2048;

    Standing judge(const std::string& name, const model::ZoneName& zone = kInternet) {
        const auto trust = Trust::load(files, pki.trust_files(rsa_bits_min));
        BOOST_REQUIRE(trust);
        return judge_by(**trust, name, zone);
    }

    Standing judge_by(const Trust& trust, const std::string& name,
                      const model::ZoneName& zone = kInternet) {
        const Chain chain = read_chain(pki.of(name).certificate_pem);
        return trust.judge(chain.leaf.get(), chain.above.get(), zone,
                           platform::SystemClock{}.now());
    }

    Standing judge_one(const TestPki::Wanted& wanted, const model::ZoneName& zone = kInternet) {
        pki.add("one", "internet", wanted);
        return judge("one", zone);
    }
};

// A certificate of an RSA key that is one bit short, which the maker of ordinary ones cannot make.
identity::CertificatePtr an_rsa_2047_certificate(const platform::CertificateAndKey& issuer) {
    const identity::PrivateKeyPtr key{EVP_RSA_gen(2047U)};
    const identity::BioPtr certificate_bio{BIO_new_mem_buf(issuer.certificate_pem.data(), -1)};
    const identity::BioPtr key_bio{BIO_new_mem_buf(issuer.key_pem.data(), -1)};
    identity::CertificatePtr made{
        PEM_read_bio_X509(certificate_bio.get(), nullptr, nullptr, nullptr)};
    const identity::PrivateKeyPtr signing{
        PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr)};
    X509_set_pubkey(made.get(), key.get());
    X509_sign(made.get(), signing.get(), EVP_sha256());
    return made;
}

// That certificate with these basic constraints and this use of its key in place of its own. Its
// signature is left as it was: fitness asks for what it says.
identity::CertificatePtr saying(const platform::CertificateAndKey& one, const char* constraints,
                                const char* key_usage) {
    const identity::BioPtr bio{BIO_new_mem_buf(one.certificate_pem.data(), -1)};
    identity::CertificatePtr made{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    for (const auto& [kind, text] :
         {std::pair{NID_basic_constraints, constraints}, std::pair{NID_key_usage, key_usage}}) {
        for (int at = X509_get_ext_by_NID(made.get(), kind, -1); at >= 0;
             at = X509_get_ext_by_NID(made.get(), kind, -1)) {
            X509_EXTENSION_free(X509_delete_ext(made.get(), at));
        }
        X509_EXTENSION* said = X509V3_EXT_conf_nid(nullptr, nullptr, kind, text);
        X509_add_ext(made.get(), said, -1);
        X509_EXTENSION_free(said);
    }
    // Read anew: what was read of the old ones is kept with the certificate.
    unsigned char* bytes = nullptr;
    i2d_re_X509_tbs(made.get(), nullptr);
    const int size = i2d_X509(made.get(), &bytes);
    const unsigned char* from = bytes;
    made.reset(d2i_X509(nullptr, &from, size));
    OPENSSL_free(bytes);
    return made;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trust, Court)

BOOST_AUTO_TEST_CASE(a_fit_certificate_of_the_zone_is_known) {
    BOOST_TEST((judge_one({}) == kFit));
}

BOOST_AUTO_TEST_CASE(a_fit_certificate_below_an_issuing_authority_is_known) {
    BOOST_TEST((judge_one({.issuer = Issuer::intermediate}) == kFit));
}

BOOST_AUTO_TEST_CASE(a_fit_rsa_certificate_is_known) {
    BOOST_TEST((judge_one({.key = platform::KeyKind::rsa_2048}) == kFit));
}

BOOST_AUTO_TEST_CASE(a_revoked_certificate_is_told_so) {
    pki.add("one", "internet", {});
    pki.revoke("one");
    BOOST_TEST((judge("one") == known_but(Problem::certificate_revoked)));
}

BOOST_AUTO_TEST_CASE(a_certificate_revoked_by_the_issuing_authority_is_told_so) {
    pki.add("one", "internet", {.issuer = Issuer::intermediate});
    pki.revoke("one");
    BOOST_TEST((judge("one") == known_but(Problem::certificate_revoked)));
}

BOOST_AUTO_TEST_CASE(of_revoked_and_expired_the_revocation_is_told) {
    pki.add("one", "internet", {.until = std::chrono::hours{-1}});
    pki.revoke("one");
    BOOST_TEST((judge("one") == known_but(Problem::certificate_revoked)));
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_told_so) {
    BOOST_TEST(
        (judge_one({.until = std::chrono::hours{-1}}) == known_but(Problem::certificate_expired)));
}

BOOST_AUTO_TEST_CASE(a_certificate_not_yet_valid_is_told_so) {
    BOOST_TEST(
        (judge_one({.from = std::chrono::hours{1}}) == known_but(Problem::certificate_expired)));
}

BOOST_AUTO_TEST_CASE(an_rsa_1024_key_is_too_weak_and_no_stranger) {
    BOOST_TEST((judge_one({.key = platform::KeyKind::rsa_1024}) ==
                known_but(Problem::certificate_too_weak)));
}

BOOST_AUTO_TEST_CASE(an_rsa_key_one_bit_short_is_too_weak) {
    pki.add("one", "internet", {});
    const auto weak = an_rsa_2047_certificate(pki.of("one"));
    BOOST_TEST((identity::find_unfitness(weak.get(), 2048) == Problem::certificate_too_weak));
}

BOOST_AUTO_TEST_CASE(an_rsa_key_below_the_zones_minimum_is_too_weak) {
    rsa_bits_min = 3072;
    BOOST_TEST((judge_one({.key = platform::KeyKind::rsa_2048}) ==
                known_but(Problem::certificate_too_weak)));
    BOOST_TEST((judge_one({.key = platform::KeyKind::rsa_3072}) == kFit));
}

BOOST_AUTO_TEST_CASE(a_certificate_of_version_1_is_unsuitable) {
    BOOST_TEST((judge_one({.version = 1}) == known_but(Problem::certificate_unsuitable)));
}

BOOST_AUTO_TEST_CASE(an_authority_is_no_client) {
    BOOST_TEST((judge_one({.authority = true}) == known_but(Problem::certificate_unsuitable)));
}

BOOST_AUTO_TEST_CASE(an_authority_that_may_sign_no_certificates_is_no_client_either) {
    pki.add("one", "internet", {});
    const auto judged = [this](const char* constraints, const char* key_usage) {
        return identity::find_unfitness(saying(pki.of("one"), constraints, key_usage).get(), 2048);
    };
    BOOST_TEST((judged("critical,CA:TRUE", "critical,digitalSignature") ==
                Problem::certificate_unsuitable));
    BOOST_TEST(
        (judged("critical,CA:TRUE", "critical,keyCertSign") == Problem::certificate_unsuitable));
    BOOST_TEST((judged("critical,CA:FALSE", "critical,digitalSignature") == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_certificate_for_no_named_use_is_unsuitable) {
    BOOST_TEST((judge_one({.client_auth = false}) == known_but(Problem::certificate_unsuitable)));
}

BOOST_AUTO_TEST_CASE(a_certificate_for_any_use_is_unsuitable) {
    BOOST_TEST((judge_one({.any_extended_key_usage = true}) ==
                known_but(Problem::certificate_unsuitable)));
    BOOST_TEST((judge_one({.client_auth = false, .any_extended_key_usage = true}) ==
                known_but(Problem::certificate_unsuitable)));
}

BOOST_AUTO_TEST_CASE(a_certificate_of_another_zone_is_in_the_wrong_zone) {
    BOOST_TEST((judge_one({}, kPublic) == known_but(Problem::wrong_zone)));
}

BOOST_AUTO_TEST_CASE(a_certificate_of_nobodys_authority_is_a_stranger) {
    TestPki elsewhere{{"internet"}};
    elsewhere.add("one", "internet", {});
    const Chain chain = read_chain(elsewhere.of("one").certificate_pem);
    const auto trust = Trust::load(files, pki.trust_files());
    const auto standing = (*trust)->judge(chain.leaf.get(), chain.above.get(), kInternet,
                                          platform::SystemClock{}.now());
    // The names of the two authorities are the same: a forged issuer name makes nobody known.
    BOOST_TEST((standing == kStranger));
}

BOOST_AUTO_TEST_CASE(a_self_signed_certificate_is_a_stranger) {
    BOOST_TEST((judge_one({.issuer = Issuer::nobody}) == kStranger));
}

BOOST_AUTO_TEST_CASE(a_certificate_signed_by_a_client_is_a_stranger) {
    pki.add("office", "internet", {});
    BOOST_TEST(
        (judge_one({.issuer = Issuer::leaf_of_another, .other_leaf = "office"}) == kStranger));
}

BOOST_AUTO_TEST_CASE(no_certificate_is_a_stranger) {
    const auto trust = Trust::load(files, pki.trust_files());
    const auto standing =
        (*trust)->judge(nullptr, nullptr, kInternet, platform::SystemClock{}.now());
    BOOST_TEST((standing == kStranger));
}

BOOST_AUTO_TEST_CASE(without_a_revocation_list_nobody_can_be_judged) {
    files.remove(pki.crl_file("internet"));
    BOOST_TEST((judge_one({}) == known_but(Problem::revocation_unknown)));
}

BOOST_AUTO_TEST_CASE(a_revocation_list_that_cannot_be_read_is_none) {
    TestPki::write(pki.crl_file("internet"), "-----BEGIN X509 CRL-----\nnonsense\n");
    BOOST_TEST((judge_one({}) == known_but(Problem::revocation_unknown)));
}

BOOST_AUTO_TEST_CASE(an_outdated_revocation_list_refuses) {
    pki.write_lists("internet", {.until = std::chrono::hours{-1}});
    BOOST_TEST((judge_one({}) == known_but(Problem::revocation_unknown)));
}

BOOST_AUTO_TEST_CASE(the_list_of_every_authority_in_the_chain_is_needed) {
    pki.write_lists("internet", {.of_intermediate = false});
    BOOST_TEST((judge_one({}) == kFit));
    BOOST_TEST(
        (judge_one({.issuer = Issuer::intermediate}) == known_but(Problem::revocation_unknown)));
}

BOOST_AUTO_TEST_CASE(another_authoritys_revocation_list_says_nothing) {
    TestPki elsewhere{{"internet"}};
    TestPki::write(pki.crl_file("internet"), *files.read(elsewhere.crl_file("internet"), 1 << 20));
    BOOST_TEST((judge_one({}) == known_but(Problem::revocation_unknown)));
}

BOOST_AUTO_TEST_CASE(a_changed_revocation_list_makes_a_new_trust) {
    pki.add("one", "internet", {});
    identity::TrustSource source{files, pki.trust_files()};
    BOOST_REQUIRE(source.load());
    const auto before = source.current();
    const auto generation = source.generation();
    BOOST_TEST((source.refresh() == false));

    pki.revoke("one");
    BOOST_TEST((source.refresh() == true));
    BOOST_TEST(source.generation() > generation);
    BOOST_TEST((judge_by(*source.current(), "one") == known_but(Problem::certificate_revoked)));
    // What was judged by before is not touched.
    BOOST_TEST((judge_by(*before, "one") == kFit));
}

BOOST_AUTO_TEST_CASE(anchors_that_cannot_be_read_leave_the_old_trust) {
    pki.add("one", "internet", {});
    identity::TrustSource source{files, pki.trust_files()};
    BOOST_REQUIRE(source.load());
    TestPki::write(pki.anchors_file("internet"), "nothing");
    BOOST_TEST(!source.refresh());
    BOOST_TEST((judge_by(*source.current(), "one") == kFit));
}

BOOST_AUTO_TEST_CASE(without_anchors_nothing_starts) {
    files.remove(pki.anchors_file("public"));
    const auto trust = Trust::load(files, pki.trust_files());
    BOOST_REQUIRE(!trust);
    BOOST_TEST(trust.error().detail.en.find("public") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_values_of_a_certificate_are_read) {
    pki.add("one", "internet", {.uris = {"urn:sekisho:party:medical:1319900021"}});
    const Chain chain = read_chain(pki.of("one").certificate_pem);
    const auto values = identity::read_certificate(chain.leaf.get());
    BOOST_TEST(values.subject == "CN=client");
    BOOST_TEST(values.issuer == "CN=internet-root");
    BOOST_REQUIRE_EQUAL(values.uris.size(), 1);
    BOOST_TEST(values.uris[0] == "urn:sekisho:party:medical:1319900021");
    BOOST_TEST(!values.serial.empty());
    BOOST_TEST((values.not_before < values.not_after));
}

BOOST_AUTO_TEST_SUITE_END()
