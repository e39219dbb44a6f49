// What a card agent is told on the command line.
#include <boost/test/unit_test.hpp>

#include "gateway/agent/agent_settings.h"

using namespace sekisho;
using agent::LoopbackAddress;
using agent::Page;
using agent::parse_pages;

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(an_address_is_on_the_loopback) {
    const auto four = LoopbackAddress::parse(agent::kDefaultAddress);
    BOOST_TEST_REQUIRE(four.has_value());
    BOOST_TEST(four->host() == "127.0.0.1");
    BOOST_TEST(four->port() == 8449);
    BOOST_TEST(four->origin() == "https://127.0.0.1:8449");
    const auto six = LoopbackAddress::parse("[::1]:65535");
    BOOST_TEST_REQUIRE(six.has_value());
    BOOST_TEST(six->host() == "::1");
    BOOST_TEST(six->origin() == "https://[::1]:65535");
}

BOOST_AUTO_TEST_CASE(an_address_that_others_could_reach_is_refused) {
    for (const char* text : {"0.0.0.0:8449", "192.0.2.1:8449", "[::]:8449", "[2001:db8::1]:8449",
                             "localhost:8449", "127.0.0.2:8449", "127.1:8449", ":8449", "127.0.0.1",
                             "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:443", "127.0.0.1:08449",
                             "127.0.0.1:65536", "127.0.0.1:84 49", "::1:8449", ""}) {
        const auto parsed = LoopbackAddress::parse(text);
        BOOST_TEST(!parsed.has_value(), text);
    }
    BOOST_TEST(!LoopbackAddress::parse("0.0.0.0:1").error().ja.empty());
}

BOOST_AUTO_TEST_CASE(each_page_is_of_one_gateway) {
    const auto pages = parse_pages(
        "demo.sekisho.example=https://localhost:8443,demo.sekisho.example=https://127.0.0.1:8443,"
        "b=https://[::1]:1,c=https://window.sekisho.example");
    BOOST_TEST_REQUIRE(pages.has_value());
    BOOST_TEST_REQUIRE(pages->size() == 4U);
    BOOST_TEST((pages->at(0) ==
                Page{.origin = "https://localhost:8443", .gateway = "demo.sekisho.example"}));
    BOOST_TEST(pages->at(3).origin == "https://window.sekisho.example");
}

// Compared to the letter with what browsers send, another spelling would never be met.
BOOST_AUTO_TEST_CASE(what_no_browser_would_send_as_an_origin_is_refused) {
    for (const char* text : {"",
                             "a",
                             "a=",
                             "=https://localhost",
                             "a=http://localhost:8443",
                             "a=https://",
                             "a=https://localhost/",
                             "a=https://localhost:443",
                             "a=https://localhost:08443",
                             "a=https://localhost:",
                             "a=https://LOCALHOST",
                             "a=https://user@localhost",
                             "a=null",
                             "a=*",
                             "a=https://*",
                             "a=https://[::2]",
                             "a=https://localhost,",
                             "a b=https://localhost",
                             "a=https://.example",
                             "a=https://local host",
                             "a=https://localhost,b=https://localhost"}) {
        BOOST_TEST(!parse_pages(text).has_value(), text);
    }
    BOOST_TEST(parse_pages("x").error().en.find("\"x\"") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
