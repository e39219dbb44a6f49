#include <boost/test/unit_test.hpp>

#include "adapters/documents/json.h"
#include "adapters/municipal/codec.h"
#include "adapters/municipal/municipal_adapter.h"
#include "adapters/municipal/municipal_simulator.h"
#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::municipal_adapter;
using adapters::Fate;

namespace {

adapters::Outcome answered(int status, std::string_view body, const std::string& bytes = "x") {
    const tests::Filing filing{tests::opinion_envelope("m-1"), bytes};
    return read_reply(filing.delivery(), status, body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(municipal_codec)

BOOST_AUTO_TEST_CASE(a_wrapper_gives_back_the_bytes_it_was_given) {
    const std::string bytes("\x83\x40\0,\xff\r\n", 7);
    const tests::Filing filing{tests::opinion_envelope("m-1"), bytes};
    const auto document = unwrapped(wrapped(filing.delivery(), bytes));
    BOOST_REQUIRE(document);
    BOOST_TEST(document->content == bytes);
    BOOST_TEST(document->source == "/medical/1319900021");
    BOOST_TEST(document->id == "m-1");
    BOOST_TEST(document->kind == "CERTIFICATION_OPINION");
}

BOOST_AUTO_TEST_CASE(a_wrapper_names_the_file_and_the_person) {
    const tests::Filing filing{tests::opinion_envelope("m-1"), "x"};
    const auto json = documents::parse_json(wrapped(filing.delivery(), "x")).value();
    BOOST_TEST(json.string_at("fileName").value_or("") ==
               "CERTIFICATION_OPINION_1319900021_m-1.csv");
    BOOST_TEST(json.string_at("insured").value_or("") == tests::hanako().insured.text());
    BOOST_TEST(json.string_at("format").value_or("") == "ikensho-csv:1.1");
}

BOOST_AUTO_TEST_CASE(accepted_with_a_reception_number_is_delivered) {
    const tests::Filing filing{tests::opinion_envelope("m-1"), "x"};
    const auto outcome = answered(
        200, tests::naming(filing.delivery(), R"("status":"accepted","receptionNumber":"U-1")"));
    BOOST_CHECK(outcome.fate == Fate::delivered);
    BOOST_TEST(outcome.detail == "reception U-1");
}

BOOST_AUTO_TEST_CASE(an_error_inside_200_is_a_rejection_unless_it_says_later) {
    const auto refused = answered(200, R"({"status":"error","code":"M-101","message":"x"})");
    BOOST_CHECK(refused.fate == Fate::rejected);
    BOOST_TEST(refused.peer_code == "M-101");
    BOOST_CHECK(answered(200, R"({"status":"error","code":"M-901"})").fate == Fate::retry);
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_is_no_success) {
    for (const char* body :
         {"", "{}", "accepted", R"({"status":"accepted"})",
          R"({"status":"accepted","receptionNumber":"U-1"})", R"({"status":"error"})",
          R"({"status":"accepted","receptionNumber":"U-1","code":"M-101"})",
          R"({"status":"accepted","status":"accepted","receptionNumber":"U-1"})"})
        BOOST_CHECK_MESSAGE(answered(200, body).fate == Fate::retry, body);
    BOOST_CHECK(answered(503, "").fate == Fate::retry);
    BOOST_CHECK(answered(404, "").fate == Fate::retry);
    BOOST_CHECK(answered(400, "").fate == Fate::rejected);
}

BOOST_AUTO_TEST_CASE(settings_want_https_and_the_three_files) {
    const auto parse = [](std::string_view text) {
        return Settings::parse(documents::parse_json(text).value());
    };
    BOOST_TEST(parse(R"({"url":"https://127.0.0.1:9102","certificate":"c","key":"k","trust":"t"})")
                   .has_value());
    BOOST_TEST(
        !parse(R"({"url":"http://127.0.0.1:9102","certificate":"c","key":"k","trust":"t"})"));
    BOOST_TEST(!parse(R"({"url":"https://127.0.0.1:9102"})"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(municipal_simulator)

BOOST_AUTO_TEST_CASE(a_document_counts_once_and_a_conflict_is_refused) {
    MunicipalSimulator municipality;
    const tests::Filing filing{tests::opinion_envelope("m-1"), "one"};
    const adapters::HttpCall call{.method = "POST",
                                  .path = "/municipal/v1/documents",
                                  .body = wrapped(filing.delivery(), "one")};
    BOOST_CHECK(answered(200, municipality.handle(call).body, "one").fate == Fate::delivered);
    BOOST_CHECK(answered(200, municipality.handle(call).body, "one").fate == Fate::delivered);
    adapters::HttpCall other = call;
    other.body = wrapped(filing.delivery(), "two");
    BOOST_TEST(answered(200, municipality.handle(other).body).peer_code == "M-109");
    const auto state =
        documents::parse_json(municipality.handle({.method = "GET", .path = "/sim/state"}).body);
    BOOST_TEST(state.value().integer_at("documents").value_or(0) == 1);
    BOOST_TEST(state.value().integer_at("duplicates").value_or(0) == 1);
}

BOOST_AUTO_TEST_CASE(it_sends_nothing_where_no_gateway_was_named) {
    MunicipalSimulator municipality;
    BOOST_TEST(municipality.handle({.method = "POST", .path = "/sim/send-daily"}).status == 409);
}

BOOST_AUTO_TEST_SUITE_END()
