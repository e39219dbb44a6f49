#include "adapters/peer/settings.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho;

namespace {

model::Result<peer::Settings> parsed(std::string_view text) {
    const auto json = documents::parse_json(text).value();
    documents::ObjectReader reader(json);
    auto settings = peer::read_settings(reader, {.connections = 3, .connections_max = 8});
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(peer_settings)

BOOST_AUTO_TEST_CASE(they_want_https_and_the_three_files) {
    const auto good =
        parsed(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})");
    BOOST_REQUIRE(good);
    BOOST_TEST(good->client.trust_file == "t");
    BOOST_CHECK(good->client.plain_http == http::PlainHttp::refused);
    BOOST_TEST(!parsed(R"({"url":"http://127.0.0.1:1","certificate":"c","key":"k","trust":"t"})"));
    BOOST_TEST(!parsed(R"({"url":"https://127.0.0.1:1","certificate":"c","key":"k"})"));
    BOOST_TEST(
        !parsed(R"({"url":"https://127.0.0.1:1/","certificate":"c","key":"k","trust":"t"})"));
}

BOOST_AUTO_TEST_CASE(plain_http_wants_neither) {
    const auto plain = parsed(R"({"url":"http://127.0.0.1:1","plain_http":true})");
    BOOST_REQUIRE(plain);
    BOOST_CHECK(plain->client.plain_http == http::PlainHttp::loopback);
    BOOST_TEST(plain->client.certificate_file.empty());
}

BOOST_AUTO_TEST_CASE(numbers_have_the_adapters_own_bounds) {
    const std::string head = R"({"url":"http://127.0.0.1:1","plain_http":true,"connections":)";
    BOOST_TEST(
        parsed(R"({"url":"http://127.0.0.1:1","plain_http":true})")->client.connections_max == 3U);
    BOOST_TEST(parsed(head + "8}")->client.connections_max == 8U);
    BOOST_TEST(!parsed(head + "9}"));
    BOOST_TEST(!parsed(head + "0}"));
}

BOOST_AUTO_TEST_SUITE_END()
