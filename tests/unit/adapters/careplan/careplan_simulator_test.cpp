#include "adapters/careplan/careplan_simulator.h"

#include <boost/test/unit_test.hpp>

#include "adapters/careplan/codec.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace sekisho::careplan_adapter;
using adapters::HttpCall;

namespace {

HttpCall a_login(const std::string& password) {
    return {.method = "POST",
            .path = std::string{kLoginPath},
            .body = login_text({"sekisho", password})};
}

HttpCall a_refresh(const std::string& token) {
    return {.method = "POST", .path = std::string{kTokenPath}, .body = refresh_text(token)};
}

HttpCall a_unit(const std::string& id, const std::string& token, std::string recipient = {}) {
    HttpCall call{.method = "POST",
                  .path = std::string{kUnitsPath},
                  .headers = {{"ce-specversion", "1.0"},
                              {"ce-id", id},
                              {"ce-source", "/care-managers/1379900010"},
                              {"ce-type", "jp.sekisho.care-plan.home"},
                              {"Authorization", "Bearer " + token}},
                  .body = "a unit"};
    if (!recipient.empty()) call.headers.push_back({"ce-recipient", std::move(recipient)});
    return call;
}

Tokens logged_in(CareplanSimulator& system) {
    return read_tokens(200, system.handle(a_login("careplan-demo")).body).value();
}

std::string code_of(const adapters::HttpReply& reply) {
    const auto json = documents::parse_json(reply.body);
    return json ? std::string{json->string_at("errorCode").value_or("none")} : "no JSON";
}

std::int64_t held_by(CareplanSimulator& system) {
    const auto reply = system.handle({.method = "GET", .path = "/sim/state"});
    return documents::parse_json(reply.body)->integer_at("documents").value_or(-1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(careplan_simulator)

BOOST_AUTO_TEST_CASE(only_who_is_logged_in_hands_in_units) {
    CareplanSimulator system;
    BOOST_TEST(system.handle(a_unit("u-1", "none")).status == 401);
    const Tokens tokens = logged_in(system);
    BOOST_TEST(code_of(system.handle(a_unit("u-1", tokens.access))) == "none");
    (void)system.handle({.method = "POST", .path = "/sim/expire-tokens"});
    BOOST_TEST(system.handle(a_unit("u-2", tokens.access)).status == 401);
    BOOST_TEST(held_by(system) == 1);
}

BOOST_AUTO_TEST_CASE(a_refresh_token_is_good_once) {
    CareplanSimulator system;
    const Tokens first = logged_in(system);
    const auto second = read_tokens(200, system.handle(a_refresh(first.refresh)).body);
    BOOST_REQUIRE(second);
    BOOST_TEST(second->access != first.access);
    BOOST_TEST(code_of(system.handle(a_refresh(first.refresh))) == "KC-2003");
}

BOOST_AUTO_TEST_CASE(five_wrong_passwords_lock_the_account) {
    CareplanSimulator system;
    for (int i = 0; i < 5; ++i) BOOST_TEST(code_of(system.handle(a_login("x"))) == "KC-2001");
    BOOST_TEST(code_of(system.handle(a_login("careplan-demo"))) == "KC-2002");
}

BOOST_AUTO_TEST_CASE(a_call_for_several_offices_is_refused) {
    CareplanSimulator system;
    const std::string token = logged_in(system).access;
    const std::string two = "care-office:1379900028,care-office:1379900036";
    BOOST_TEST(code_of(system.handle(a_unit("u-1", token, two))) == "KC-1004");
    BOOST_TEST(code_of(system.handle(a_unit("u-1", token, "care-office:1379900028"))) == "none");
}

BOOST_AUTO_TEST_CASE(units_survive_a_restart_and_tokens_do_not) {
    const tests::TemporaryFolder folder;
    std::string token;
    {
        CareplanSimulator system(folder / "careplan.jsonl");
        token = logged_in(system).access;
        (void)system.handle(a_unit("u-1", token, "care-office:1379900028"));
    }
    CareplanSimulator system(folder / "careplan.jsonl");
    BOOST_TEST(held_by(system) == 1);
    BOOST_TEST(system.handle(a_unit("u-2", token)).status == 401);
}

BOOST_AUTO_TEST_CASE(it_hands_on_nothing_where_no_gateway_was_named) {
    CareplanSimulator system;
    BOOST_TEST(system.handle({.method = "POST", .path = "/sim/hand-on"}).status == 409);
}

BOOST_AUTO_TEST_SUITE_END()
