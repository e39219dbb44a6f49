// A certificate as text: who issued it and until when; nothing that is not one.
#include "gateway/platform/certificate_text.h"

#include <boost/test/unit_test.hpp>

#include "adapters/documents/base64.h"
#include "gateway/platform/pki.h"
#include "tests/support/fake_world.h"

namespace sekisho::platform {

namespace {

// What stands between the lines of a PEM text.
std::string der_of(const std::string& pem) {
    std::string text;
    std::size_t begin = pem.find('\n') + 1;
    for (std::size_t end = pem.find('\n', begin); pem[begin] != '-'; end = pem.find('\n', begin)) {
        text += pem.substr(begin, end - begin);
        begin = end + 1;
    }
    return documents::from_base64(text).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(certificate_as_text)

BOOST_AUTO_TEST_CASE(tells_its_issuer_and_its_time_and_comes_back_as_pem) {
    const auto start = tests::FakeClock::kStart;
    const auto pair = issue({.common_name = "見本 authority",
                             .not_before = start,
                             .not_after = start + std::chrono::days{1}},
                            nullptr);
    const auto text = certificate_text(der_of(pair->certificate_pem));
    BOOST_TEST_REQUIRE(text.has_value());
    BOOST_TEST(text->pem == pair->certificate_pem);
    BOOST_TEST(text->issuer == "CN=見本 authority");
    BOOST_TEST((text->not_before == start));
    BOOST_TEST((text->not_after == start + std::chrono::days{1}));
}

BOOST_AUTO_TEST_CASE(what_is_not_exactly_one_certificate_is_none) {
    const auto start = tests::FakeClock::kStart;
    const auto pair = issue({.common_name = "a", .not_before = start, .not_after = start}, nullptr);
    const std::string der = der_of(pair->certificate_pem);
    BOOST_TEST(!certificate_text("").has_value());
    BOOST_TEST(!certificate_text(der.substr(1)).has_value());
    BOOST_TEST(!certificate_text(der.substr(0, der.size() - 1)).has_value());
    BOOST_TEST(!certificate_text(der + "x").has_value());
    BOOST_TEST(!certificate_text(std::string(4, '\x30')).has_value());
}

BOOST_AUTO_TEST_CASE(the_first_certificate_of_a_pem_text_is_found) {
    const auto start = tests::FakeClock::kStart;
    const auto pair = issue({.common_name = "a", .not_before = start, .not_after = start}, nullptr);
    BOOST_TEST((certificate_der(pair->certificate_pem) == der_of(pair->certificate_pem)));
    BOOST_TEST(
        (certificate_der(pair->key_pem + pair->certificate_pem) == der_of(pair->certificate_pem)));
    BOOST_TEST(!certificate_der(pair->key_pem).has_value());
    BOOST_TEST(!certificate_der("").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
