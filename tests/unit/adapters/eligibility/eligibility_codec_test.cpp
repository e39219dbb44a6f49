#include <boost/test/unit_test.hpp>

#include "adapters/eligibility/codec.h"
#include "adapters/eligibility/eligibility_adapter.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::eligibility_adapter;
using adapters::AnswerFate;
using documents::Json;

namespace {

const std::string kSerial = "0A1B2C";

model::Envelope whose_card(const std::string& subject = R"({"issuer":"C=JP,O=JPKI","serial":")" +
                                                        kSerial + R"("})") {
    return {.type = model::TypeId{"admission.person"},
            .intent = model::Intent::read,
            .subject = subject};
}

model::Envelope medical(const std::string& evidence = "visit-1") {
    return {.type = model::TypeId{"medical.query"},
            .intent = model::Intent::read,
            .persons = {tests::hanako()},
            .subject = evidence};
}

// An answer about the card asked about, with these members besides.
adapters::Answer owner_answered(const std::string& members, const std::string& serial = kSerial,
                                const std::string& issuer = "C=JP,O=JPKI") {
    return read_reply(whose_card(), 200,
                      R"({"result":"ok","issuer":")" + issuer + R"(","serial":")" + serial + "\"" +
                          members + "}");
}

// What was asked, given back, with these members besides.
std::string medical_answer(const std::string& members, const std::string& evidence = "visit-1") {
    std::string text = call_of(medical(evidence))->body;
    text.pop_back();
    return text + "," + members + "}";
}

const std::string kHanako = R"({"insurer":"139980","insured":"0000000001"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(eligibility_codec)

BOOST_AUTO_TEST_CASE(a_card_is_asked_about_in_the_body_alone) {
    const auto call = call_of(whose_card());
    BOOST_REQUIRE(call);
    BOOST_TEST(call->path == kCardOwnersPath);
    BOOST_TEST(call->body == whose_card().subject);
}

BOOST_AUTO_TEST_CASE(a_question_about_no_card_is_not_put) {
    for (const char* subject :
         {"", "0A1B2C", "[]", "{}", R"({"issuer":"C=JP"})", R"({"serial":"0A1B2C"})",
          R"({"issuer":"","serial":"0A1B2C"})", R"({"issuer":"C=JP","serial":""})",
          R"({"issuer":"C=JP","serial":10})"})
        BOOST_CHECK_MESSAGE(!call_of(whose_card(subject)), subject);
}

BOOST_AUTO_TEST_CASE(a_question_about_another_type_or_several_persons_is_not_put) {
    auto other = medical();
    other.type = model::TypeId{"certification.progress"};
    BOOST_TEST(!call_of(other));
    auto several = medical();
    several.persons.push_back(tests::ichiro());
    BOOST_TEST(!call_of(several));
    auto nobody = medical();
    nobody.persons.clear();
    BOOST_TEST(!call_of(nobody));
}

BOOST_AUTO_TEST_CASE(the_owner_of_a_card_is_a_person_and_nothing_else) {
    const auto answer = owner_answered(R"(,"owner":)" + kHanako + R"(,"name":"somebody")");
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    BOOST_TEST(answer.media_type == "application/json");
    BOOST_TEST(answer.body == kHanako);
    const auto more =
        owner_answered(R"(,"owner":{"insured":"0000000001","name":"somebody","insurer":"139980"})");
    BOOST_TEST(more.body == kHanako);
}

BOOST_AUTO_TEST_CASE(a_card_of_nobody_known_is_an_answer) {
    const auto answer = owner_answered(R"(,"owner":null)");
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    BOOST_TEST(answer.body == "{}");
}

BOOST_AUTO_TEST_CASE(an_answer_about_another_card_tells_nothing) {
    for (const std::string& serial :
         {std::string{"0A1B2D"}, std::string{"0a1b2c"}, std::string{}}) {
        const auto answer = owner_answered(R"(,"owner":)" + kHanako, serial);
        BOOST_CHECK_MESSAGE(answer.fate == AnswerFate::unavailable, serial);
        BOOST_TEST(answer.body.empty());
        BOOST_TEST(answer.detail == "HTTP 200 about another question");
    }
    BOOST_CHECK(read_reply(whose_card(), 200, R"({"result":"ok","owner":)" + kHanako + "}").fate ==
                AnswerFate::unavailable);
}

BOOST_AUTO_TEST_CASE(an_answer_about_another_issuers_card_tells_nothing) {
    const std::string owner = R"(,"owner":)" + kHanako;
    for (const char* issuer : {"C=JP,O=JPKI-2", "c=jp,o=jpki", ""}) {
        const auto answer = owner_answered(owner, kSerial, issuer);
        BOOST_CHECK_MESSAGE(answer.fate == AnswerFate::unavailable, issuer);
        BOOST_TEST(answer.body.empty());
    }
    const auto silent = read_reply(whose_card(), 200,
                                   R"({"result":"ok","serial":")" + kSerial + "\"" + owner + "}");
    BOOST_CHECK(silent.fate == AnswerFate::unavailable);
}

BOOST_AUTO_TEST_CASE(an_answer_without_an_owner_is_not_nobody) {
    for (const char* members :
         {"", R"(,"owner":{})", R"(,"owner":[])", R"(,"owner":"0000000001")", R"(,"owner":false)",
          R"(,"owner":{"insurer":"139980"})", R"(,"owner":{"insurer":"13998","insured":"1"})",
          R"(,"owner":{"insurer":139980,"insured":"0000000001"})"}) {
        const auto answer = owner_answered(members);
        BOOST_CHECK_MESSAGE(answer.fate == AnswerFate::unavailable, members);
        BOOST_TEST(answer.body.empty());
    }
}

BOOST_AUTO_TEST_CASE(no_detail_has_the_serial_whatever_the_peer_puts_it_into) {
    const auto has_it = [](const adapters::Answer& answer) {
        return answer.detail.find(kSerial) != std::string::npos ||
               answer.body.find(kSerial) != std::string::npos;
    };
    for (const std::string& body :
         {R"({"result":"error","errorCode":")" + kSerial + R"("})",
          R"({"result":"error","errorCode":"OQ-)" + kSerial + R"("})",
          R"({"result":"error","errorCode":"OQ-1001","message":")" + kSerial + R"("})",
          R"({"result":")" + kSerial + R"("})", kSerial}) {
        for (const int status : {200, 400, 404, 503})
            BOOST_CHECK_MESSAGE(!has_it(read_reply(whose_card(), status, body)), body);
    }
    BOOST_CHECK(!has_it(owner_answered(R"(,"owner":)" + kHanako)));
}

BOOST_AUTO_TEST_CASE(an_error_is_final_unless_it_says_later_or_has_no_code_of_its_own) {
    const auto fate = [](const std::string& code) {
        return read_reply(medical(), 200, R"({"result":"error","errorCode":")" + code + R"("})")
            .fate;
    };
    BOOST_CHECK(fate("OQ-1001") == AnswerFate::rejected);
    BOOST_CHECK(fate("OQ-9001") == AnswerFate::unavailable);
    for (const char* code : {"OQ-", "OQ-100", "OQ-10011", "OQ-100A", "KJ-1001", ""})
        BOOST_CHECK_MESSAGE(fate(code) == AnswerFate::unavailable, code);
}

BOOST_AUTO_TEST_CASE(a_system_error_answers_nothing) {
    for (const int status : {201, 204, 301, 401, 403, 404, 429, 500, 503})
        BOOST_CHECK_MESSAGE(read_reply(medical(), status, "").fate == AnswerFate::unavailable,
                            status);
    for (const int status : {400, 413, 415, 422})
        BOOST_CHECK_MESSAGE(read_reply(medical(), status, "").fate == AnswerFate::rejected, status);
}

BOOST_AUTO_TEST_CASE(medical_information_is_asked_with_the_person_and_the_card_of_the_visit) {
    const auto call = call_of(medical());
    BOOST_REQUIRE(call);
    BOOST_TEST(call->path == kMedicalPath);
    const auto json = documents::parse_json(call->body).value();
    BOOST_TEST(json.string_at("insured").value_or("") == tests::hanako().insured.text());
    BOOST_TEST(json.string_at("cardEvidence").value_or("") == "visit-1");
    BOOST_TEST(call_of(medical("")).has_value());
}

BOOST_AUTO_TEST_CASE(medical_information_is_the_data_byte_for_byte) {
    const auto answer =
        read_reply(medical(), 200, medical_answer(R"("result":"ok","data":[ {"n":1.50} ] )"));
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    BOOST_TEST(answer.body == "[ {\"n\":1.50} ]");
}

BOOST_AUTO_TEST_CASE(medical_information_of_another_person_or_visit_tells_nothing) {
    const std::string members = R"("result":"ok","data":[])";
    BOOST_CHECK(read_reply(medical(), 200, medical_answer(members)).fate == AnswerFate::answered);
    BOOST_CHECK(read_reply(medical(), 200, medical_answer(members, "visit-2")).fate ==
                AnswerFate::unavailable);
    std::string other = medical_answer(members);
    other.replace(other.find("0000000001"), 10, "0000000002");
    BOOST_CHECK(read_reply(medical(), 200, other).fate == AnswerFate::unavailable);
    BOOST_CHECK(read_reply(medical(), 200, medical_answer(R"("result":"ok","data":{})")).fate ==
                AnswerFate::unavailable);
}

BOOST_AUTO_TEST_CASE(settings_want_https_and_the_three_files) {
    const auto parse = [](std::string_view text) {
        return Settings::parse(documents::parse_json(text).value());
    };
    const auto good =
        parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})");
    BOOST_REQUIRE(good);
    BOOST_TEST(std::get<peer::AskedSettings>(good->form).client.connections_max == 4U);
    BOOST_TEST(
        !parse(R"({"url":"http://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})"));
    BOOST_TEST(!parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k"})"));
    BOOST_TEST(!parse(R"({"url":"http://127.0.0.1:1","plain_http":true,"user":"sekisho"})"));
}

BOOST_AUTO_TEST_SUITE_END()
