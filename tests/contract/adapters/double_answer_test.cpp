// A peer that answers one call twice: its second answer must never be taken for the answer to the
// next call, over TLS and whenever it comes.
#include <algorithm>
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/contract/adapters/subjects.h"
#include "tests/support/adapters_parcel.h"
#include "tests/support/http_pki.h"
#include "tests/support/http_raw_server.h"

using namespace sekisho;
using adapters::Fate;
using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;
using tests::Subject;

namespace {

// When the second answer comes.
enum class Second : std::uint8_t {
    with_the_first,    // in the same record
    right_behind,      // in a record of its own
    amid_the_first,    // in one record with the end of the first, which the client reads by length
    to_the_next_call,  // when no look at the connection can tell it from the right one
};

HttpCall call_of(const std::string& request) {
    HttpCall call;
    const auto head_end = request.find("\r\n\r\n");
    call.method = request.substr(0, request.find(' '));
    const auto path = call.method.size() + 1;
    call.path = request.substr(path, request.find(' ', path) - path);
    call.body = request.substr(head_end + 4);
    for (auto at = request.find("\r\n") + 2; at < head_end; at = request.find("\r\n", at) + 2) {
        const auto colon = request.find(": ", at);
        const auto end = request.find("\r\n", at);
        if (colon < end)
            call.headers.push_back(
                {request.substr(at, colon - at), request.substr(colon + 2, end - colon - 2)});
    }
    return call;
}

std::string text_of(const HttpReply& reply) {
    return "HTTP/1.1 " + std::to_string(reply.status) +
           " OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
}

std::unique_ptr<adapters::Adapter> make_adapter(const Subject& subject, const tests::HttpPki& pki,
                                                const std::string& url) {
    return tests::make_adapter(subject, Json::object()
                                            .set("url", url)
                                            .set("certificate", pki.certificate_file("gateway"))
                                            .set("key", pki.key_file("gateway"))
                                            .set("trust", pki.authority_file()));
}

// Takes one document, answers it twice and answers no other.
class DoublingPeer {
  public:
    DoublingPeer(const Subject& subject, Second second)
        : subject_(subject),
          peer_(tests::make_peer(subject)),
          second_(second),
          server_([this](const std::string& request) { return answers_to(request); },
                  {.certificate_file = pki_.certificate_file("server"),
                   .key_file = pki_.key_file("server")}) {
        pki_.add_client("gateway", "system:gateway");
        adapter_ = make_adapter(subject, pki_, server_.url());
    }

    adapters::Outcome outcome_of(const std::string& id) const {
        return tests::a_filing(subject_, id).through(*adapter_);
    }

  private:
    std::vector<std::string> answers_to(const std::string& request) {
        const HttpCall call = call_of(request);
        if (peer_->is_login(call)) return {text_of(peer_->handle(call))};
        if (!answer_.empty()) {
            if (second_ == Second::to_the_next_call) return {answer_};
            return {};
        }
        answer_ = text_of(peer_->handle(call));
        const auto half = answer_.size() - 10;
        switch (second_) {
            case Second::with_the_first:
                return {answer_ + answer_};
            case Second::right_behind:
                return {answer_, answer_};
            case Second::amid_the_first:
                return {answer_.substr(0, half), answer_.substr(half) + answer_};
            case Second::to_the_next_call:
                break;
        }
        return {answer_};
    }

    const Subject subject_;
    tests::HttpPki pki_;
    const std::unique_ptr<adapters::SimulatedPeer> peer_;
    const Second second_;
    std::string answer_;  // the server's thread's
    tests::RawServer server_;
    std::unique_ptr<adapters::Adapter> adapter_;
};

void check(const Subject& subject, Second second) {
    const DoublingPeer peer(subject, second);
    const auto first = peer.outcome_of("m-1");
    BOOST_CHECK_MESSAGE(first.fate == Fate::delivered, first.detail);
    for (const char* id : {"m-2", "m-3"}) {
        const auto next = peer.outcome_of(id);
        BOOST_CHECK_MESSAGE(next.fate == Fate::retry, next.detail);
    }
}

// Refuses every document; how many connections the second took of its own.
int connections_of_the_second_refused(const Subject& subject) {
    tests::HttpPki pki;
    pki.add_client("gateway", "system:gateway");
    const auto peer = tests::make_peer(subject);
    const tests::RawServer server(
        [&](const std::string& request) -> std::vector<std::string> {
            const HttpCall call = call_of(request);
            return {text_of(peer->is_login(call) ? peer->handle(call) : peer->business_error())};
        },
        {.certificate_file = pki.certificate_file("server"), .key_file = pki.key_file("server")});
    const auto adapter = make_adapter(subject, pki, server.url());
    int before = 0;
    for (const char* id : {"m-1", "m-2"}) {
        before = server.connections();
        const auto outcome = tests::a_filing(subject, id).through(*adapter);
        BOOST_CHECK_MESSAGE(outcome.fate == Fate::rejected, outcome.detail);
    }
    return server.connections() - before;
}

const auto kSubjects = boost::unit_test::data::make(tests::network_subjects());

}  // namespace

BOOST_AUTO_TEST_SUITE(a_peer_that_answers_twice)

BOOST_DATA_TEST_CASE(at_once_delivers_no_other_document, kSubjects, subject) {
    check(subject, Second::with_the_first);
    check(subject, Second::right_behind);
    check(subject, Second::amid_the_first);
}

// A refusal names no document: given again on the same connection, it would reject the next.
BOOST_DATA_TEST_CASE(when_it_refuses_is_spoken_to_over_another_connection_next, kSubjects,
                     subject) {
    BOOST_TEST(connections_of_the_second_refused(subject) == 1);
}

BOOST_DATA_TEST_CASE(late_on_a_kept_connection_delivers_no_other_document, kSubjects, subject) {
    check(subject, Second::to_the_next_call);
}

BOOST_AUTO_TEST_SUITE_END()
