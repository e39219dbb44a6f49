#include "adapters/eligibility/eligibility_simulator.h"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "adapters/eligibility/codec.h"
#include "tests/support/routing_cast.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace sekisho::eligibility_adapter;
using adapters::AnswerFate;
using adapters::HttpCall;
using documents::Json;

namespace {

const std::string kHanako = R"({"insurer":"139980","insured":"0000000001"})";

int put(EligibilitySimulator& peer, const std::string& serial, const std::string& person = {}) {
    return peer
        .handle({.method = "POST",
                 .path = "/sim/cards",
                 .body = R"({"cards":[{"issuer":"C=JP,O=JPKI","serial":")" + serial + "\"" +
                         person + "}]}"})
        .status;
}

const std::string kOfHanako = R"(,"insurer":"139980","insured":"0000000001")";

// As the adapter would ask and read.
adapters::Answer asked(EligibilitySimulator& peer, const model::Envelope& question) {
    const auto call = call_of(question).value();
    const auto reply =
        peer.handle({.method = "POST", .path = std::string{call.path}, .body = call.body});
    return read_reply(question, reply.status, reply.body);
}

std::string owner_of(EligibilitySimulator& peer, const std::string& serial,
                     const std::string& issuer = "C=JP,O=JPKI") {
    const auto answer =
        asked(peer, {.type = model::TypeId{"admission.person"},
                     .subject = R"({"issuer":")" + issuer + R"(","serial":")" + serial + R"("})"});
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    return answer.body;
}

adapters::Answer medical(EligibilitySimulator& peer, const std::string& evidence) {
    return asked(peer, {.type = model::TypeId{"medical.query"},
                        .persons = {tests::hanako()},
                        .subject = evidence});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(eligibility_simulator)

BOOST_AUTO_TEST_CASE(a_card_is_whose_the_table_says) {
    EligibilitySimulator peer;
    BOOST_TEST(put(peer, "0A", kOfHanako) == 204);
    BOOST_TEST(owner_of(peer, "0A") == kHanako);
    BOOST_TEST(owner_of(peer, "0B") == "{}");
    BOOST_TEST(owner_of(peer, "0A", "C=JP,O=another") == "{}");
}

BOOST_AUTO_TEST_CASE(the_latest_entry_about_a_card_counts) {
    EligibilitySimulator peer;
    BOOST_TEST(put(peer, "0A", kOfHanako) == 204);
    BOOST_TEST(put(peer, "0A", R"(,"insurer":"139964","insured":"0000000005")") == 204);
    BOOST_TEST(owner_of(peer, "0A") == R"({"insurer":"139964","insured":"0000000005"})");
    BOOST_TEST(put(peer, "0A", kOfHanako) == 204);
    BOOST_TEST(owner_of(peer, "0A") == kHanako);
    BOOST_TEST(put(peer, "0A") == 204);
    BOOST_TEST(owner_of(peer, "0A") == "{}");
}

BOOST_AUTO_TEST_CASE(what_is_no_card_or_no_person_is_not_put_in) {
    EligibilitySimulator peer;
    BOOST_TEST(put(peer, "") == 400);
    BOOST_TEST(put(peer, "0A", R"(,"insurer":"139980")") == 400);
    BOOST_TEST(put(peer, "0A", R"(,"insurer":"x","insured":"0000000001")") == 400);
    for (const char* body : {"", "[]", "{}", R"({"cards":{}})"})
        BOOST_TEST(peer.handle({.method = "POST", .path = "/sim/cards", .body = body}).status ==
                   400);
    BOOST_TEST(owner_of(peer, "0A") == "{}");
}

BOOST_AUTO_TEST_CASE(the_table_survives_a_restart_and_half_a_line_does_not) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "eligibility.jsonl";
    {
        EligibilitySimulator peer({.cards = file});
        BOOST_TEST(put(peer, "0A", kOfHanako) == 204);
        BOOST_TEST(put(peer, "0B", kOfHanako) == 204);
        BOOST_TEST(put(peer, "0B") == 204);
    }
    {
        std::ofstream(file, std::ios::app) << R"({"source":"cards","id":"4)";
    }
    EligibilitySimulator peer({.cards = file});
    BOOST_TEST(owner_of(peer, "0A") == kHanako);
    BOOST_TEST(owner_of(peer, "0B") == "{}");
    BOOST_TEST(put(peer, "0C", kOfHanako) == 204);
    EligibilitySimulator again({.cards = file});
    BOOST_TEST(owner_of(again, "0C") == kHanako);
}

BOOST_AUTO_TEST_CASE(medical_information_wants_a_card_at_each_visit) {
    EligibilitySimulator peer;
    const auto without = medical(peer, "");
    BOOST_CHECK(without.fate == AnswerFate::rejected);
    BOOST_TEST(without.detail == "error OQ-2001");
    BOOST_TEST(medical(peer, "visit-1").body == "[]");
    BOOST_TEST(put(peer, "0A", kOfHanako) == 204);
    const auto found = medical(peer, "visit-1");
    BOOST_CHECK(found.fate == AnswerFate::answered);
    const auto records = documents::parse_json(found.body).value();
    BOOST_TEST_REQUIRE(records.items().size() == 1U);
    const Json& record = records.items().front();
    BOOST_TEST(record.string_at("insured").value_or("") == tests::hanako().insured.text());
    for (const char* kind : {"medications", "treatments", "checkups"})
        BOOST_TEST((record.find(kind) != nullptr && record.find(kind)->items().size() == 1), kind);
}

BOOST_AUTO_TEST_CASE(its_state_counts_and_names_nobody) {
    EligibilitySimulator peer;
    BOOST_TEST(put(peer, "0A1B2C", kOfHanako) == 204);
    (void)owner_of(peer, "0A1B2C");
    (void)medical(peer, "visit-1");
    const auto reply = peer.handle({.method = "GET", .path = "/sim/state"});
    BOOST_TEST(reply.body == R"({"documents":0,"duplicates":0,"conflicts":0,"items":[],)"
                             R"("cards":1,"cardQueries":1,"medicalQueries":1})");
}

BOOST_AUTO_TEST_CASE(a_call_that_is_none_is_refused) {
    EligibilitySimulator peer;
    const auto post = [&](std::string_view path, const std::string& body) {
        return peer.handle({.method = "POST", .path = std::string{path}, .body = body});
    };
    BOOST_TEST(post(kCardOwnersPath, "{").status == 400);
    BOOST_TEST(post(kMedicalPath, "{").status == 400);
    for (const std::string_view path : {kCardOwnersPath, kMedicalPath})
        BOOST_TEST(post(path, "{}").body.find("OQ-1002") != std::string::npos);
    BOOST_TEST(post("/", "{}").status == 404);
    BOOST_TEST(peer.handle({.method = "GET", .path = std::string{kMedicalPath}}).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
