// Whom the agent answers at all, and what a browser is told of it.
#include "tests/unit/gateway/agent/agent_world.h"

using namespace sekisho;
using tests::AgentCall;
using tests::AgentWorld;
using tests::header_of;
using tests::kPage;

namespace {

AgentCall status_with(std::vector<listener::Header> headers) {
    return {.method = "GET", .path = "/status", .headers = std::move(headers)};
}

const listener::Header kHost{"host", "127.0.0.1:8449"};
const listener::Header kOrigin{"origin", std::string{kPage}};

}  // namespace

BOOST_AUTO_TEST_SUITE(door)

BOOST_AUTO_TEST_CASE(a_page_of_the_list_is_answered_under_each_name_of_the_agent) {
    AgentWorld world;
    for (const char* host : {"127.0.0.1:8449", "localhost:8449", "[::1]:8449"}) {
        const auto answer = world.answer(status_with({{"host", host}, kOrigin}));
        BOOST_TEST(answer.status == 200, host);
        BOOST_TEST(header_of(answer, "Access-Control-Allow-Origin") == kPage);
        BOOST_TEST(header_of(answer, "Vary") == "Origin");
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_was_made_to_point_here_is_turned_away) {
    AgentWorld world;
    for (const char* host : {"evil.example:8449", "127.0.0.1", "127.0.0.1:8448", "localhost",
                             "127.0.0.1.evil.example:8449", "127.0.0.2:8449"}) {
        const auto answer = world.answer(status_with({{"host", host}, kOrigin}));
        BOOST_TEST(answer.status == 403, host);
        BOOST_TEST(answer.body == "{\"code\":\"wrong-host\"}");
        BOOST_TEST(answer.close);
        BOOST_TEST(header_of(answer, "Access-Control-Allow-Origin").empty());
    }
}

BOOST_AUTO_TEST_CASE(a_page_that_is_not_on_the_list_is_turned_away_whatever_it_asks) {
    AgentWorld world;
    for (const char* origin :
         {"https://evil.example", "null", "", "https://localhost:8444", "http://localhost:8443",
          "https://localhost:8443/", "https://localhost:8443.evil.example"}) {
        for (const char* method : {"GET", "OPTIONS", "POST"}) {
            AgentCall call = status_with({kHost, {"origin", origin}});
            call.method = method;
            const auto answer = world.answer(call);
            BOOST_TEST(answer.status == 403, origin);
            BOOST_TEST(answer.body == "{\"code\":\"wrong-origin\"}");
            BOOST_TEST(header_of(answer, "Access-Control-Allow-Origin").empty());
        }
    }
    BOOST_TEST(world.answer(status_with({kHost})).status == 403);
    BOOST_TEST(world.answer(status_with({kHost, kOrigin, kOrigin})).status == 403);
}

BOOST_AUTO_TEST_CASE(a_preflight_says_what_may_be_asked) {
    AgentWorld world;
    for (const char* path : {"/status", "/pair", "/sign"}) {
        const auto answer =
            world.answer({.method = "OPTIONS", .path = path, .headers = {kHost, kOrigin}});
        BOOST_TEST(answer.status == 204);
        BOOST_TEST(answer.body.empty());
        BOOST_TEST(header_of(answer, "Access-Control-Allow-Origin") == kPage);
        BOOST_TEST(header_of(answer, "Access-Control-Allow-Methods") == "GET, POST");
        BOOST_TEST(header_of(answer, "Access-Control-Allow-Headers") ==
                   "authorization, content-type");
        BOOST_TEST(header_of(answer, "Access-Control-Allow-Private-Network").empty());
    }
}

BOOST_AUTO_TEST_CASE(a_preflight_into_the_private_network_is_told_yes) {
    AgentWorld world;
    const auto answer = world.answer(
        {.method = "OPTIONS",
         .headers = {kHost, kOrigin, {"access-control-request-private-network", "true"}}});
    BOOST_TEST(header_of(answer, "Access-Control-Allow-Private-Network") == "true");
}

BOOST_AUTO_TEST_CASE(other_paths_and_methods_are_refused_by_code) {
    AgentWorld world;
    BOOST_TEST(world.text({.path = "/"}) == "404 {\"code\":\"no-such-call\"}");
    BOOST_TEST(world.text({.path = "/sign/"}) == "404 {\"code\":\"no-such-call\"}");
    BOOST_TEST(world.text({.method = "POST", .path = "/status"}) ==
               "405 {\"code\":\"wrong-method\"}");
    BOOST_TEST(world.text({.method = "GET", .path = "/sign"}) == "405 {\"code\":\"wrong-method\"}");
}

BOOST_AUTO_TEST_CASE(a_body_that_is_not_declared_json_is_not_read) {
    AgentWorld world;
    const std::string body = "{\"code\":\"" + world.code() + "\"}";
    const std::string code = world.code();
    BOOST_TEST(world.text({.path = "/pair",
                           .body = body,
                           .headers = {kHost, kOrigin, {"content-type", "text/plain"}}}) ==
               "400 {\"code\":\"unreadable\"}");
    BOOST_TEST(world.text({.path = "/pair", .body = body, .headers = {kHost, kOrigin}}) ==
               "400 {\"code\":\"unreadable\"}");
    BOOST_TEST(world.code() == code);
}

BOOST_AUTO_TEST_SUITE_END()
