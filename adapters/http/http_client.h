// The outgoing HTTP client: what every adapter speaks through.
//
// libcurl underneath: TLS 1.3 only with the client's certificate, one trust file and no other
// anchor, no redirects, no proxies, no resumption, no cookies. A pool of `connections_max`
// connections is shared by all callers; a caller that finds none free waits until its deadline.
// Each call ends by its deadline. A kept connection on which something came unasked is not used
// again; behind a status from 400 on, or an answer that is no yes (Request::is_yes), it is not
// kept: should the peer give it a second time, late, nobody takes it for the answer to another
// request. An answer counts only when it is whole: one whose end cannot be
// told (cut short, or without Content-Length and chunking) is `truncated`, one above the limit
// `too_large`.
// Threads: send() may be called from many at once.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/api/adapter.h"
#include "adapters/api/simulated_peer.h"
#include "adapters/http/curl_library.h"

struct evp_pkey_st;

namespace sekisho::http {

using adapters::Deadline;
using Header = adapters::HttpHeader;

enum class PlainHttp : std::uint8_t {
    refused,
    loopback,  // http://127.0.0.1 and http://[::1] only, for tests
};

struct ClientOptions {
    std::string certificate_file{};      // PEM chain, leaf first; empty: no client certificate
    std::string key_file{};              // PEM
    std::shared_ptr<evp_pkey_st> key{};  // in place of the file: one out of a token
    std::string trust_file{};            // PEM anchors; nothing else is trusted
    std::size_t connections_max = 4;
    PlainHttp plain_http = PlainHttp::refused;
};

struct Reply {
    int status = 0;
    std::vector<Header> headers{};
    std::string body{};
};

struct Request {
    std::string method = "GET";
    std::string url{};
    std::vector<Header> headers{};
    std::string_view body{};  // lives until send() returns
    adapters::ByteSource* body_source =
        nullptr;  // in place of `body`: read once, `body_size` bytes
    std::uint64_t body_size = 0;
    std::string trace_parent{};  // W3C traceparent, passed on when not empty
    std::uint64_t answer_bytes_max = std::uint64_t{1024} * 1024;
    // Is the answer a plain yes? Where this is asked and says no, the connection is not kept.
    std::function<bool(const Reply&)> is_yes{};
};

enum class Trouble : std::uint8_t {
    refused,  // the request itself: a scheme that is not allowed, an URL or a header that is none
    unreachable,  // no name, no connection, or lost while sending
    timeout,      // the deadline passed
    tls,          // no agreement, or a certificate refused on either side
    truncated,    // the answer ended before its end
    too_large,    // the answer exceeds the limit
    body,         // the document's bytes could not be read
};

std::string_view to_string(Trouble trouble);  // "too_large"

struct Failure {
    Trouble trouble = Trouble::unreachable;
    std::string detail{};  // libcurl's words, at most a line; no body, no header
};

class HttpClient {
  public:
    explicit HttpClient(ClientOptions options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    std::expected<Reply, Failure> send(const Request& request, Deadline deadline);

  private:
    class Pool;
    const CurlLibrary library_;  // counted: main's own keeps it from ending between clients
    const ClientOptions options_;
    const std::unique_ptr<Pool> pool_;
};

}  // namespace sekisho::http
