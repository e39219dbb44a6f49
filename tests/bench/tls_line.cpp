#include "tests/bench/tls_line.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace sekisho::bench {

namespace {

int open_socket(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) throw std::runtime_error("no socket left; raise the limit of open files");
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result = ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    if (result != 0 && errno != EINPROGRESS) throw std::runtime_error("nobody listens");
    return descriptor;
}

}  // namespace

Context client_context(const Credentials& credentials) {
    Context context{SSL_CTX_new(TLS_client_method())};
    SSL_CTX* raw = context.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
    const bool ready =
        SSL_CTX_use_certificate_chain_file(raw, credentials.certificate_file.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(raw, credentials.key_file.c_str(), SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_load_verify_locations(raw, credentials.trust_file.c_str(), nullptr) == 1;
    if (!ready) throw std::runtime_error("the certificates cannot be read");
    return context;
}

TlsLine::TlsLine(SSL_CTX* context, std::uint16_t port)
    : tls_(SSL_new(context), SSL_free), descriptor_(open_socket(port)) {
    SSL_set_fd(tls_.get(), descriptor_);
    SSL_set_connect_state(tls_.get());
}

TlsLine::~TlsLine() {
    tls_.reset();
    if (descriptor_ >= 0) ::close(descriptor_);
}

void TlsLine::send(std::string request) {
    out_ = std::move(request);
    sent_ = 0;
    status_ = 0;
    state_ = State::sending;
}

TlsLine::Wants TlsLine::advance() {
    for (;;) {
        Step step = Step::on;
        switch (state_) {
            case State::connecting:
                step = connect_on();
                break;
            case State::handshaking:
                step = handshake_on();
                break;
            case State::sending:
                step = send_on();
                break;
            case State::receiving:
                step = receive_on();
                break;
            case State::idle:
            case State::broken:
                return Wants::nothing;
        }
        if (step == Step::wait_read) return Wants::read;
        if (step == Step::wait_write) return Wants::write;
        if (step == Step::broken) state_ = State::broken;
    }
}

TlsLine::Step TlsLine::connect_on() {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(descriptor_, reinterpret_cast<sockaddr*>(&peer), &size) != 0) {
        int error = 0;
        socklen_t error_size = sizeof error;
        ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &error_size);
        return error == 0 ? Step::wait_write : Step::broken;
    }
    state_ = State::handshaking;
    return Step::on;
}

TlsLine::Step TlsLine::handshake_on() {
    const int result = SSL_do_handshake(tls_.get());
    if (result != 1) return outcome(result);
    state_ = State::idle;
    return Step::on;
}

TlsLine::Step TlsLine::send_on() {
    std::size_t written = 0;
    const int result = SSL_write_ex(tls_.get(), out_.data() + sent_, out_.size() - sent_, &written);
    if (result != 1) return outcome(result);
    sent_ += written;
    if (sent_ < out_.size()) return Step::on;
    parser_.emplace();
    parser_->body_limit(64ULL * 1024 * 1024);
    unread_.clear();
    state_ = State::receiving;
    return Step::on;
}

TlsLine::Step TlsLine::receive_on() {
    std::array<char, 16384> bytes;
    std::size_t got = 0;
    const int result = SSL_read_ex(tls_.get(), bytes.data(), bytes.size(), &got);
    if (result != 1) return outcome(result);
    return parse({bytes.data(), got}) ? Step::on : (status_ < 0 ? Step::broken : Step::on);
}

bool TlsLine::parse(std::string_view bytes) {
    unread_ += bytes;
    boost::system::error_code error;
    while (!unread_.empty() && !parser_->is_done()) {
        const auto used = parser_->put(boost::asio::buffer(unread_), error);
        if (error == boost::beast::http::error::need_more) break;
        if (error) {
            status_ = -1;
            return false;
        }
        unread_.erase(0, used);
    }
    if (!parser_->is_done()) return false;
    status_ = static_cast<int>(parser_->get().result_int());
    state_ = State::idle;
    return true;
}

TlsLine::Step TlsLine::outcome(int result) const {
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return Step::wait_read;
        case SSL_ERROR_WANT_WRITE:
            return Step::wait_write;
        default:
            return Step::broken;
    }
}

}  // namespace sekisho::bench
