#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "adapters/webhook/codec.h"
#include "adapters/webhook/webhook_adapter.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::webhook_adapter;
using adapters::Fate;

namespace {

struct Event {
    tests::Filing filing{tests::opinion_envelope("m-1")};

    std::string digest() const { return model::to_hex(filing.delivery().sha256); }
    adapters::Outcome answered(int status, const std::string& body) const {
        return read_answer(filing.delivery(), status, body);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(webhook_codec)

BOOST_FIXTURE_TEST_CASE(what_the_receiver_acknowledges_by_name_is_delivered, Event) {
    const std::string good = acknowledgement("/medical/1319900021", "m-1", digest());
    for (const int status : {200, 201, 202})
        BOOST_CHECK_MESSAGE(answered(status, good).fate == Fate::delivered, status);
}

BOOST_FIXTURE_TEST_CASE(an_acknowledgement_of_another_event_is_no_success, Event) {
    for (const std::string& other :
         {acknowledgement("/medical/1319900021", "m-2", digest()),
          acknowledgement("/medical/1319900013", "m-1", digest()),
          acknowledgement("/medical/1319900021", "m-1", std::string(64, '0'))})
        BOOST_CHECK_MESSAGE(answered(200, other).fate == Fate::retry, other);
}

BOOST_FIXTURE_TEST_CASE(a_success_that_names_nothing_is_none, Event) {
    const std::string good = acknowledgement("/medical/1319900021", "m-1", digest());
    for (const char* body : {"", "{}", "ok", "<html>", R"({"result":"taken"})", R"({"id":"m-1"})"})
        BOOST_CHECK_MESSAGE(answered(200, body).fate == Fate::retry, body);
    for (const int status : {204, 206, 301, 302, 304, 404, 500, 503})
        BOOST_CHECK_MESSAGE(answered(status, good).fate == Fate::retry, status);
}

BOOST_FIXTURE_TEST_CASE(a_refusal_with_a_code_is_final_whatever_its_status, Event) {
    for (const int status : {200, 403, 409, 422}) {
        const auto outcome = answered(status, refusal("NOT-HERE"));
        BOOST_CHECK_MESSAGE(outcome.fate == Fate::rejected, status);
        BOOST_TEST(outcome.peer_code == "NOT-HERE");
    }
    BOOST_CHECK(answered(200, R"({"result":"refused"})").fate == Fate::retry);
    BOOST_CHECK(answered(200, R"({"result":"refused","code":"a sentence"})").fate == Fate::retry);
    BOOST_CHECK(answered(503, refusal("NOT-HERE")).fate == Fate::retry);
}

BOOST_FIXTURE_TEST_CASE(without_a_refusal_only_what_is_about_the_document_is_final, Event) {
    for (const int status : {400, 413, 415, 422})
        BOOST_CHECK_MESSAGE(answered(status, "").fate == Fate::rejected, status);
    for (const int status : {401, 403, 404, 410, 429})
        BOOST_CHECK_MESSAGE(answered(status, "").fate == Fate::retry, status);
}

BOOST_AUTO_TEST_CASE(the_path_is_a_setting_and_begins_with_a_slash) {
    const auto parse = [](std::string_view text) {
        return Settings::parse(documents::parse_json(text).value());
    };
    const auto plain = parse(R"({"url":"http://127.0.0.1:1","plain_http":true})");
    BOOST_REQUIRE(plain);
    BOOST_TEST(plain->path == "/events");
    BOOST_TEST(parse(R"({"url":"http://127.0.0.1:1","plain_http":true,"path":"/a/b"})")->path ==
               "/a/b");
    BOOST_TEST(!parse(R"({"url":"http://127.0.0.1:1","plain_http":true,"path":"a"})"));
    BOOST_TEST(!parse(R"({"url":"http://127.0.0.1:1","plain_http":true,"paths":"/a"})"));
    BOOST_TEST(!parse(R"({"url":"https://127.0.0.1:1"})"));
}

BOOST_AUTO_TEST_SUITE_END()
