#include "gateway/tunnel/ike_certificate.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sekisho;
using namespace std::string_literals;
using tunnel::IkeCertificate;
using tunnel::ViciSection;

ViciSection event(const std::string& type, const std::string& flag) {
    return ViciSection{}.add("type", type).add("flag", flag).add("data", "0\0der"s);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_ike_certificate)

BOOST_AUTO_TEST_CASE(is_an_ends_or_an_authoritys_by_its_flag) {
    const auto kind = [](const std::string& flag) {
        return tunnel::certificate_in(event("X509", flag))->kind;
    };
    BOOST_TEST((kind("NONE") == IkeCertificate::Kind::end));
    BOOST_TEST((kind("CA") == IkeCertificate::Kind::authority));
    for (const char* flag : {"AA", "OCSP", "", "ca"}) {
        BOOST_TEST((kind(flag) == IkeCertificate::Kind::other), flag);
    }
    const auto bare = tunnel::certificate_in(ViciSection{}.add("type", "X509"s).add("data", "0"s));
    BOOST_TEST((bare->kind == IkeCertificate::Kind::other));
}

BOOST_AUTO_TEST_CASE(has_the_bytes_the_daemon_gave_and_is_ours_with_a_key) {
    const auto peers = tunnel::certificate_in(event("X509", "NONE"));
    BOOST_TEST(peers->der == "0\0der"s);
    BOOST_TEST(!peers->has_key);
    auto with_key = event("X509", "NONE");
    with_key.add("has_privkey", "yes"s);
    BOOST_TEST(tunnel::certificate_in(with_key)->has_key);
}

BOOST_AUTO_TEST_CASE(is_neither_a_list_nor_a_public_key_nor_without_bytes) {
    for (const char* type : {"X509_CRL", "X509_AC", "OCSP_RESPONSE", "PUBKEY", "", "x509"}) {
        BOOST_TEST(!tunnel::certificate_in(event(type, "NONE")), type);
    }
    BOOST_TEST(!tunnel::certificate_in(ViciSection{}));
    BOOST_TEST(!tunnel::certificate_in(ViciSection{}.add("type", "X509"s)));
    BOOST_TEST(!tunnel::certificate_in(ViciSection{}.add("type", "X509"s).add("data", ""s)));
    BOOST_TEST(!tunnel::certificate_in(
        ViciSection{}.add("type", "X509"s).add("data", ViciSection::List{"0"})));
}

BOOST_AUTO_TEST_SUITE_END()
