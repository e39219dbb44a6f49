// One kept HTTP/1.1 connection over mutual TLS 1.3, as a load generator needs it: nothing blocks,
// one request is under way at a time, an answer is framed by Boost.Beast's parser and dropped.
//
// Not thread-safe; one epoll loop owns all of its lines.
#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <memory>
#include <openssl/ssl.h>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::bench {

struct Credentials {
    std::string certificate_file;
    std::string key_file;
    std::string trust_file;
};

struct ContextFree {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, ContextFree>;

// TLS 1.3 only, no session resumption: each handshake is a full one. Throws std::runtime_error.
Context client_context(const Credentials& credentials);

class TlsLine {
  public:
    enum class State { connecting, handshaking, idle, sending, receiving, broken };
    enum class Wants { read, write, nothing };

    TlsLine(SSL_CTX* context, std::uint16_t port);
    ~TlsLine();
    TlsLine(const TlsLine&) = delete;
    TlsLine& operator=(const TlsLine&) = delete;

    int descriptor() const { return descriptor_; }
    State state() const { return state_; }
    int status() const { return status_; }  // of the last answer

    void send(std::string request);  // only while idle; advance() moves it
    Wants advance();                 // as far as it goes; then what it waits for

  private:
    enum class Step { on, wait_read, wait_write, broken };

    Step connect_on();
    Step handshake_on();
    Step send_on();
    Step receive_on();
    Step outcome(int result) const;
    bool parse(std::string_view bytes);  // true when the answer is whole

    std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
    int descriptor_ = -1;
    State state_ = State::connecting;
    std::string out_{};
    std::size_t sent_ = 0;
    int status_ = 0;
    std::string unread_{};
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;
    std::optional<Parser> parser_{};
};

}  // namespace sekisho::bench
