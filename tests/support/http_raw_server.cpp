#include "tests/support/http_raw_server.h"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace sekisho::tests {

namespace {

int listen_on_loopback(std::uint16_t& port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, any, size) != 0 || ::listen(listener, 16) != 0 ||
        ::getsockname(listener, any, &size) != 0)
        throw std::runtime_error("no loopback port");
    port = ntohs(address.sin_port);
    return listener;
}

bool readable(int descriptor, int stop) {
    std::array<pollfd, 2> waits{{{descriptor, POLLIN, 0}, {stop, POLLIN, 0}}};
    ::poll(waits.data(), waits.size(), -1);
    return waits[1].revents == 0;
}

SSL_CTX* make_context(const RawTls& tls) {
    if (tls.certificate_file.empty()) return nullptr;
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, tls.certificate_file.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, tls.key_file.c_str(), SSL_FILETYPE_PEM) != 1)
        throw std::runtime_error("the certificate cannot be used");
    return context;
}

bool is_whole(const std::string& request) {
    const auto head_end = request.find("\r\n\r\n");
    if (head_end == std::string::npos) return false;
    const auto length = request.find("Content-Length: ");
    if (length == std::string::npos || length > head_end) return true;
    return request.size() >= head_end + 4 + std::stoul(request.substr(length + 16));
}

}  // namespace

std::uint16_t closed_port() {
    std::uint16_t port = 0;
    ::close(listen_on_loopback(port));
    return port;
}

// One accepted connection.
class RawServer::Channel {
  public:
    Channel(int descriptor, void* context) : descriptor_(descriptor) {
        if (context == nullptr) return;
        tls_ = SSL_new(static_cast<SSL_CTX*>(context));
        SSL_set_fd(tls_, descriptor_);
        shaken_ = SSL_accept(tls_) == 1;
    }
    ~Channel() {
        SSL_free(tls_);
        ::close(descriptor_);
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    bool shaken() const { return shaken_; }

    // False when the server stops.
    bool wait(int stop) const {
        return (tls_ != nullptr && SSL_has_pending(tls_) == 1) || readable(descriptor_, stop);
    }

    // False at the end.
    bool read(std::string& into) {
        std::array<char, 4096> piece{};
        const auto count =
            tls_ != nullptr ? SSL_read(tls_, piece.data(), static_cast<int>(piece.size()))
                            : static_cast<int>(::recv(descriptor_, piece.data(), piece.size(), 0));
        if (count <= 0) return false;
        into.append(piece.data(), static_cast<std::size_t>(count));
        return true;
    }

    void write(const std::string& bytes) {
        if (tls_ == nullptr) {
            ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        } else {
            SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
        }
    }

    void end_with_reset() const {
        const linger now{1, 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }

  private:
    const int descriptor_;
    SSL* tls_ = nullptr;
    bool shaken_ = true;
};

RawServer::RawServer(const std::string& answer, RawEnd end)
    : RawServer([answer](const std::string&) { return std::vector{answer}; }, {}, end) {}

RawServer::RawServer(RawAnswers answers, const RawTls& tls)
    : RawServer(std::move(answers), tls, RawEnd::keep) {}

RawServer::RawServer(RawAnswers answers, const RawTls& tls, RawEnd end)
    : answers_(std::move(answers)), end_(end), context_(make_context(tls)) {
    std::signal(SIGPIPE, SIG_IGN);  // a client that went away is met by SSL_write
    listener_ = listen_on_loopback(port_);
    if (::pipe(stop_) != 0) throw std::runtime_error("no pipe");
    thread_ = std::thread([this] { serve(); });
}

RawServer::~RawServer() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(listener_);
    SSL_CTX_free(static_cast<SSL_CTX*>(context_));
}

std::string RawServer::last_request() const {
    const locks::Lock lock(mutex_);
    return last_request_;
}

void RawServer::wait_until_answered(int requests) const {
    for (int now = answered_; now < requests; now = answered_) answered_.wait(now);
}

void RawServer::serve() {
    while (readable(listener_, stop_[0])) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        ++connections_;
        Channel channel{connection, context_};
        if (channel.shaken()) serve_one(channel);
    }
}

std::string RawServer::read_request(Channel& channel) const {
    std::string request;
    while (!is_whole(request) && channel.wait(stop_[0]) && channel.read(request)) {
    }
    return request;
}

void RawServer::serve_one(Channel& channel) {
    do {
        const std::string request = read_request(channel);
        if (request.empty() && end_ == RawEnd::keep) return;
        {
            const locks::Lock lock(mutex_);
            last_request_ = request;
        }
        if (!request.empty()) ++requests_;
        const auto pieces = answers_(request);
        if (pieces.empty()) return;
        for (const std::string& piece : pieces) channel.write(piece);
        ++answered_;
        answered_.notify_all();
    } while (end_ == RawEnd::keep);
    if (end_ == RawEnd::silence) channel.wait(stop_[0]);
    if (end_ == RawEnd::reset) channel.end_with_reset();
}

}  // namespace sekisho::tests
