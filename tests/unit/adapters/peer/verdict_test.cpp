#include "adapters/peer/verdict.h"

#include <boost/test/unit_test.hpp>

#include "adapters/peer/event_request.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using adapters::Fate;

namespace {

constexpr peer::Dialect kDialect{.peer = "the peer",
                                 .peer_ja = "相手",
                                 .verdict = "said",
                                 .yes = "yes",
                                 .no = "no",
                                 .code = "why",
                                 .later = "L-",
                                 .number = "under",
                                 .number_name = "entry"};

adapters::Outcome outcome_of(int status, std::string_view body,
                             const peer::Dialect& dialect = kDialect) {
    const tests::Filing filing{tests::opinion_envelope("m-1")};
    return peer::read_outcome(dialect, filing.delivery(), status, body);
}

std::string a_yes(std::string_view id = "m-1", std::string_view bytes = "a document") {
    const tests::Filing filing{tests::opinion_envelope(id), std::string{bytes}};
    return tests::naming(filing.delivery(), R"("said":"yes","under":"E-1")");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(peer_verdict)

BOOST_AUTO_TEST_CASE(only_a_plain_yes_with_a_number_delivers) {
    const auto taken = outcome_of(200, a_yes());
    BOOST_CHECK(taken.fate == Fate::delivered);
    BOOST_TEST(taken.detail == "entry E-1");
    for (const char* body :
         {"", "{}", R"({"said":"yes","under":"E-1"})", R"({"said":"yes"})",
          R"({"said":"yes","under":"a b"})", R"({"said":"yes","under":"E-1","why":"N-1"})",
          R"({"said":"no","under":"E-1"})"})
        BOOST_CHECK_MESSAGE(outcome_of(200, body).fate == Fate::retry, body);
    BOOST_CHECK(outcome_of(202, a_yes()).fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(a_yes_to_another_document_delivers_nothing) {
    BOOST_CHECK(outcome_of(200, a_yes("m-2")).fate == Fate::retry);
    BOOST_CHECK(outcome_of(200, a_yes("m-1", "other bytes")).fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(only_a_no_with_a_code_or_a_final_status_rejects) {
    const auto refused = outcome_of(200, R"({"said":"no","why":"N-1","text":"a name"})");
    BOOST_CHECK(refused.fate == Fate::rejected);
    BOOST_TEST(refused.peer_code == "N-1");
    BOOST_TEST(refused.detail.find("相手が文書を受け取りませんでした（コード N-1）") == 0U);
    BOOST_TEST(refused.detail.find("the peer refused the document (code N-1)") !=
               std::string::npos);
    BOOST_CHECK(outcome_of(200, R"({"said":"no","why":"L-1"})").fate == Fate::retry);
    BOOST_CHECK(outcome_of(422, "").fate == Fate::rejected);
    for (const int status : {401, 403, 404, 429, 503})
        BOOST_CHECK_MESSAGE(outcome_of(status, "").fate == Fate::retry, status);
}

BOOST_AUTO_TEST_CASE(where_no_code_means_later_every_no_is_final) {
    peer::Dialect dialect = kDialect;
    dialect.later = {};
    BOOST_CHECK(outcome_of(200, R"({"said":"no","why":"L-1"})", dialect).fate == Fate::rejected);
}

BOOST_AUTO_TEST_CASE(a_document_travels_with_its_attributes_percent_encoded) {
    model::Envelope envelope = tests::opinion_envelope("m-1");
    envelope.business_key = model::BusinessKey{"key 1"};
    const tests::Filing filing{envelope};
    auto body = filing.body();
    const auto request = peer::event_request(filing.delivery(), body);
    const auto& headers = request.headers;
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.body_size == filing.bytes().size());
    const auto header = [&](std::string_view name) {
        return std::string{adapters::find_header(headers, name).value_or("(none)")};
    };
    BOOST_TEST(header("ce-id") == "m-1");
    BOOST_TEST(header("ce-source") == "/medical/1319900021");
    BOOST_TEST(header("ce-businesskey") == "key%201");
    BOOST_TEST(header("content-type") == "text/csv; charset=Shift_JIS");
    BOOST_TEST(header("ce-datacontenttype") == "(none)");
    BOOST_TEST(header("ce-dataschema") == "urn:sekisho:format:ikensho-csv:1.1");
    BOOST_TEST(header("content-digest").starts_with("sha-256=:"));
}

BOOST_AUTO_TEST_SUITE_END()
