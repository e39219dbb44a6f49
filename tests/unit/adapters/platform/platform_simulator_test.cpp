#include "adapters/platform/platform_simulator.h"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/samples.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using adapters::HttpCall;
using documents::Json;
using platform_adapter::PlatformSimulator;

namespace {

HttpCall a_document(std::string id, std::string type, std::string body) {
    return {.method = "POST",
            .path = "/platform/v1/documents",
            .headers = {{"ce-specversion", "1.0"},
                        {"ce-id", std::move(id)},
                        {"ce-source", "/insurers/139980"},
                        {"ce-type", "jp.sekisho." + type}},
            .body = std::move(body)};
}

HttpCall a_question(const std::string& type, const std::string& insured) {
    return {
        .method = "POST",
        .path = "/platform/v1/queries",
        .body = R"({"type":")" + type + R"(","insurer":"139980","insured":")" + insured + R"("})"};
}

Json reply_of(PlatformSimulator& platform, const HttpCall& call) {
    const auto reply = platform.handle(call);
    BOOST_TEST(reply.status == 200);
    return documents::parse_json(reply.body).value();
}

Json data_of(PlatformSimulator& platform, const std::string& type, const std::string& insured) {
    return *reply_of(platform, a_question(type, insured)).find("data");
}

std::string progress(int history, const std::string& state, bool deleted = false) {
    return documents::a_progress_json({.history = history, .deleted = deleted}, state);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(platform_simulator)

BOOST_AUTO_TEST_CASE(a_document_counts_once_however_often_it_comes) {
    PlatformSimulator platform;
    const auto document = a_document("m-1", "certification.progress", progress(1, "reviewed"));
    const Json first = reply_of(platform, document);
    BOOST_TEST(first.string_at("result").value_or("") == "ok");
    BOOST_CHECK(reply_of(platform, document) == first);
    const Json state = reply_of(platform, {.method = "GET", .path = "/sim/state"});
    BOOST_TEST(state.integer_at("documents").value_or(0) == 1);
    BOOST_TEST(state.integer_at("duplicates").value_or(0) == 1);
    BOOST_TEST(state.find("items")->items()[0].integer_at("times").value_or(0) == 2);
}

BOOST_AUTO_TEST_CASE(other_bytes_under_a_known_id_are_a_business_error) {
    PlatformSimulator platform;
    (void)platform.handle(a_document("m-1", "certification.card", "a"));
    const Json reply = reply_of(platform, a_document("m-1", "certification.card", "b"));
    BOOST_TEST(reply.string_at("errorCode").value_or("") == "KJ-1009");
}

BOOST_AUTO_TEST_CASE(a_question_is_answered_from_what_was_received) {
    PlatformSimulator platform;
    (void)platform.handle(a_document("m-1", "certification.progress", progress(1, "applied")));
    const Json data = data_of(platform, "certification.progress", "0000000001");
    BOOST_REQUIRE(data.items().size() == 1);
    BOOST_TEST(data.items()[0].string_at("state").value_or("") == "applied");
    BOOST_TEST(data_of(platform, "certification.progress", "0000000002").items().empty());
    BOOST_TEST(data_of(platform, "certification.card", "0000000001").items().empty());
}

BOOST_AUTO_TEST_CASE(a_greater_history_replaces_a_smaller_one_in_whatever_order_they_come) {
    PlatformSimulator platform;
    (void)platform.handle(a_document("m-2", "certification.progress", progress(2, "certified")));
    (void)platform.handle(a_document("m-1", "certification.progress", progress(1, "applied")));
    const Json data = data_of(platform, "certification.progress", "0000000001");
    BOOST_TEST(data.items().at(0).string_at("state").value_or("") == "certified");
}

BOOST_AUTO_TEST_CASE(a_deleted_record_takes_its_history_back) {
    PlatformSimulator platform;
    (void)platform.handle(a_document("m-1", "certification.progress", progress(1, "applied")));
    (void)platform.handle(a_document("m-2", "certification.progress", progress(2, "", true)));
    BOOST_TEST(data_of(platform, "certification.progress", "0000000001").items().empty());
}

BOOST_AUTO_TEST_CASE(an_opinion_that_came_as_a_file_is_answered_as_it_was_written) {
    PlatformSimulator platform;
    const auto opinion = [](const std::string& id, const std::string& insured,
                            const std::string& body) {
        auto call = a_document(id, "certification.opinion", body);
        call.headers.push_back({"ce-insurer", "139980"});
        call.headers.push_back({"ce-insured", insured});
        call.headers.push_back({"Content-Type", "text/csv; charset=Shift_JIS"});
        return call;
    };
    (void)platform.handle(opinion("m-2", "0000000001", "first"));
    (void)platform.handle(opinion("m-1", "0000000001", "second"));
    (void)platform.handle(opinion("m-3", "0000000002", "another's"));
    const Json reply = reply_of(platform, a_question("certification.opinion", "0000000001"));
    BOOST_TEST(reply.find("data") == nullptr);
    BOOST_TEST_REQUIRE(reply.find("document") != nullptr);
    BOOST_TEST(reply.find("document")->string_at("content").value_or("") == "c2Vjb25k");
    BOOST_TEST(reply.find("document")->string_at("mediaType").value_or("") ==
               "text/csv; charset=Shift_JIS");
    BOOST_TEST(data_of(platform, "certification.opinion", "0000000003").items().empty());
}

BOOST_AUTO_TEST_CASE(bytes_that_do_not_match_their_digest_are_asked_for_again) {
    PlatformSimulator platform;
    auto call = a_document("m-1", "certification.card", "damaged");
    call.headers.push_back(
        {"Content-Digest", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"});
    BOOST_TEST(reply_of(platform, call).string_at("errorCode").value_or("") == "KJ-9002");
}

BOOST_AUTO_TEST_CASE(what_was_received_survives_a_restart_and_half_a_line_does_not) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "platform.jsonl";
    const auto document = a_document("m-1", "certification.progress", progress(1, "applied"));
    {
        PlatformSimulator platform(file);
        (void)platform.handle(document);
    }
    {
        std::ofstream(file, std::ios::app) << R"({"source":"/insurers/139980","id":"m-2)";
    }
    PlatformSimulator platform(file);
    BOOST_TEST(data_of(platform, "certification.progress", "0000000001").items().size() == 1U);
    (void)platform.handle(document);
    (void)platform.handle(a_document("m-3", "certification.card", "{}"));
    PlatformSimulator again(file);
    const Json state = reply_of(again, {.method = "GET", .path = "/sim/state"});
    BOOST_TEST(state.integer_at("documents").value_or(0) == 2);
    BOOST_TEST(state.integer_at("duplicates").value_or(0) == 1);
}

BOOST_AUTO_TEST_CASE(a_question_about_a_care_plan_is_answered_from_the_units_of_that_type) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "platform.jsonl";
    {
        PlatformSimulator platform(file);
        auto unit =
            a_document("u-1", "care-plan.home", documents::zip_of(documents::a_plan_unit()));
        unit.headers.push_back({"ce-status", "draft"});
        (void)platform.handle(unit);
    }
    PlatformSimulator platform(file);
    const Json data = data_of(platform, "care-plan.home", "0000000001");
    BOOST_TEST_REQUIRE(data.items().size() == 1U);
    BOOST_TEST(data.items().front().string_at("status").value_or("") == "draft");
    BOOST_TEST(data.items().front().string_at("planned_on").value_or("") == "2026-11-20");
    BOOST_TEST(data_of(platform, "care-plan.facility", "0000000001").items().empty());
    BOOST_TEST(data_of(platform, "care-plan.home", "0000000002").items().empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_404) {
    PlatformSimulator platform;
    BOOST_TEST(platform.handle({.method = "GET", .path = "/"}).status == 404);
    BOOST_TEST(platform.handle({.method = "GET", .path = "/platform/v1/documents"}).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
