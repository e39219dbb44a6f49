#include "adapters/http/http_client.h"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "adapters/http/curl_library.h"
#include "tests/support/http_pki.h"
#include "tests/support/http_raw_server.h"

using namespace sekisho;
using http::Trouble;
using tests::RawEnd;
using tests::RawServer;

namespace {

const std::string kWhole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: a\r\n\r\nok";

struct Client {
    http::CurlLibrary library;
    tests::HttpPki pki;
    http::HttpClient client{{.trust_file = pki.authority_file(),
                             .connections_max = 1,
                             .plain_http = http::PlainHttp::loopback}};

    auto send(const http::Request& request,
              std::chrono::milliseconds within = std::chrono::seconds{10}) {
        return client.send(request, std::chrono::steady_clock::now() + within);
    }
    Trouble trouble_of(const std::string& answer, RawEnd end = RawEnd::close) {
        RawServer server(answer, end);
        const auto reply = send({.url = server.url() + "/"});
        BOOST_REQUIRE(!reply);
        return reply.error().trouble;
    }
    // To a server that writes these pieces after each request.
    int connections_of_three_calls(const std::vector<std::string>& pieces, const tests::RawTls& tls,
                                   http::Request request = {}) {
        const RawServer server([&](const std::string&) { return pieces; }, tls);
        for (int answered = 1; answered <= 3; ++answered) {
            request.url = server.url() + "/";
            const auto reply = send(request);
            BOOST_TEST((reply && reply->body == "ok"));
            server.wait_until_answered(answered);
        }
        return server.connections();
    }
};

tests::RawTls tls_of(const tests::HttpPki& pki) {
    return {.certificate_file = pki.certificate_file("server"), .key_file = pki.key_file("server")};
}

class PiecesSource final : public adapters::ByteSource {
  public:
    PiecesSource(std::vector<std::string> pieces, bool fails)
        : pieces_(std::move(pieces)), fails_(fails) {}
    std::string_view next() override {
        return at_ < pieces_.size() ? std::string_view{pieces_[at_++]} : std::string_view{};
    }
    bool failed() const override { return fails_; }

  private:
    std::vector<std::string> pieces_;
    bool fails_;
    std::size_t at_ = 0;
};

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Trouble)

BOOST_FIXTURE_TEST_SUITE(http_client, Client)

BOOST_AUTO_TEST_CASE(a_whole_answer_is_given_with_its_status_headers_and_body) {
    RawServer server(kWhole);
    const auto reply = send({.url = server.url() + "/a"});
    BOOST_REQUIRE(reply);
    BOOST_TEST(reply->status == 200);
    BOOST_TEST(reply->body == "ok");
    BOOST_TEST(adapters::find_header(reply->headers, "x-kind").value_or("") == "a");
}

BOOST_AUTO_TEST_CASE(a_chunked_answer_is_whole_with_its_last_chunk) {
    RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    const auto reply = send({.url = server.url() + "/"});
    BOOST_REQUIRE(reply);
    BOOST_TEST(reply->body == "ok");
}

BOOST_AUTO_TEST_CASE(a_kept_connection_is_used_again) {
    BOOST_TEST(connections_of_three_calls({kWhole}, {}) == 1);
    BOOST_TEST(connections_of_three_calls({kWhole}, tls_of(pki)) == 1);
}

BOOST_AUTO_TEST_CASE(a_connection_on_which_more_came_than_the_answer_is_not_used_again) {
    const std::string second = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother";
    const auto cut = kWhole.size() - 1;
    for (const auto& pieces : {std::vector{kWhole + second}, std::vector{kWhole, second},
                               std::vector{kWhole.substr(0, cut), kWhole.substr(cut) + second}}) {
        BOOST_TEST(connections_of_three_calls(pieces, {}) == 3);
        BOOST_TEST(connections_of_three_calls(pieces, tls_of(pki)) == 3);
    }
}

BOOST_AUTO_TEST_CASE(a_connection_that_brought_no_yes_is_not_used_again) {
    const http::Request asking{.is_yes = [](const http::Reply&) { return false; }};
    BOOST_TEST(connections_of_three_calls({kWhole}, {}, asking) == 3);
    const std::string refusal = "HTTP/1.1 422 No\r\nContent-Length: 2\r\n\r\nok";
    BOOST_TEST(connections_of_three_calls({refusal}, {}) == 3);
    const http::Request content{.is_yes = [](const http::Reply&) { return true; }};
    BOOST_TEST(connections_of_three_calls({kWhole}, {}, content) == 1);
}

BOOST_AUTO_TEST_CASE(an_answer_cut_short_is_truncated) {
    BOOST_CHECK(trouble_of("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf") ==
                Trouble::truncated);
    BOOST_CHECK(trouble_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n") ==
                Trouble::truncated);
    BOOST_CHECK(trouble_of("HTTP/1.1 200 OK\r\nContent-Le") == Trouble::truncated);
    BOOST_CHECK(trouble_of("") == Trouble::truncated);
}

BOOST_AUTO_TEST_CASE(a_reset_amid_the_answer_is_truncated) {
    BOOST_CHECK(trouble_of("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf", RawEnd::reset) ==
                Trouble::truncated);
}

BOOST_AUTO_TEST_CASE(an_answer_that_does_not_say_where_it_ends_is_truncated) {
    BOOST_CHECK(trouble_of("HTTP/1.1 200 OK\r\n\r\n{\"result\":\"ok\"}") == Trouble::truncated);
}

BOOST_AUTO_TEST_CASE(an_answer_without_a_body_needs_no_length) {
    RawServer server("HTTP/1.1 204 No Content\r\n\r\n");
    const auto reply = send({.method = "POST", .url = server.url() + "/"});
    BOOST_REQUIRE(reply);
    BOOST_TEST(reply->status == 204);
}

BOOST_AUTO_TEST_CASE(an_answer_beyond_the_limit_is_too_large) {
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789");
    const auto reply = send({.url = server.url() + "/", .answer_bytes_max = 9});
    BOOST_REQUIRE(!reply);
    BOOST_CHECK(reply.error().trouble == Trouble::too_large);
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_unreachable) {
    const auto reply =
        send({.url = "http://127.0.0.1:" + std::to_string(tests::closed_port()) + "/"});
    BOOST_REQUIRE(!reply);
    BOOST_CHECK(reply.error().trouble == Trouble::unreachable);
}

BOOST_AUTO_TEST_CASE(a_silent_server_meets_the_deadline) {
    RawServer server("", RawEnd::silence);
    const auto reply = send({.url = server.url() + "/"}, std::chrono::milliseconds{80});
    BOOST_REQUIRE(!reply);
    BOOST_CHECK(reply.error().trouble == Trouble::timeout);
}

BOOST_AUTO_TEST_CASE(waiting_for_a_free_connection_ends_at_the_deadline) {
    RawServer server("", RawEnd::silence);
    std::thread first([&] { (void)send({.url = server.url() + "/"}, std::chrono::seconds{1}); });
    while (server.requests() == 0) std::this_thread::yield();
    const auto second = send({.url = server.url() + "/"}, std::chrono::milliseconds{50});
    first.join();
    BOOST_REQUIRE(!second);
    BOOST_CHECK(second.error().trouble == Trouble::timeout);
    BOOST_TEST(server.requests() == 1);
}

BOOST_AUTO_TEST_CASE(a_redirect_is_an_answer_and_is_not_followed) {
    RawServer other(kWhole);
    RawServer server("HTTP/1.1 302 Found\r\nLocation: " + other.url() +
                     "/\r\nContent-Length: 0\r\n\r\n");
    const auto reply = send({.url = server.url() + "/"});
    BOOST_REQUIRE(reply);
    BOOST_TEST(reply->status == 302);
    BOOST_TEST(other.requests() == 0);
}

BOOST_AUTO_TEST_CASE(plain_http_is_for_loopback_and_only_where_it_is_allowed) {
    RawServer server(kWhole);
    http::HttpClient strict{http::ClientOptions{}};
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    const auto refused = strict.send({.url = server.url() + "/"}, deadline);
    BOOST_REQUIRE(!refused);
    BOOST_CHECK(refused.error().trouble == Trouble::refused);
    for (const char* url :
         {"http://192.0.2.1/", "http://127.0.0.1:80@example.invalid/", "ftp://127.0.0.1/"}) {
        const auto reply = send({.url = url});
        BOOST_REQUIRE(!reply);
        BOOST_CHECK(reply.error().trouble == Trouble::refused);
    }
}

BOOST_AUTO_TEST_CASE(a_body_is_streamed_from_its_source_piece_by_piece) {
    RawServer server(kWhole);
    PiecesSource source({"first ", "second ", "third"}, false);
    const auto reply =
        send({.method = "POST",
              .url = server.url() + "/",
              .headers = {{"Content-Type", "text/csv"}, {"X-Empty", ""}},
              .body_source = &source,
              .body_size = 18,
              .trace_parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"});
    BOOST_REQUIRE(reply);
    const std::string request = server.last_request();
    BOOST_TEST(request.ends_with("\r\n\r\nfirst second third"));
    BOOST_TEST(request.find("Content-Length: 18\r\n") != std::string::npos);
    BOOST_TEST(request.find("Content-Type: text/csv\r\n") != std::string::npos);
    BOOST_TEST(request.find("X-Empty:") != std::string::npos);
    BOOST_TEST(
        request.find("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n") !=
        std::string::npos);
    BOOST_TEST(request.find("Expect:") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_body_that_fails_or_is_shorter_or_longer_than_said_is_not_sent_as_whole) {
    RawServer server(kWhole);
    for (const auto& [size, fails] :
         {std::pair{5U, true}, std::pair{9U, false}, std::pair{3U, false}}) {
        PiecesSource source({"12345"}, fails);
        const auto reply = send({.method = "POST",
                                 .url = server.url() + "/",
                                 .body_source = &source,
                                 .body_size = size});
        BOOST_CHECK(!reply || fails);
    }
}

BOOST_AUTO_TEST_CASE(a_header_with_a_line_break_is_refused) {
    RawServer server(kWhole);
    const auto reply = send({.url = server.url() + "/", .headers = {{"X-A", "b\r\nX-Evil: c"}}});
    BOOST_REQUIRE(!reply);
    BOOST_CHECK(reply.error().trouble == Trouble::refused);
    BOOST_TEST(server.requests() == 0);
}

BOOST_AUTO_TEST_CASE(a_connection_that_died_in_the_pool_is_replaced) {
    RawServer server(kWhole);
    for (int i = 0; i < 3; ++i) {
        const auto reply = send({.method = "POST", .url = server.url() + "/", .body = "again"});
        BOOST_REQUIRE(reply);
        BOOST_TEST(server.last_request().ends_with("again"));
    }
    BOOST_TEST(server.requests() == 3);
}

BOOST_AUTO_TEST_SUITE_END()
