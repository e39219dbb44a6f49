// Requests and answers on one connection: order, framing, refusals.
#include <boost/test/unit_test.hpp>

#include "tests/end_to_end/listener/listener_world.h"

using namespace sekisho;
using namespace sekisho::tests;

BOOST_FIXTURE_TEST_SUITE(conversation, ListenerWorld)

BOOST_AUTO_TEST_CASE(a_body_comes_whole) {
    auto client = connect();
    const std::string body(300'000, 'b');
    client.send(post("/echo", body));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 200);
    BOOST_TEST((answer->body == body));
}

BOOST_AUTO_TEST_CASE(a_chunked_body_comes_whole) {
    auto client = connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    client.send("1\r\n!\r\n0\r\n\r\n");
    BOOST_TEST(client.read_answer()->body == "hello!");
}

BOOST_AUTO_TEST_CASE(a_request_may_come_byte_by_byte) {
    auto client = connect();
    for (const char c : post("/echo", "slow")) client.send({&c, 1});
    BOOST_TEST(client.read_answer()->body == "slow");
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_their_order) {
    auto client = connect();
    client.send(post("/echo", "1") + get("/elsewhere") + post("/echo", "3") + get("/who"));
    BOOST_TEST(client.read_answer()->body == "1");
    BOOST_TEST(client.read_answer()->body == "elsewhere");
    BOOST_TEST(client.read_answer()->body == "3");
    BOOST_TEST(client.read_answer()->body == "medical:1319900021");
}

BOOST_AUTO_TEST_CASE(nothing_behind_a_request_is_served_before_its_answer) {
    auto client = connect();
    client.send(get("/held") + post("/echo", "after"));
    service.let_go();
    BOOST_TEST(client.read_answer()->body == "held");
    BOOST_TEST(client.read_answer()->body == "after");
}

BOOST_AUTO_TEST_CASE(many_requests_use_one_connection) {
    auto client = connect();
    for (int i = 0; i < 200; ++i) {
        client.send(i % 2 == 0 ? post("/echo", "x") : get("/elsewhere"));
        BOOST_REQUIRE(client.read_answer().has_value());
    }
    BOOST_TEST(counters().accepted.load() == 1);
    BOOST_TEST(counters().responses[2].load() == 200);
}

BOOST_AUTO_TEST_CASE(a_request_that_asks_to_close_is_the_last) {
    auto client = connect();
    client.send(get("/who", "Connection: close\r\n"));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->headers.at("connection") == "close");
    BOOST_TEST(client.ends());
}

BOOST_AUTO_TEST_CASE(a_client_that_ends_its_side_still_gets_its_answer) {
    auto client = connect();
    client.send(get("/who"));
    client.end_sending();
    BOOST_TEST(client.read_answer().has_value());
}

BOOST_AUTO_TEST_CASE(continue_is_said_before_the_body) {
    auto client = connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.read_answer()->status == 100);
    client.send("body");
    BOOST_TEST(client.read_answer()->body == "body");
}

BOOST_AUTO_TEST_CASE(a_body_that_is_too_large_is_refused_before_it_comes) {
    auto client = connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: "
        "100-continue\r\n\r\n");
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 413);
    BOOST_TEST(client.ends());
}

BOOST_AUTO_TEST_CASE(two_framings_are_refused_and_the_connection_closes) {
    auto client = connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 400);
    BOOST_TEST(answer->body.find("SK-1002") != std::string::npos);
    BOOST_TEST(client.ends());
    BOOST_TEST(service.served().empty());
    BOOST_REQUIRE_EQUAL(service.noted().size(), 1);
    BOOST_TEST(service.noted()[0] == "medical:1319900021 ambiguous-framing");
}

BOOST_AUTO_TEST_CASE(the_body_of_a_refused_request_is_never_a_request) {
    auto client = connect();
    client.send(post("/refused", get("/smuggled")));
    BOOST_TEST(client.read_answer()->status == 404);
    BOOST_TEST(client.read_rest().empty());
    BOOST_TEST(service.served().empty());
}

BOOST_AUTO_TEST_CASE(a_large_refused_body_does_not_cost_the_answer) {
    auto client = connect();
    client.send(post("/refused", std::string(500'000, 'x')));
    const auto answer = client.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 404);
}

BOOST_AUTO_TEST_CASE(the_answer_to_head_has_no_body) {
    auto client = connect();
    client.send("HEAD /who HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string rest = client.read_rest();
    BOOST_TEST(rest.starts_with("HTTP/1.1 405 "));
    BOOST_TEST(rest.find("\r\nAllow: GET\r\n") != std::string::npos);
    BOOST_TEST(rest.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_truncated_body_never_was_a_request) {
    for (const bool with_length : {true, false}) {
        auto client = connect();
        client.send(with_length
                        ? "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345"
                        : "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "5\r\n12345\r\n");
        client.end_sending();
        BOOST_TEST(!client.read_answer());
    }
    wait_for([this] { return service.dropped.load() == 2; });
    BOOST_TEST(service.served().empty());
    BOOST_TEST(counters().truncated.load() == 2);
}

BOOST_AUTO_TEST_CASE(an_answer_that_was_forgotten_is_an_internal_fault) {
    auto client = connect();
    client.send(get("/forgotten"));
    BOOST_TEST(client.read_answer()->status == 500);
}

BOOST_AUTO_TEST_CASE(plain_pages_are_for_reading_only) {
    auto client = TlsClient::connect_plain(port("plain"));
    client.send(get("/livez"));
    BOOST_TEST(client.read_answer()->body == "alive");
    client.send(get("/nothing"));
    BOOST_TEST(client.read_answer()->status == 404);
    auto writer = TlsClient::connect_plain(port("plain"));
    writer.send(post("/livez", "x"));
    const auto answer = writer.read_answer();
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 405);
    BOOST_TEST(answer->headers.at("allow") == "GET");
}

BOOST_AUTO_TEST_CASE(plain_http_to_a_tls_zone_gets_nothing) {
    auto client = TlsClient::connect_plain(port("internet"));
    client.send(get("/who"));
    BOOST_TEST(client.read_rest().find("HTTP/1.1") == std::string::npos);
    BOOST_TEST(service.served().empty());
}

BOOST_AUTO_TEST_SUITE_END()
