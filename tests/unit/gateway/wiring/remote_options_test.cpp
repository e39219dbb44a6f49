// How services outside are asked.
#include "gateway/wiring/remote_options.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::wiring {

BOOST_AUTO_TEST_SUITE(a_service_outside)

BOOST_AUTO_TEST_CASE(is_asked_over_one_connection_unless_more_are_wanted) {
    const config::Remote service{.url = "https://ocsp.example/",
                                 .trust_file = "ca.pem",
                                 .certificate_file = "gateway.pem",
                                 .key_file = "gateway.key"};
    const auto seldom = options_of(service);
    BOOST_TEST(seldom.connections_max == 1U);
    BOOST_TEST(seldom.trust_file == "ca.pem");
    BOOST_TEST(seldom.certificate_file == "gateway.pem");
    BOOST_TEST(seldom.key_file == "gateway.key");
    BOOST_TEST(options_of(service, 4).connections_max == 4U);
}

BOOST_AUTO_TEST_CASE(speaks_in_the_clear_to_this_host_alone) {
    BOOST_TEST(
        (options_of({.url = "https://ocsp.example/"}).plain_http == http::PlainHttp::refused));
    BOOST_TEST(
        (options_of({.url = "http://127.0.0.1:9560/"}).plain_http == http::PlainHttp::loopback));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::wiring
