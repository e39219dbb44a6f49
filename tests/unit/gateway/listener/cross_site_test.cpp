// Where a browser says that a request comes from.
#include "gateway/listener/cross_site.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::tests {

namespace {

bool is_cross_site(std::vector<listener::Header> headers) {
    headers.push_back({"host", "gateway.example:8443"});
    return listener::is_cross_site({.method = "POST",
                                    .target = "/v1/consents",
                                    .path = "/v1/consents",
                                    .query = "",
                                    .headers = std::move(headers)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_request_of_another_site)

BOOST_AUTO_TEST_CASE(is_not_what_a_program_sends) {
    BOOST_TEST(!is_cross_site({}));
    BOOST_TEST(!is_cross_site({{"sec-fetch-mode", "cors"}}));  // Node's fetch
}

BOOST_AUTO_TEST_CASE(is_not_what_the_page_itself_sends) {
    BOOST_TEST(!is_cross_site({{"sec-fetch-site", "same-origin"}}));
    BOOST_TEST(!is_cross_site(
        {{"sec-fetch-site", "same-origin"}, {"origin", "https://gateway.example:8443"}}));
    BOOST_TEST(!is_cross_site({{"origin", "https://Gateway.Example:8443"}}));
    BOOST_TEST(!is_cross_site({{"sec-fetch-site", "none"}}));  // an address that was typed
}

BOOST_AUTO_TEST_CASE(is_told_by_where_it_is_fetched_from) {
    for (const char* site : {"cross-site", "same-site", "", "Same-Origin"}) {
        BOOST_TEST(is_cross_site({{"sec-fetch-site", site}}), site);
    }
}

BOOST_AUTO_TEST_CASE(is_told_by_its_origin_where_a_browser_says_no_more) {
    for (const char* origin : {"https://elsewhere.example", "https://gateway.example",
                               "https://gateway.example:8444", "http://gateway.example:8443",
                               "https://gateway.example:8443.elsewhere.example", "null", ""}) {
        BOOST_TEST(is_cross_site({{"origin", origin}}), origin);
    }
}

BOOST_AUTO_TEST_CASE(is_one_if_either_says_so) {
    BOOST_TEST(is_cross_site(
        {{"sec-fetch-site", "same-origin"}, {"origin", "https://elsewhere.example"}}));
    BOOST_TEST(is_cross_site(
        {{"sec-fetch-site", "cross-site"}, {"origin", "https://gateway.example:8443"}}));
}

BOOST_AUTO_TEST_CASE(is_one_where_nobody_says_whom_it_asks) {
    BOOST_TEST(listener::is_cross_site({.method = "POST",
                                        .target = "/",
                                        .path = "/",
                                        .query = "",
                                        .headers = {{"origin", "https://gateway.example:8443"}}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
