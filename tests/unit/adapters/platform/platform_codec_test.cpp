#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "adapters/platform/codec.h"
#include "adapters/platform/platform_adapter.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::platform_adapter;
using adapters::AnswerFate;
using adapters::Fate;

namespace {

adapters::Outcome delivery_answered(int status, std::string_view body) {
    const tests::Filing filing{tests::opinion_envelope("m-1")};
    return read_delivery_reply(filing.delivery(), status, body);
}

std::string a_receipt() {
    const tests::Filing filing{tests::opinion_envelope("m-1")};
    return tests::naming(filing.delivery(), R"("result":"ok","receiptNumber":"KJR-1")");
}

adapters::Answer question_answered(int status, std::string_view body) {
    return read_question_reply(*tests::an_authorised_question(), status, body);
}

// An answer to that question, with these members besides.
std::string answering(const std::string& members) {
    std::string text = question_text(*tests::an_authorised_question());
    text.pop_back();
    return text + "," + members + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(platform_codec)

BOOST_AUTO_TEST_CASE(ok_with_a_receipt_number_is_delivered) {
    const auto outcome = delivery_answered(200, a_receipt());
    BOOST_CHECK(outcome.fate == Fate::delivered);
    BOOST_TEST(outcome.detail == "receipt KJR-1");
}

BOOST_AUTO_TEST_CASE(a_business_error_inside_200_is_a_rejection_with_its_code) {
    const auto outcome = delivery_answered(
        200, R"({"result":"error","errorCode":"KJ-1001","message":"0000000001 is unknown"})");
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.peer_code == "KJ-1001");
    BOOST_TEST(outcome.detail.find("0000000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_busy_code_is_tried_again) {
    BOOST_CHECK(delivery_answered(200, R"({"result":"error","errorCode":"KJ-9001"})").fate ==
                Fate::retry);
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_is_no_success) {
    for (const char* body :
         {"", "{}", "ok", "null", "[]", R"({"result":"ok"})",
          R"({"result":"ok","receiptNumber":"KJR-1"})", R"({"result":"ok","receiptNumber":""})",
          R"({"result":"ok","receiptNumber":7})", R"({"result":"OK","receiptNumber":"KJR-1"})",
          R"({"result":"ok","receiptNumber":"KJR-1","errorCode":"KJ-1001"})",
          R"({"result":"ok","result":"error","receiptNumber":"KJR-1"})", R"({"result":"error"})",
          R"({"result":"error","errorCode":"<script>"})",
          R"({"result":"ok","receiptNumber":"KJR-1"}x)"})
        BOOST_CHECK_MESSAGE(delivery_answered(200, body).fate == Fate::retry, body);
}

BOOST_AUTO_TEST_CASE(a_system_error_is_retried_unless_it_is_about_the_document) {
    for (const int status : {201, 204, 301, 401, 403, 404, 408, 429, 500, 502, 503})
        BOOST_CHECK_MESSAGE(delivery_answered(status, "").fate == Fate::retry, status);
    for (const int status : {400, 413, 415, 422})
        BOOST_CHECK_MESSAGE(delivery_answered(status, "").fate == Fate::rejected, status);
}

BOOST_AUTO_TEST_CASE(an_answer_is_the_data_byte_for_byte) {
    const auto answer =
        question_answered(200, answering(R"("result":"ok","data": [ {"n":1.50} ] )"));
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    BOOST_TEST(answer.body == "[ {\"n\":1.50} ]");
    BOOST_TEST(question_answered(200, answering(R"("result":"ok","data":[])")).body == "[]");
}

BOOST_AUTO_TEST_CASE(a_document_that_is_no_json_comes_as_its_bytes) {
    const std::string document =
        R"("result":"ok","document":{"mediaType":"text/csv; charset=Shift_JIS","content":"YSxi"})";
    const auto answer = question_answered(200, answering(document));
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    BOOST_TEST(answer.media_type == "text/csv; charset=Shift_JIS");
    BOOST_TEST(answer.body == "a,b");
    for (const std::string& wrong :
         {document + R"(,"data":[])", std::string{R"("result":"ok","document":{})"},
          std::string{R"("result":"ok","document":{"mediaType":"text/csv","content":"%"}})"},
          std::string{R"("result":"ok","document":{"mediaType":"text/csv","content":""})"},
          std::string{R"("result":"ok","document":{"mediaType":"?","content":"YSxi"})"}}) {
        const auto unread = question_answered(200, answering(wrong));
        BOOST_CHECK_MESSAGE(unread.fate == AnswerFate::unavailable, wrong);
        BOOST_TEST(unread.body.empty());
    }
}

BOOST_AUTO_TEST_CASE(an_answer_about_another_question_tells_nothing) {
    const std::string right = answering(R"("result":"ok","data":[{"n":1}])");
    BOOST_CHECK(question_answered(200, right).fate == AnswerFate::answered);
    for (const std::string& told : {tests::hanako().insured.text(), tests::hanako().insurer.text(),
                                    std::string{"certification.progress"}}) {
        std::string other = right;
        other.replace(other.find(told), 1, "x");
        const auto answer = question_answered(200, other);
        BOOST_CHECK_MESSAGE(answer.fate == AnswerFate::unavailable, other);
        BOOST_TEST(answer.body.empty());
    }
}

BOOST_AUTO_TEST_CASE(an_answer_without_data_or_with_an_error_is_not_nothing_found) {
    for (const std::string& body :
         {std::string{}, std::string{"[]"}, std::string{R"({"result":"ok","data":[]})"},
          answering(R"("result":"ok")"), answering(R"("result":"ok","data":{})"),
          std::string{R"({"result":"error","errorCode":"KJ-9001"})"}})
        BOOST_CHECK_MESSAGE(question_answered(200, body).fate == AnswerFate::unavailable, body);
    BOOST_CHECK(question_answered(200, R"({"result":"error","errorCode":"KJ-2001"})").fate ==
                AnswerFate::rejected);
    BOOST_CHECK(question_answered(503, "").fate == AnswerFate::unavailable);
}

BOOST_AUTO_TEST_CASE(the_person_of_a_question_stands_in_its_body) {
    const auto json =
        documents::parse_json(question_text(*tests::an_authorised_question())).value();
    BOOST_TEST(json.string_at("type").value_or("") == "certification.progress");
    BOOST_TEST(json.string_at("insurer").value_or("") == tests::hanako().insurer.text());
    BOOST_TEST(json.string_at("insured").value_or("") == tests::hanako().insured.text());
}

BOOST_AUTO_TEST_CASE(settings_want_https_and_the_three_files) {
    const auto parse = [](std::string_view text) {
        return Settings::parse(documents::parse_json(text).value());
    };
    const auto good =
        parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})");
    BOOST_REQUIRE(good);
    BOOST_TEST(good->client.connections_max == 16U);
    BOOST_CHECK(good->client.plain_http == http::PlainHttp::refused);
    BOOST_TEST(
        !parse(R"({"url":"http://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})"));
    BOOST_TEST(!parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k"})"));
    BOOST_TEST(
        !parse(R"({"url":"https://127.0.0.1:9101/","certificate":"c","key":"k","trust":"t"})"));
    BOOST_TEST(
        !parse(R"({"url":"https://a","certificate":"c","key":"k","trust":"t","connections":0})"));
    BOOST_TEST(parse(R"({"url":"http://127.0.0.1:1","plain_http":true})").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
