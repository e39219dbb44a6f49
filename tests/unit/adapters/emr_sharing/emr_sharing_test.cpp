#include <boost/test/unit_test.hpp>

#include "adapters/emr_sharing/codec.h"
#include "adapters/emr_sharing/emr_sharing_adapter.h"
#include "adapters/emr_sharing/emr_sharing_simulator.h"
#include "tests/support/routing_cast.h"

using namespace sekisho;
using namespace sekisho::emr_sharing_adapter;
using adapters::AnswerFate;
using documents::Json;

namespace {

model::Envelope shared(const std::string& evidence = "visit-1") {
    return {.type = model::TypeId{"medical.shared"},
            .intent = model::Intent::read,
            .persons = {tests::hanako()},
            .subject = evidence};
}

// As the adapter would ask and read.
adapters::Answer asked(EmrSharingSimulator& peer, const model::Envelope& question) {
    const auto call = call_of(question).value();
    const auto reply =
        peer.handle({.method = "POST", .path = std::string{call.path}, .body = call.body});
    return read_reply(question, reply.status, reply.body);
}

int told_of(EmrSharingSimulator& peer, const std::string& persons) {
    return peer
        .handle(
            {.method = "POST", .path = "/sim/persons", .body = R"({"persons":)" + persons + "}"})
        .status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(emr_sharing)

BOOST_AUTO_TEST_CASE(what_is_shared_is_asked_with_the_person_and_the_visit) {
    const auto call = call_of(shared());
    BOOST_TEST_REQUIRE(call.has_value());
    BOOST_TEST(call->path == kRecordsPath);
    BOOST_TEST(call->body ==
               R"({"insurer":"139980","insured":"0000000001","cardEvidence":"visit-1"})");
}

BOOST_AUTO_TEST_CASE(no_other_question_is_put) {
    auto other = shared();
    other.type = model::TypeId{"medical.query"};
    BOOST_TEST(!call_of(other));
    auto nobody = shared();
    nobody.persons.clear();
    BOOST_TEST(!call_of(nobody));
}

BOOST_AUTO_TEST_CASE(an_error_is_told_by_its_own_codes) {
    const auto fate = [](const std::string& code) {
        return read_reply(shared(), 200, R"({"result":"error","errorCode":")" + code + R"("})")
            .fate;
    };
    BOOST_CHECK(fate("ES-1001") == AnswerFate::rejected);
    BOOST_CHECK(fate("ES-9001") == AnswerFate::unavailable);
    BOOST_CHECK(fate("OQ-1001") == AnswerFate::unavailable);
}

BOOST_AUTO_TEST_CASE(the_simulator_tells_of_whom_it_was_told_and_of_nobody_else) {
    EmrSharingSimulator peer;
    BOOST_TEST(asked(peer, shared()).body == "[]");
    BOOST_TEST(told_of(peer, R"([{"insurer":"139980","insured":"0000000001"}])") == 204);
    const auto answer = asked(peer, shared());
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    const Json records = documents::parse_json(answer.body).value();
    BOOST_TEST_REQUIRE(records.items().size() == 1U);
    for (const char* kind : {"conditions", "allergies", "infections", "contraindications",
                             "examinations", "prescriptions", "documents"}) {
        BOOST_TEST_REQUIRE(records.items()[0].find(kind) != nullptr, kind);
        BOOST_TEST(records.items()[0].find(kind)->items().size() == 1U, kind);
    }
    auto ichiro = shared();
    ichiro.persons = {tests::ichiro()};
    BOOST_TEST(asked(peer, ichiro).body == "[]");
}

BOOST_AUTO_TEST_CASE(the_simulator_wants_a_card_at_each_visit) {
    EmrSharingSimulator peer;
    const auto answer = asked(peer, shared(""));
    BOOST_CHECK(answer.fate == AnswerFate::rejected);
    BOOST_TEST(answer.detail == "error ES-2001");
}

BOOST_AUTO_TEST_CASE(the_simulators_state_counts_and_names_nobody) {
    EmrSharingSimulator peer;
    BOOST_TEST(told_of(peer, R"([{"insurer":"139980","insured":"0000000001"}])") == 204);
    (void)asked(peer, shared());
    BOOST_TEST(peer.handle({.method = "GET", .path = "/sim/state"}).body ==
               R"({"persons":1,"queries":1})");
}

BOOST_AUTO_TEST_CASE(a_call_that_is_none_is_refused) {
    EmrSharingSimulator peer;
    const auto post = [&](std::string_view path, const std::string& body) {
        return peer.handle({.method = "POST", .path = std::string{path}, .body = body});
    };
    BOOST_TEST(post(kRecordsPath, "{").status == 400);
    BOOST_TEST(post(kRecordsPath, "{}").body.find("ES-1002") != std::string::npos);
    for (const char* persons : {"{}", "[1]", R"([{"insurer":"139980"}])"}) {
        BOOST_TEST(told_of(peer, persons) == 400, persons);
    }
    BOOST_TEST(post("/", "{}").status == 404);
    BOOST_TEST(peer.handle({.method = "GET", .path = std::string{kRecordsPath}}).status == 404);
    BOOST_TEST(peer.handle({.method = "GET", .path = "/emr-sharing/v1/health"}).status == 200);
}

BOOST_AUTO_TEST_CASE(settings_want_https_and_the_three_files) {
    const auto parse = [](std::string_view text) {
        return Settings::parse(documents::parse_json(text).value());
    };
    BOOST_TEST(parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k","trust":"t"})")
                   .has_value());
    BOOST_TEST(!parse(R"({"url":"https://127.0.0.1:9101","certificate":"c","key":"k"})"));
    BOOST_TEST(!parse(R"({"url":"http://127.0.0.1:1","plain_http":true,"user":"sekisho"})"));
}

BOOST_AUTO_TEST_SUITE_END()
