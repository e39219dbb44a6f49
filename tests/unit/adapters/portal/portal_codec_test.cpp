#include <boost/test/unit_test.hpp>

#include "adapters/portal/codec.h"
#include "adapters/portal/portal_adapter.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::portal_adapter;
using adapters::Fate;

namespace {

adapters::Outcome answered(int status, std::string_view body) {
    const tests::Filing filing{tests::opinion_envelope("m-1")};
    return read_reply(filing.delivery(), status, body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(portal_codec)

BOOST_AUTO_TEST_CASE(ok_with_a_notice_number_is_delivered) {
    const tests::Filing filing{tests::opinion_envelope("m-1")};
    const auto outcome =
        answered(200, tests::naming(filing.delivery(), R"("result":"ok","noticeNumber":"MP-1")"));
    BOOST_CHECK(outcome.fate == Fate::delivered);
    BOOST_TEST(outcome.detail == "notice MP-1");
}

BOOST_AUTO_TEST_CASE(an_error_inside_200_is_a_rejection_unless_it_says_later) {
    const auto refused = answered(200, R"({"result":"error","errorCode":"MP-1001","message":"x"})");
    BOOST_CHECK(refused.fate == Fate::rejected);
    BOOST_TEST(refused.peer_code == "MP-1001");
    BOOST_CHECK(answered(200, R"({"result":"error","errorCode":"MP-9001"})").fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_is_no_success) {
    for (const char* body : {"", "{}", "ok", R"({"result":"ok"})",
                             R"({"result":"ok","noticeNumber":"MP-1"})", R"({"result":"error"})"})
        BOOST_CHECK_MESSAGE(answered(200, body).fate == Fate::retry, body);
    BOOST_CHECK(answered(503, "").fate == Fate::retry);
    BOOST_CHECK(answered(422, "").fate == Fate::rejected);
}

BOOST_AUTO_TEST_CASE(a_document_about_several_persons_is_nobodys_notice) {
    const auto adapter = make_adapter(
        Settings::parse(
            documents::parse_json(R"({"url":"http://127.0.0.1:1","plain_http":true})").value())
            .value());
    const tests::Filing load{tests::a_card_load().and_about(tests::ichiro())};
    const auto outcome = load.through(*adapter);
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.detail.find("exactly one person") != std::string::npos, outcome.detail);
}

BOOST_AUTO_TEST_CASE(settings_want_https_and_the_three_files) {
    const auto parse = [](std::string_view text) {
        return Settings::parse(documents::parse_json(text).value());
    };
    const auto good =
        parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})");
    BOOST_REQUIRE(good);
    BOOST_TEST(good->client.connections_max == 2U);
    BOOST_TEST(!parse(R"({"url":"http://a","certificate":"c","key":"k","trust":"t"})"));
    BOOST_TEST(!parse(R"({"url":"https://a"})"));
}

BOOST_AUTO_TEST_SUITE_END()
