// What an adapter owes when its peer misbehaves: no success that the peer did not plainly say, no
// rejection that it did not plainly say, and an end by the deadline.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "adapters/simulation/simulator_server.h"
#include "tests/contract/adapters/subjects.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/http_pki.h"
#include "tests/support/http_raw_server.h"

using namespace sekisho;
using adapters::AnswerFate;
using adapters::Fate;
using documents::Json;
using simulation::FaultPlan;
using tests::Filing;
using tests::Subject;

namespace {

struct Misbehaving {
    Misbehaving(const Subject& subject, const FaultPlan& faults)
        : peer(tests::make_peer(subject)), server(*peer, {.faults = faults}) {
        BOOST_REQUIRE(server.start());
        adapter = tests::make_adapter(subject, tests::plain_settings(server.url()));
    }

    Json state() const {
        return documents::parse_json(peer->handle({.method = "GET", .path = "/sim/state"}).body)
            .value();
    }
    std::int64_t documents_held() const { return state().integer_at("documents").value_or(-1); }

    std::unique_ptr<adapters::SimulatedPeer> peer;
    simulation::SimulatorServer server;
    std::unique_ptr<adapters::Adapter> adapter;
};

Fate fate_under(const Subject& subject, const FaultPlan& faults) {
    const Misbehaving stage(subject, faults);
    return tests::a_filing(subject, "m-1").through(*stage.adapter).fate;
}

AnswerFate answer_under(const Subject& subject, const FaultPlan& faults) {
    const Misbehaving stage(subject, faults);
    return tests::asked(subject, *stage.adapter).fate;
}

Fate fate_after(const Subject& subject, const std::string& answer, tests::RawEnd end) {
    const tests::RawServer server(answer, end);
    const auto adapter = tests::make_adapter(subject, tests::plain_settings(server.url()));
    return tests::a_filing(subject, "m-1").through(*adapter).fate;
}

const auto kSubjects = boost::unit_test::data::make(tests::network_subjects());
const auto kCarrying =
    boost::unit_test::data::make(tests::carrying_any_bytes(tests::network_subjects()));
const auto kAsking = boost::unit_test::data::make(tests::asking_subjects());

}  // namespace

BOOST_AUTO_TEST_SUITE(network_adapter)

BOOST_DATA_TEST_CASE(what_arrives_is_byte_for_byte_what_was_sent, kCarrying, subject) {
    const Misbehaving stage(subject, {});
    const Filing filing{tests::opinion_envelope("m-1"), std::string("\x83\x40\0\r\n\xff", 6)};
    BOOST_REQUIRE(filing.through(*stage.adapter).fate == Fate::delivered);
    const Json state = stage.state();
    BOOST_REQUIRE(state.find("items")->items().size() == 1);
    BOOST_TEST(state.find("items")->items()[0].string_at("sha256").value_or("") ==
               model::to_hex(filing.delivery().sha256));
}

BOOST_DATA_TEST_CASE(a_call_that_arrives_twice_counts_once, kSubjects, subject) {
    const Misbehaving stage(subject, {.duplicate = 1});
    BOOST_CHECK(tests::a_filing(subject, "m-1").through(*stage.adapter).fate == Fate::delivered);
    BOOST_TEST(stage.documents_held() == 1);
    BOOST_TEST(stage.state().integer_at("duplicates").value_or(0) == 1);
}

BOOST_DATA_TEST_CASE(another_document_under_the_same_id_is_rejected, kSubjects, subject) {
    const Misbehaving stage(subject, {});
    BOOST_CHECK(tests::a_filing(subject, "m-1").through(*stage.adapter).fate == Fate::delivered);
    const auto outcome =
        tests::a_filing(subject, "m-1", tests::Content::another).through(*stage.adapter);
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(!outcome.peer_code.empty());
}

BOOST_DATA_TEST_CASE(a_business_error_inside_200_is_a_rejection, kSubjects, subject) {
    BOOST_CHECK(fate_under(subject, {.business_error = 1}) == Fate::rejected);
}

BOOST_DATA_TEST_CASE(a_rejection_says_in_two_languages_what_the_sender_does_next, kSubjects,
                     subject) {
    const auto says_next = [](const adapters::Outcome& outcome) {
        BOOST_CHECK(outcome.fate == Fate::rejected);
        const auto middle = outcome.detail.find("。 / ");
        BOOST_TEST(middle != std::string::npos, outcome.detail);
        BOOST_TEST(outcome.detail.find("送信元") < middle, outcome.detail);
        BOOST_TEST(outcome.detail.find(". The sender", middle) != std::string::npos,
                   outcome.detail);
        BOOST_TEST(outcome.detail.ends_with("."), outcome.detail);  // not cut on its way
        BOOST_TEST(outcome.detail.size() < 512U);
    };
    const Misbehaving refusing(subject, {.business_error = 1});
    const auto refused = tests::a_filing(subject, "m-1").through(*refusing.adapter);
    says_next(refused);
    BOOST_TEST(refused.detail.find(refused.peer_code) != std::string::npos);
    if (tests::logs_in(subject)) return;  // the same words; its login would meet the status too
    const tests::RawServer server("HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n");
    const auto adapter = tests::make_adapter(subject, tests::plain_settings(server.url()));
    says_next(tests::a_filing(subject, "m-1").through(*adapter));
}

BOOST_DATA_TEST_CASE(a_system_error_is_tried_again, kSubjects, subject) {
    BOOST_CHECK(fate_under(subject, {.unavailable = 1}) == Fate::retry);
}

BOOST_DATA_TEST_CASE(a_garbage_reply_is_no_success, kSubjects, subject) {
    BOOST_CHECK(fate_under(subject, {.garbage = 1}) == Fate::retry);
    for (const char* body : {"", "ok", "true", "{}", "[]"}) {
        const std::string text{body};
        BOOST_CHECK(fate_after(subject,
                               "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(text.size()) +
                                   "\r\n\r\n" + text,
                               tests::RawEnd::close) == Fate::retry);
    }
    BOOST_CHECK(fate_after(subject, "SSH-2.0-OpenSSH\r\n", tests::RawEnd::close) == Fate::retry);
}

BOOST_DATA_TEST_CASE(an_answer_cut_short_is_no_success, kSubjects, subject) {
    BOOST_CHECK(fate_under(subject, {.truncate = 1}) == Fate::retry);
    const std::string half = R"({"result":"ok","receiptNumber":"KJR-1","status":"accepted")";
    for (const auto end : {tests::RawEnd::close, tests::RawEnd::reset}) {
        BOOST_CHECK(fate_after(subject, "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + half,
                               end) == Fate::retry);
        BOOST_CHECK(fate_after(subject, "HTTP/1.1 200 OK\r\n\r\n" + half + "}", end) ==
                    Fate::retry);
    }
}

BOOST_DATA_TEST_CASE(a_reset_is_tried_again_and_the_document_counts_once, kSubjects, subject) {
    int attempts = 0;
    for (const std::uint64_t seed : {3U, 4U}) {  // before the call counts; amid the answer
        const Misbehaving stage(subject, {.reset = 0.5, .seed = seed});
        const Filing filing = tests::a_filing(subject, "m-1");
        Fate fate = Fate::retry;
        for (int i = 0; i < 50 && fate != Fate::delivered; ++i, ++attempts)
            fate = filing.through(*stage.adapter).fate;
        BOOST_CHECK(fate == Fate::delivered);
        BOOST_TEST(stage.documents_held() == 1);
    }
    BOOST_TEST(attempts > 2);
}

BOOST_DATA_TEST_CASE(an_oversized_answer_is_no_success, kSubjects, subject) {
    BOOST_CHECK(fate_under(subject, {.oversize = 1}) == Fate::retry);
}

BOOST_DATA_TEST_CASE(a_peer_that_is_down_is_tried_again, kSubjects, subject) {
    const std::string url = "http://127.0.0.1:" + std::to_string(tests::closed_port());
    const auto adapter = tests::make_adapter(subject, tests::plain_settings(url));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    BOOST_CHECK(tests::a_filing(subject, "m-1").through(*adapter).fate == Fate::retry);
    BOOST_TEST(!adapter->probe(deadline).reachable);
}

BOOST_DATA_TEST_CASE(a_slow_peer_meets_the_deadline, kSubjects, subject) {
    const Misbehaving stage(subject, {.latency = std::chrono::minutes{5}});
    const auto begun = std::chrono::steady_clock::now();
    const auto outcome =
        tests::a_filing(subject, "m-1").through(*stage.adapter, std::chrono::milliseconds{100});
    BOOST_CHECK(outcome.fate == Fate::retry);
    BOOST_CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
}

BOOST_DATA_TEST_CASE(a_silent_peer_meets_the_deadline, kSubjects, subject) {
    for (const char* answer : {"", "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"}) {
        const tests::RawServer server(answer, tests::RawEnd::silence);
        const auto adapter = tests::make_adapter(subject, tests::plain_settings(server.url()));
        const Filing filing = tests::a_filing(subject, "m-1");
        BOOST_CHECK(filing.through(*adapter, std::chrono::milliseconds{100}).fate == Fate::retry);
    }
}

BOOST_DATA_TEST_CASE(it_speaks_mutual_tls, kSubjects, subject) {
    tests::HttpPki pki;
    pki.add_client("gateway", "system:gateway");
    const auto peer = tests::make_peer(subject);
    simulation::SimulatorServer server(*peer, {.certificate_file = pki.certificate_file("server"),
                                               .key_file = pki.key_file("server"),
                                               .trust_file = pki.authority_file()});
    BOOST_REQUIRE(server.start());
    const auto adapter =
        tests::make_adapter(subject, Json::object()
                                         .set("url", server.url())
                                         .set("certificate", pki.certificate_file("gateway"))
                                         .set("key", pki.key_file("gateway"))
                                         .set("trust", pki.authority_file()));
    const auto outcome = tests::a_filing(subject, "m-1").through(*adapter);
    BOOST_CHECK_MESSAGE(outcome.fate == Fate::delivered, outcome.detail);
}

BOOST_DATA_TEST_CASE(a_question_meets_the_same_faults_and_is_never_answered_by_them, kAsking,
                     subject) {
    BOOST_CHECK(answer_under(subject, {}) == AnswerFate::answered);
    BOOST_CHECK(answer_under(subject, {.business_error = 1}) == AnswerFate::rejected);
    BOOST_CHECK(answer_under(subject, {.garbage = 1}) == AnswerFate::unavailable);
    BOOST_CHECK(answer_under(subject, {.truncate = 1}) == AnswerFate::unavailable);
    BOOST_CHECK(answer_under(subject, {.reset = 1}) == AnswerFate::unavailable);
    BOOST_CHECK(answer_under(subject, {.oversize = 1}) == AnswerFate::unavailable);
    BOOST_CHECK(answer_under(subject, {.unavailable = 1}) == AnswerFate::unavailable);
    const Misbehaving slow(subject, {.latency = std::chrono::minutes{5}});
    BOOST_CHECK(tests::asked(subject, *slow.adapter, std::chrono::milliseconds{100}).fate ==
                AnswerFate::timeout);
}

BOOST_AUTO_TEST_SUITE_END()
