// POST /v1/consents, DELETE /v1/consents/{id}, /v1/registrations/{id}, and the three searches.
#include "adapters/documents/base64.h"
#include "gateway/audit/checkpoint.h"
#include "tests/unit/gateway/listener/api_world.h"

namespace sekisho::tests {

using documents::Json;

namespace {

const std::string kPerson = R"("insurer":"139980","insured":"0000000001")";
const std::string kConsent =
    "{" + kPerson +
    R"(,"given":["*"],"refused":["life"],"occasion":"new-certification","explanation":"2026-04",)"
    R"("given_at":"2026-11-21T00:00:00Z"})";

struct RecordsApi : ApiWorld {
    static std::string zone_of(std::string_view who) {
        const auto kind = tests::party(who).kind;
        const bool is_public =
            kind == model::PartyKind::insurer || kind == model::PartyKind::system;
        return is_public ? "public" : "internet";
    }
    listener::Response post(std::string_view who, const std::string& path, const std::string& body,
                            const std::string& headers = "") {
        return answer(tests::party(who), zone_of(who),
                      "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers +
                          "Content-Type: application/json\r\nContent-Length: " +
                          std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    listener::Response remove(std::string_view who, const std::string& path) {
        return answer(tests::party(who), zone_of(who),
                      "DELETE " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    std::string recorded(std::string_view who = kSharingInsurer) {
        return text_at(json(post(who, "/v1/consents", kConsent)), "id");
    }
    // r-1, of the day care; `until` is a planned end.
    void register_day_care(const std::string& until = "") {
        const std::string end = until.empty() ? "" : R"(,"until":")" + until + '"';
        const std::string note = R"({"format":"registration-json:1","id":"r-1",)" + kPerson +
                                 R"(,"party":"care-office:1379900036","assurance":"card",)" +
                                 R"("from":"2026-11-21T00:00:00Z")" + end + "}";
        BOOST_TEST_REQUIRE(
            submit_and_settle(a_registration_event("n-1", kDayCare, note), true).has_value());
        BOOST_TEST(model::is_registered(known_of(hanako()), tests::party(kDayCare), clock.now()));
    }
    Json search(std::string_view who, const std::string& what) {
        return json(post(who, "/v1/" + what + "/search", "{" + kPerson + "}"));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_records, RecordsApi)

BOOST_AUTO_TEST_CASE(a_consent_is_recorded_with_its_receipt) {
    const auto response = post(kSharingInsurer, "/v1/consents", kConsent);
    BOOST_TEST(response.status == 201);
    const Json body = json(response);
    BOOST_TEST(text_at(body, "receipt").size() > 100U);
    const auto known = known_of(hanako());
    BOOST_TEST(known.consents.back().id == text_at(body, "id"));
    BOOST_TEST(known.consents.back().municipal);
}

BOOST_AUTO_TEST_CASE(a_page_of_another_site_records_nothing) {
    for (const char* from : {"Sec-Fetch-Site: cross-site\r\n", "Origin: https://elsewhere\r\n"}) {
        const auto response = post(kSharingInsurer, "/v1/consents", kConsent, from);
        BOOST_TEST(response.status == 403);
        BOOST_TEST(text_at(json(response), "type") == "urn:sekisho:problem:cross-site");
    }
    const std::string own = "Sec-Fetch-Site: same-origin\r\nOrigin: https://a\r\n";
    BOOST_TEST(post(kSharingInsurer, "/v1/consents", kConsent, own).status == 201);
}

BOOST_AUTO_TEST_CASE(the_same_call_again_is_the_same_consent_by_its_key) {
    const std::string key = "Idempotency-Key: visit-1\r\n";
    BOOST_TEST(post(kSharingInsurer, "/v1/consents", kConsent, key).status == 201);
    BOOST_TEST(post(kSharingInsurer, "/v1/consents", kConsent, key).status == 200);
    BOOST_TEST(known_of(hanako()).consents.size() == 2U);  // one is the cast's
    std::string other = kConsent;
    other.replace(other.find("life"), 4, "housing");
    BOOST_TEST(post(kSharingInsurer, "/v1/consents", other, key).status == 409);
    BOOST_TEST(post(kSharingInsurer, "/v1/consents", kConsent, "Idempotency-Key: a b\r\n").status ==
               400);
}

BOOST_AUTO_TEST_CASE(a_consent_that_is_not_as_it_should_be_names_its_members) {
    const auto unknown = post(kSharingInsurer, "/v1/consents",
                              "{" + kPerson +
                                  R"(,"given":["dreams"],"refused":[],"occasion":"x",)"
                                  R"("explanation":"y","given_at":"z"})");
    BOOST_TEST(unknown.status == 422);
    BOOST_TEST(unknown.body.find("/given") != std::string::npos);
    for (const std::string& body :
         {std::string{"[]"}, std::string{"{"}, std::string{"{}"},
          "{" + kPerson + R"(,"id":"mine"})", "{" + kPerson + R"(,"taker":"insurer:139980"})",
          std::string{R"({"insurer":"139980","insured":"x"})"}}) {
        BOOST_TEST(post(kSharingInsurer, "/v1/consents", body).status == 400, body);
    }
}

BOOST_AUTO_TEST_CASE(a_consent_is_withdrawn_and_stays_so) {
    const std::string path = "/v1/consents/" + recorded();
    const auto first = remove(kPortal, path);
    BOOST_TEST(first.status == 201);
    BOOST_TEST(known_of(hanako()).consents.back().withdrawn_at.has_value());
    clock.advance(std::chrono::minutes{2});
    const auto again = remove(kPortal, path);
    BOOST_TEST(again.status == 200);
    BOOST_TEST((known_of(hanako()).consents.back().withdrawn_at == kNow));
}

BOOST_AUTO_TEST_CASE(a_record_that_two_calls_end_at_once_ends_once) {
    register_day_care();
    const auto end_twice = [&](std::string_view who, const std::string& path) {
        const std::string call = "DELETE " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
        const auto first = send(tests::party(who), zone_of(who), call);
        clock.advance(std::chrono::seconds{1});
        const auto second = send(tests::party(who), zone_of(who), call);
        settle();
        BOOST_TEST_REQUIRE((first->kept.has_value() && second->kept.has_value()));
        BOOST_TEST(first->kept->status == 201);
        BOOST_TEST(second->kept->status == 200);
    };
    end_twice(kPortal, "/v1/consents/" + recorded());
    BOOST_TEST((known_of(hanako()).consents.back().withdrawn_at == kNow));
    end_twice(kDayCare, "/v1/registrations/r-1");
    BOOST_TEST(
        (known_of(hanako()).registrations.back().period.until == kNow + std::chrono::seconds{1}));
}

BOOST_AUTO_TEST_CASE(a_record_of_others_is_as_one_that_is_not_there) {
    const std::string path = "/v1/consents/" + recorded();
    const auto stranger = remove(kHealthFacility, path);
    const auto nothing = remove(kHealthFacility, "/v1/consents/none");
    BOOST_TEST(stranger.status == 404);
    BOOST_TEST(stranger.body == nothing.body);
    BOOST_TEST(!known_of(hanako()).consents.back().withdrawn_at);
}

BOOST_AUTO_TEST_CASE(ending_a_record_that_is_not_there_is_on_record) {
    BOOST_TEST(remove(kHealthFacility, "/v1/consents/none").status == 404);
    BOOST_TEST(remove(kHealthFacility, "/v1/registrations/none").status == 404);
    const auto refused = leaves_of_kind("decision");
    BOOST_TEST_REQUIRE(refused.size() == 2U);
    BOOST_TEST(refused[0].find("record-unknown") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_registration_is_ended_by_its_office) {
    register_day_care();
    BOOST_TEST(remove(kCareManager, "/v1/registrations/r-1").status == 404);
    BOOST_TEST(remove(kDayCare, "/v1/registrations/r-1").status == 201);
    BOOST_TEST(!model::is_registered(known_of(hanako()), party(kDayCare), clock.now()));
    const Json all = search(kSharingInsurer, "registrations");
    BOOST_TEST(all.find("registrations")->items().back().find("until") != nullptr);
}

BOOST_AUTO_TEST_CASE(a_registration_that_is_planned_to_end_ends_when_it_is_asked_to) {
    register_day_care("2026-12-31T00:00:00Z");
    clock.advance(std::chrono::minutes{1});
    BOOST_TEST(remove(kDayCare, "/v1/registrations/r-1").status == 201);
    BOOST_TEST(!model::is_registered(known_of(hanako()), party(kDayCare), clock.now()));
    clock.advance(std::chrono::minutes{1});
    BOOST_TEST(remove(kDayCare, "/v1/registrations/r-1").status == 200);
    BOOST_TEST(
        (known_of(hanako()).registrations.back().period.until == kNow + std::chrono::minutes{1}));
}

BOOST_AUTO_TEST_CASE(consents_are_shown_with_what_was_said) {
    const std::string id = recorded();
    const Json found = search(kCareManager, "consents");
    const Json& row = found.find("consents")->items().back();
    BOOST_TEST(text_at(row, "id") == id);
    BOOST_TEST(text_at(row, "occasion") == "new-certification");
    BOOST_TEST(text_at(row, "taker") == "insurer:139980");
    BOOST_TEST(row.find("given")->items()[0].text() == "*");
    BOOST_TEST(row.find("refused")->items()[0].text() == "life");
}

BOOST_AUTO_TEST_CASE(each_access_is_proven_to_stand_in_the_log) {
    BOOST_TEST_REQUIRE(ask_and_settle(a_progress_question("q-1", "0000000001")).has_value());
    const Json found = search(kPortal, "accesses");
    const auto& rows = found.find("accesses")->items();
    BOOST_TEST_REQUIRE(rows.size() == 1U);
    BOOST_TEST(text_at(rows[0], "party") == kCareManager);
    BOOST_TEST(text_at(rows[0], "actor") == "staff-1");
    BOOST_TEST(text_at(rows[0], "type") == "certification.progress");
    const auto checkpoint = audit::parse_checkpoint(text_at(found, "checkpoint"));
    BOOST_TEST_REQUIRE(checkpoint.has_value());
    const Json& proof = *rows[0].find("proof");
    std::vector<model::Sha256> hashes;
    for (const Json& item : proof.find("hashes")->items()) {
        std::ranges::copy(*documents::from_base64(item.text()), hashes.emplace_back().begin());
    }
    BOOST_TEST(audit::includes(checkpoint->tree,
                               static_cast<std::uint64_t>(*proof.integer_at("index")),
                               audit::leaf_hash(text_at(rows[0], "leaf")), hashes));
    BOOST_TEST(rows[0].find("leaf")->text().find("0000000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(accesses_come_a_page_at_a_time) {
    for (const std::string id : {"q-1", "q-2", "q-3"}) {
        BOOST_TEST_REQUIRE(ask_and_settle(a_progress_question(id, "0000000001")).has_value());
    }
    const Json first = json(post(kPortal, "/v1/accesses/search", "{" + kPerson + R"(,"max":2})"));
    BOOST_TEST_REQUIRE(first.find("accesses")->items().size() == 2U);
    const auto last = first.find("accesses")->items().back().find("proof")->integer_at("index");
    const Json rest = json(post(kPortal, "/v1/accesses/search",
                                "{" + kPerson + R"(,"before":)" + std::to_string(*last) + "}"));
    BOOST_TEST(rest.find("accesses")->items().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_search_that_is_not_as_it_should_be_is_refused_and_recorded) {
    const auto before = leaves().size();
    for (const std::string& body :
         {std::string{"[]"}, std::string{"{}"}, "{" + kPerson + R"(,"max":0})",
          "{" + kPerson + R"(,"max":1000})", "{" + kPerson + R"(,"name":"x"})"}) {
        BOOST_TEST(post(kPortal, "/v1/accesses/search", body).status == 400, body);
    }
    BOOST_TEST(leaves().size() == before + 5);
    BOOST_TEST(post(kHelpers, "/v1/accesses/search", "{" + kPerson + "}").status == 403);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
