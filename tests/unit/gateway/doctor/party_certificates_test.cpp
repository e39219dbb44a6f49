#include "gateway/doctor/party_certificates.h"

#include <boost/test/unit_test.hpp>

#include "adapters/http/curl_library.h"
#include "tests/support/fake_world.h"
#include "tests/support/http_raw_server.h"

namespace sekisho::doctor {

namespace {

using tests::RawServer;

constexpr std::chrono::days kDay{1};

std::string row(const std::string& party, model::Instant until) {
    return R"({"party":")" + party + R"(","zone":"internet","until":")" + model::to_rfc3339(until) +
           "\"}";
}

struct Gateway {
    http::CurlLibrary curl;
    std::shared_ptr<tests::FakeClock> clock = std::make_shared<tests::FakeClock>();

    Findings told(const std::string& body) const {
        const RawServer page{
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body};
        return told_by(page.port());
    }
    Findings told_by(std::uint16_t port) const {
        auto config = std::make_shared<config::Config>();
        config->health = {.host = "127.0.0.1", .port = port};
        return party_certificates(
            {.machine = {.files = nullptr, .clock = clock}, .config = config});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(certificates_of_parties, Gateway)

BOOST_AUTO_TEST_CASE(that_end_within_a_month_are_a_warning_and_within_a_week_a_fault) {
    const model::Instant now = clock->now();
    const auto findings = told(R"({"parties":[)" + row("medical:1319900021", now + 3 * kDay) + "," +
                               row("care-office:1379900028", now + 20 * kDay) + "," +
                               row("insurer:139980", now + 50 * kDay) + "]}");
    BOOST_TEST_REQUIRE(findings.size() == 2U);
    BOOST_TEST(findings[0].subject == "medical:1319900021 (internet)");
    BOOST_TEST((findings[0].verdict.state == State::fault));
    BOOST_TEST((findings[1].verdict.state == State::warning));
    BOOST_TEST(findings[1].verdict.next.en.find("the federation tells it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(are_named_twenty_at_most_and_the_others_counted) {
    std::string rows;
    for (int i = 0; i < 25; ++i) {
        rows += (i == 0 ? "" : ",") +
                row("care-office:13799000" + std::to_string(10 + i), clock->now() + 3 * kDay);
    }
    const auto findings = told(R"({"parties":[)" + rows + "]}");
    BOOST_TEST_REQUIRE(findings.size() == 21U);
    BOOST_TEST(findings.back().verdict.what.en == "those of 5 more parties end soon");
}

BOOST_AUTO_TEST_CASE(are_not_told_of_by_what_is_no_gateway) {
    BOOST_TEST(told("<html>").empty());
    BOOST_TEST(told(R"({"parties":7})").empty());
    BOOST_TEST(told(R"({"parties":[{"party":"medical:1319900021","until":"soon"}]})").empty());
    BOOST_TEST(told_by(1).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::doctor
