#include "adapters/portal/portal_simulator.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <functional>

#include "tests/support/http_raw_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/adapters/portal/some_log.h"

using namespace sekisho;
using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;
using portal_adapter::PortalSimulator;
using tests::SomeLog;

namespace {

const std::string kHanako = R"({"insurer":"139980","insured":"0000000001"})";
const std::string kIchiro = R"({"insurer":"139980","insured":"0000000002"})";

HttpCall a_notice(const std::string& id, const std::string& insured,
                  const std::string& body = "a notice") {
    return {.method = "POST",
            .path = "/portal/v1/notices",
            .headers = {{"ce-specversion", "1.0"},
                        {"ce-id", id},
                        {"ce-source", "/insurers/139980"},
                        {"ce-type", "jp.sekisho.certification.notice"},
                        {"ce-insurer", "139980"},
                        {"ce-insured", insured}},
            .body = body};
}

std::string answer(const std::string& status, const std::string& body) {
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

// The portal, and a gateway that answers what it is told to: by the request's first line.
struct Portal {
    using Answers = std::function<std::string(const std::string& line)>;

    explicit Portal(Answers answers, const std::string& log_key_file = {})
        : gateway([answers = std::move(answers)](const std::string& request) {
              return std::vector<std::string>{answers(request.substr(0, request.find(" HTTP/")))};
          }),
          peer({},
               {.gateway_url = gateway.url(), .client = {.plain_http = http::PlainHttp::loopback}},
               log_key_file) {}

    HttpReply told(const std::string& path, const std::string& body) {
        return peer.handle({.method = "POST", .path = path, .body = body});
    }
    std::string session_of(const std::string& person) {
        const auto json = documents::parse_json(told("/sim/login", person).body).value();
        return std::string{json.string_at("session").value()};
    }
    Json act(const std::string& what, const std::string& members = {}) {
        const auto reply =
            told("/sim/" + what, R"({"session":")" + session_of(kHanako) + "\"" + members + "}");
        BOOST_TEST(reply.status == 200);
        return documents::parse_json(reply.body).value();
    }

    tests::RawServer gateway;
    PortalSimulator peer;
};

// A gateway that tells of these accesses.
Portal::Answers telling(const std::string& keys, const std::string& note, const Json& accesses) {
    const std::string list =
        to_text(Json::object().set("checkpoint", note).set("accesses", accesses));
    return [keys, list](const std::string& line) {
        return answer("200 OK", line == "GET /v1/log/key" ? keys : list);
    };
}

const Portal::Answers kNothing = [](const std::string&) { return answer("404 Not Found", "{}"); };

const std::string kConsents = R"({"consents":[{"id":"consent.a"},{"id":"consent.b"}]})";

std::int64_t number(const Json& json, std::string_view key) {
    return json.integer_at(key).value_or(-1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(portal_simulator)

BOOST_AUTO_TEST_CASE(a_notice_counts_once_and_a_conflict_is_refused) {
    PortalSimulator portal;
    const auto first = portal.handle(a_notice("n-1", "0000000001"));
    BOOST_TEST(first.body.find("\"noticeNumber\":\"MP-") != std::string::npos, first.body);
    BOOST_TEST(portal.handle(a_notice("n-1", "0000000001")).body == first.body);
    const auto other = portal.handle(a_notice("n-1", "0000000001", "another"));
    BOOST_TEST(other.body.find("MP-1009") != std::string::npos);
    BOOST_TEST(portal.handle(a_notice("n-2", "somebody")).body.find("MP-1003") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_person_sees_the_notices_that_are_the_persons_also_after_a_restart) {
    const tests::TemporaryFolder folder;
    const std::string file = folder / "portal.jsonl";
    {
        PortalSimulator portal(file);
        (void)portal.handle(a_notice("n-1", "0000000001"));
        (void)portal.handle(a_notice("n-2", "0000000002"));
    }
    PortalSimulator portal(file);
    const auto post = [&](const std::string& path, const std::string& body) {
        const auto reply = portal.handle({.method = "POST", .path = path, .body = body});
        BOOST_TEST(reply.status == 200);
        return documents::parse_json(reply.body).value();
    };
    const Json session = post("/sim/login", kIchiro);
    const Json found = post("/sim/notices", to_text(session));
    BOOST_TEST_REQUIRE(found.find("notices")->items().size() == 1U);
    BOOST_TEST(found.find("notices")->items()[0].string_at("id").value_or("") == "n-2");
}

BOOST_AUTO_TEST_CASE(nobody_acts_without_having_logged_in) {
    Portal portal(kNothing);
    for (const char* path : {"/sim/notices", "/sim/accesses", "/sim/consents", "/sim/withdraw",
                             "/sim/ask", "/sim/anything"}) {
        BOOST_TEST(portal.told(path, "{}").status == 401, path);
        BOOST_TEST(portal.told(path, R"({"session":"guessed"})").status == 401, path);
        BOOST_TEST(portal.told(path, "{").status == 400, path);
    }
    for (const char* person :
         {"", "{}", R"({"insurer":"139980"})", R"({"insurer":"139980","insured":"somebody"})"})
        BOOST_TEST(portal.told("/sim/login", person).status == 400, person);
    BOOST_TEST(portal.gateway.requests() == 0);
}

BOOST_AUTO_TEST_CASE(it_asks_nothing_where_no_gateway_was_named) {
    PortalSimulator portal;
    const auto login = portal.handle({.method = "POST", .path = "/sim/login", .body = kHanako});
    BOOST_TEST(
        portal.handle({.method = "POST", .path = "/sim/accesses", .body = login.body}).status ==
        409);
}

BOOST_AUTO_TEST_CASE(who_looked_is_believed_where_it_is_proven) {
    SomeLog log(9);
    Portal portal(telling(log.vkey(), log.note(), Json::array({log.access(8), log.access(2)})));
    const Json found = portal.act("accesses");
    BOOST_TEST(number(found, "status") == 200);
    BOOST_TEST(found.boolean_at("signed").value_or(false));
    BOOST_TEST(found.string_at("origin").value_or("") == "gateway.example");
    BOOST_TEST(number(found, "size") == 9);
    BOOST_TEST(number(found, "proven") == 2);
    BOOST_TEST(number(found, "unproven") == 0);
    const Json& row = found.find("accesses")->items().at(0);
    BOOST_TEST(row.string_at("party").value_or("") == "office 8");
    BOOST_TEST(number(row, "index") == 8);
    BOOST_TEST(row.string_at("trouble").value_or("none") == "");
    BOOST_TEST(row.find("leaf") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_key_that_was_handed_over_before_is_the_only_one_believed) {
    SomeLog log(9);
    const tests::TemporaryFolder folder;
    const std::string file = folder / "log.vkey";
    Portal portal(telling(SomeLog(1).vkey(), log.note(), Json::array({log.access(8)})), file);
    BOOST_TEST(number(portal.act("accesses"), "proven") == 0);  // it is not there yet
    std::ofstream{file} << log.vkey() << "\n";
    const Json found = portal.act("accesses");
    BOOST_TEST(found.boolean_at("pinned").value_or(false));
    BOOST_TEST(found.boolean_at("signed").value_or(false));
    BOOST_TEST(number(found, "proven") == 1);
    BOOST_TEST(portal.gateway.requests() == 2);  // the published key was not asked for
}

BOOST_AUTO_TEST_CASE(a_gateway_with_another_key_than_the_one_handed_over_proves_nothing) {
    SomeLog log(9);
    const tests::TemporaryFolder folder;
    const std::string file = folder / "log.vkey";
    std::ofstream{file} << SomeLog(1).vkey() << "\n";
    Portal portal(telling(log.vkey(), log.note(), Json::array({log.access(8)})), file);
    const Json found = portal.act("accesses");
    BOOST_TEST(!found.boolean_at("signed").value_or(true));
    BOOST_TEST(number(found, "proven") == 0);
    BOOST_TEST(number(found, "unproven") == 1);
}

BOOST_AUTO_TEST_CASE(a_further_page_is_asked_for_by_the_index_before_which_it_stands) {
    SomeLog log(9);
    Portal portal(telling(log.vkey(), log.note(), Json::array({log.access(2)})));
    BOOST_TEST(number(portal.act("accesses"), "proven") == 1);
    BOOST_TEST(portal.gateway.last_request().find("before") == std::string::npos);
    BOOST_TEST(number(portal.act("accesses", R"(,"before":8)"), "proven") == 1);
    BOOST_TEST(portal.gateway.last_request().ends_with(
        R"({"insurer":"139980","insured":"0000000001","before":8})"));
}

BOOST_AUTO_TEST_CASE(an_entry_that_the_log_does_not_have_is_told_as_such) {
    SomeLog log(9);
    SomeLog longer(10);
    Portal portal(telling(log.vkey(), log.note(), Json::array({log.access(1), longer.access(9)})));
    const Json found = portal.act("accesses");
    BOOST_TEST(number(found, "proven") == 1);
    BOOST_TEST(number(found, "unproven") == 1);
    BOOST_TEST(found.find("accesses")->items().at(1).string_at("trouble").value_or("") ==
               "a proof for another checkpoint");
}

BOOST_AUTO_TEST_CASE(nothing_is_proven_by_a_checkpoint_that_no_published_key_signed) {
    SomeLog log(9);
    const SomeLog other(9);
    Portal portal(telling(other.vkey(), log.note(), Json::array({log.access(1)})));
    const Json found = portal.act("accesses");
    BOOST_TEST(!found.boolean_at("signed").value_or(true));
    BOOST_TEST(number(found, "proven") == 0);
    BOOST_TEST(number(found, "unproven") == 1);
}

BOOST_AUTO_TEST_CASE(a_refusal_of_the_gateway_is_passed_on_by_name) {
    Portal portal([](const std::string&) {
        return answer("403 Forbidden", R"({"type":"urn:sekisho:problem:not-registered"})");
    });
    for (const char* what : {"accesses", "consents", "ask"}) {
        const Json found = portal.act(what);
        BOOST_TEST(number(found, "status") == 403);
        BOOST_TEST(found.string_at("problem").value_or("") == "not-registered");
    }
}

BOOST_AUTO_TEST_CASE(a_person_withdraws_a_consent_of_the_persons_own) {
    Portal portal([](const std::string& line) {
        if (line == "DELETE /v1/consents/consent.b") return answer("201 Created", "{}");
        return answer("200 OK", kConsents);
    });
    const Json done = portal.act("withdraw", R"(,"id":"consent.b")");
    BOOST_TEST(number(done, "status") == 201);
    BOOST_TEST(done.string_at("id").value_or("") == "consent.b");
    BOOST_TEST(portal.gateway.requests() == 2);
}

BOOST_AUTO_TEST_CASE(a_consent_of_another_is_not_withdrawn) {
    Portal portal([](const std::string&) { return answer("200 OK", kConsents); });
    for (const char* id : {"consent.c", "", "../log/key"}) {
        const Json refused = portal.act("withdraw", R"(,"id":")" + std::string{id} + "\"");
        BOOST_TEST(number(refused, "status") == 404);
        BOOST_TEST(portal.gateway.last_request().starts_with("POST /v1/consents/search "));
    }
}

BOOST_AUTO_TEST_CASE(a_question_is_the_persons_own_about_the_person) {
    Portal portal([](const std::string&) {
        return answer("200 OK", R"({"type":"x","data":[{"state":"reviewed"}]})");
    });
    const Json found = portal.act("ask", R"(,"type":"certification.progress")");
    BOOST_TEST(found.find("data")->items().at(0).string_at("state").value_or("") == "reviewed");
    const std::string asked = portal.gateway.last_request();
    for (const char* header :
         {"POST /v1/queries ", "ce-type: jp.sekisho.query.certification.progress\r\n",
          "ce-source: /systems/portal\r\n", "ce-insurer: 139980\r\n", "ce-insured: 0000000001\r\n",
          "ce-role: person\r\n"})
        BOOST_TEST(asked.find(header) != std::string::npos, header);
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_404) {
    Portal portal(kNothing);
    BOOST_TEST(portal.peer.handle({.method = "GET", .path = "/"}).status == 404);
    BOOST_TEST(
        portal.told("/sim/anything", R"({"session":")" + portal.session_of(kHanako) + R"("})")
            .status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
