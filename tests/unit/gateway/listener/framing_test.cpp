// What HTTP/1.1 leaves open is closed here: each liberty that two readers could take differently is
// a case.
#include <boost/test/unit_test.hpp>

#include "gateway/listener/request_reader.h"
#include "routing/model/limits.h"

using namespace sekisho;
using listener::RequestReader;
using model::Problem;
using Event = RequestReader::Event;

namespace {

constexpr std::uint64_t kBodyMax = 1000;

// Everything read of some bytes: whole requests as "METHOD target [body]", then how it ended.
struct Reading {
    std::vector<std::string> requests{};
    std::optional<Problem> refused{};
    bool unfinished = false;  // it waits in the middle of a request
};

void read_on(RequestReader& reader, Reading& reading, std::string& body) {
    while (true) {
        switch (reader.next()) {
            case Event::need_more:
                reading.unfinished = reader.stage() != RequestReader::Stage::idle;
                return;
            case Event::head:
                body.clear();
                reader.limit_body(kBodyMax);
                break;
            case Event::body:
                body += reader.piece();
                break;
            case Event::end:
                reading.requests.push_back(reader.head().method + " " + reader.head().target +
                                           (body.empty() ? "" : " " + body));
                break;
            case Event::refused:
                reading.refused = reader.refusal().problem;
                reading.unfinished = false;
                return;
        }
    }
}

Reading read_in_pieces(std::string_view bytes, std::size_t piece) {
    RequestReader reader;
    Reading reading;
    std::string body;
    while (!bytes.empty() && !reading.refused) {
        reader.feed(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
        read_on(reader, reading, body);
    }
    return reading;
}

// Whole and byte by byte must be the same.
Reading read(std::string_view bytes) {
    Reading whole = read_in_pieces(bytes, bytes.size());
    const Reading single = read_in_pieces(bytes, 1);
    BOOST_TEST(whole.requests == single.requests, boost::test_tools::per_element());
    BOOST_TEST((whole.refused == single.refused));
    BOOST_TEST(whole.unfinished == single.unfinished);
    return whole;
}

std::string post(const std::string& headers, const std::string& body = "") {
    return "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body;
}

std::string chunked(const std::string& body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}

std::string get(const std::string& target, const std::string& version = "HTTP/1.1") {
    return "GET " + target + " " + version + "\r\nHost: localhost\r\n\r\n";
}

void is_refused(const std::string& bytes, Problem problem) {
    const Reading reading = read(bytes);
    BOOST_REQUIRE(reading.refused.has_value());
    BOOST_TEST((*reading.refused == problem));
    BOOST_TEST(reading.requests.empty());
}

void is_malformed(const std::string& bytes) {
    is_refused(bytes, Problem::malformed_request);
}

void is_ambiguous(const std::string& bytes) {
    is_refused(bytes, Problem::ambiguous_framing);
}

void is_read(const std::string& bytes, const std::vector<std::string>& requests) {
    const Reading reading = read(bytes);
    BOOST_TEST(!reading.refused.has_value());
    BOOST_TEST(!reading.unfinished);
    BOOST_TEST(reading.requests == requests, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(framing)

BOOST_AUTO_TEST_CASE(a_request_with_a_length_is_read) {
    is_read(post("Content-Length: 5\r\n", "hello"), {"POST /v1/messages hello"});
}

BOOST_AUTO_TEST_CASE(a_request_without_a_body_is_read) {
    is_read(get("/v1/inbox?max=3"), {"GET /v1/inbox?max=3"});
    is_read(get("/v1/inbox?"), {"GET /v1/inbox?"});
    is_read(post(""), {"POST /v1/messages"});
    is_read(post("Content-Length: 0\r\n"), {"POST /v1/messages"});
}

BOOST_AUTO_TEST_CASE(a_chunked_request_is_read) {
    is_read(chunked("5\r\nhello\r\n0A\r\n, traveler\r\n0\r\n\r\n"),
            {"POST /v1/messages hello, traveler"});
    is_read(chunked("0\r\n\r\n"), {"POST /v1/messages"});
    is_read(post("transfer-encoding:   Chunked  \r\n", "0\r\n\r\n"), {"POST /v1/messages"});
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_read_in_their_order) {
    is_read(post("Content-Length: 2\r\n", "ab") + chunked("1\r\nc\r\n0\r\n\r\n") + get("/x"),
            {"POST /v1/messages ab", "POST /v1/messages c", "GET /x"});
}

BOOST_AUTO_TEST_CASE(what_is_not_whole_is_waited_for) {
    BOOST_TEST(read("GET /x HT").unfinished);
    BOOST_TEST(read(post("Content-Length: 5\r\n", "hell")).unfinished);
    BOOST_TEST(read(chunked("5\r\nhello\r\n0\r\n\r")).unfinished);
    BOOST_TEST(read(chunked("5\r\nhel")).unfinished);
    BOOST_TEST(read(chunked("5\r\nhello\r\n")).requests.empty());
}

BOOST_AUTO_TEST_CASE(a_length_with_a_transfer_encoding_is_refused) {
    is_ambiguous(post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    is_ambiguous(post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", "0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_second_content_length_is_refused) {
    is_ambiguous(post("Content-Length: 0\r\nContent-Length: 30\r\n"));
    is_ambiguous(post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"));
}

BOOST_AUTO_TEST_CASE(a_content_length_that_is_no_number_is_refused) {
    for (const std::string value : {"+5", "-1", "-5", "abc", "0x5", "5, 5", "5,5", "5 5", "5;", "",
                                    "18446744073709551621", "1234567890123", "５", "1e3", "5.0"}) {
        BOOST_TEST_CONTEXT(value) {
            is_ambiguous(post("Content-Length: " + value + "\r\n", "hello"));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_content_length_is_refused_cve_2023_40225) {
    is_ambiguous(post("Content-Length:\r\n", "GET /smuggled HTTP/1.1\r\n"));
}

BOOST_AUTO_TEST_CASE(an_empty_header_name_is_refused_cve_2023_25725) {
    is_malformed(post(":\r\nContent-Length: 0\r\n"));
    is_malformed(post(": x\r\n"));
}

BOOST_AUTO_TEST_CASE(a_header_name_that_overflows_is_refused_cve_2021_40346) {
    const std::string name = "Content-Length0" + std::string(255, 'a');
    const std::string bytes = post(name + ":\r\nContent-Length: 5\r\n", "hello");
    // Our names have no length to overflow: it is one more header, and the length stands once.
    is_read(bytes, {"POST /v1/messages hello"});
    is_ambiguous(post("Content-Length0:\r\nContent-Length: 5\r\nContent-Length: 0\r\n"));
}

BOOST_AUTO_TEST_CASE(a_transfer_encoding_other_than_chunked_is_refused) {
    for (const std::string value :
         {"gzip, chunked", "xchunked", "chunked, identity", "identity", "chunked, chunked",
          "chunked;q=1", "\"chunked\"", "", "chun", "chunked\v", "gzip"}) {
        BOOST_TEST_CONTEXT(value) {
            const Reading reading = read(post("Transfer-Encoding: " + value + "\r\n"));
            BOOST_TEST(reading.refused.has_value());
            BOOST_TEST(reading.requests.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(two_transfer_encodings_are_refused) {
    is_ambiguous(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"));
    is_ambiguous(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"));
}

BOOST_AUTO_TEST_CASE(a_chunk_size_that_is_no_number_is_refused) {
    for (const std::string size :
         {"-5", "0x5", "zz", "+5", " 5", "5 ", "", "123456789", "5\t", "fffffffffffffffff"}) {
        BOOST_TEST_CONTEXT(size) {
            is_ambiguous(chunked(size + "\r\nhello\r\n0\r\n\r\n"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_bad_chunk_size_is_refused_before_its_line_ends) {
    is_ambiguous(chunked("z"));
}

BOOST_AUTO_TEST_CASE(a_chunk_extension_is_refused) {
    is_ambiguous(chunked("5;ext=1\r\nhello\r\n0\r\n\r\n"));
    is_ambiguous(chunked("5\r\nhello\r\n0;ext\r\n\r\n"));
    is_ambiguous(chunked("5;\r\nhello\r\n0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(chunk_data_that_does_not_end_in_a_line_end_is_refused) {
    is_ambiguous(chunked("5\r\nhelloX\r\n0\r\n\r\n"));
    is_ambiguous(chunked("5\r\nhello\n0\r\n\r\n"));
    is_ambiguous(chunked("3\r\nhello\r\n0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_bare_line_feed_in_chunk_framing_is_refused) {
    is_ambiguous(chunked("5\nhello\r\n0\r\n\r\n"));
    is_ambiguous(chunked("5\r\nhello\r\n0\n\n"));
    is_ambiguous(chunked("5\rhello\r\n0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(trailers_are_refused) {
    is_ambiguous(chunked("5\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n"));
    is_ambiguous(chunked("0\r\nGET /smuggled HTTP/1.1\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_body_beyond_the_limit_is_refused_from_its_length) {
    is_refused(post("Content-Length: 1001\r\n"), Problem::body_too_large);
}

BOOST_AUTO_TEST_CASE(a_chunk_beyond_the_limit_is_refused_from_its_size) {
    is_refused(chunked("3e9\r\n"), Problem::body_too_large);
    is_refused(chunked("3e8\r\n" + std::string(1000, 'a') + "\r\n1\r\n"), Problem::body_too_large);
    is_read(chunked("3e8\r\n" + std::string(1000, 'a') + "\r\n0\r\n\r\n"),
            {"POST /v1/messages " + std::string(1000, 'a')});
}

BOOST_AUTO_TEST_CASE(a_request_needs_exactly_one_host) {
    is_malformed("GET / HTTP/1.1\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost:\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a b\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
    is_read("GET / HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n", {"GET /"});
}

BOOST_AUTO_TEST_CASE(a_folded_header_is_refused) {
    is_malformed(post("X-A: 1\r\n 2\r\n"));
    is_malformed(post("X-A: 1\r\n\t2\r\n"));
    is_malformed("GET / HTTP/1.1\r\n Host: a\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_blank_before_the_colon_is_refused) {
    is_malformed(post("Content-Length : 5\r\n", "hello"));
    is_malformed(post("X-A\t: 1\r\n"));
}

BOOST_AUTO_TEST_CASE(a_header_name_that_is_no_token_is_refused) {
    for (const std::string name : {"X(A)", "X A", "X\"A", "X/A", "X@A", "X\x80", "Content_Length",
                                   "X[A", "X{A}", "X=A", "X,A", "X;A"}) {
        BOOST_TEST_CONTEXT(name) {
            is_malformed(post(name + ": 1\r\n"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_header_line_without_a_colon_is_refused) {
    is_malformed(post("Nonsense\r\n"));
}

BOOST_AUTO_TEST_CASE(a_control_character_in_a_value_is_refused) {
    is_malformed(post(std::string("X-A: a\0b\r\n", 10)));
    is_malformed(post("X-A: a\x01\r\n"));
    is_malformed(post("X-A: a\x7f\r\n"));
    is_malformed(post("X-A: a\x1b[31m\r\n"));
    is_read(post("X-A: a\tb\r\n"), {"POST /v1/messages"});
}

BOOST_AUTO_TEST_CASE(a_nul_anywhere_in_the_head_is_refused) {
    is_malformed(std::string("GET /\0 HTTP/1.1\r\n", 17));
    is_malformed(std::string("G\0T / HTTP/1.1\r\n", 16));
    is_malformed(post(std::string("X\0A: 1\r\n", 8)));
}

BOOST_AUTO_TEST_CASE(a_bare_line_feed_in_the_head_is_refused) {
    is_malformed("GET / HTTP/1.1\nHost: a\n\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a\nX-A: 1\r\n\r\n");
    is_malformed("GET / HTTP/1.1\r\nHost: a\r\n\n");
}

BOOST_AUTO_TEST_CASE(a_bare_carriage_return_in_the_head_is_refused) {
    is_malformed("GET / HTTP/1.1\rHost: a\r\n\r\n");
    is_malformed(post("X-A: 1\rX-B: 2\r\n"));
    is_malformed("GET / HTTP/1.1\r\nHost: a\r\n\r\r");
}

BOOST_AUTO_TEST_CASE(a_version_other_than_1_1_is_refused) {
    for (const std::string version :
         {"HTTP/1.0", "HTTP/1.9", "HTTP/9.9", "HTTP/2.0", "HTTP/1.1 ", "HTTP/1.10", "http/1.1",
          "HTTP/11", "HTTP/01.1", "HTTPS/1.1", "Host:", ""}) {
        BOOST_TEST_CONTEXT(version) {
            is_malformed(get("/", version));
        }
    }
    is_malformed("GET /a\r\nHost: a\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(blanks_in_the_request_line_are_refused) {
    is_malformed("GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
    is_malformed(" GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    is_malformed("GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n");
    is_malformed("GET /  HTTP/1.1\r\nHost: a\r\n\r\n");
    is_malformed("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_target_that_is_no_path_is_refused) {
    for (const std::string target :
         {"http://a/", "*", "a:443", "//a b", "/a#b", "/\x80", "\\", "/a\x7f"}) {
        BOOST_TEST_CONTEXT(target) {
            is_malformed(get(target));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_method_that_is_no_word_is_refused) {
    is_malformed("G@T / HTTP/1.1\r\nHost: a\r\n\r\n");
    is_malformed(std::string(17, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(tls_spoken_to_a_plain_reader_is_refused_at_its_first_byte) {
    is_malformed("\x16\x03\x01");
}

BOOST_AUTO_TEST_CASE(a_second_content_type_is_refused) {
    is_malformed(post("Content-Type: text/csv\r\nContent-Type: application/json\r\n"));
}

BOOST_AUTO_TEST_CASE(an_expectation_other_than_continue_is_refused) {
    is_refused(post("Expect: 200-ok\r\n"), Problem::expectation_failed);
    is_refused(post("Expect: 100-continue, x\r\n"), Problem::expectation_failed);
}

BOOST_AUTO_TEST_CASE(a_head_beyond_its_limits_is_refused) {
    is_refused(get("/" + std::string(model::limits::kRequestTargetBytesMax, 'a')),
               Problem::head_too_large);
    std::string many;
    for (int i = 0; i < 100; ++i) many += "X-A: 1\r\n";
    is_refused(post(many), Problem::head_too_large);
    is_refused(post("X-A: " + std::string(model::limits::kHeaderBytesMax, 'a') + "\r\n"),
               Problem::head_too_large);
}

BOOST_AUTO_TEST_CASE(a_head_just_within_its_limits_is_read) {
    std::string many;
    for (int i = 0; i < 99; ++i) many += "X-A: 1\r\n";
    is_read(post(many), {"POST /v1/messages"});
}

BOOST_AUTO_TEST_CASE(what_can_no_longer_be_well_formed_is_refused_at_once) {
    for (const std::string start :
         {"GET x", "GET / HTTP/2", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nA ",
          "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length:",
          "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r"}) {
        BOOST_TEST_CONTEXT(start) {
            BOOST_TEST(read(start).refused.has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_read_behind_a_refusal) {
    const Reading reading = read(post("Content-Length: x\r\n", get("/smuggled")));
    BOOST_TEST(reading.requests.empty());
    BOOST_TEST(reading.refused.has_value());
}

BOOST_AUTO_TEST_CASE(connection_close_is_seen_in_a_list) {
    RequestReader reader;
    reader.feed("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n");
    BOOST_TEST((reader.next() == Event::head));
    BOOST_TEST(reader.head().closes);
}

BOOST_AUTO_TEST_SUITE_END()
