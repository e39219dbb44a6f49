#include "tests/support/http_raw_server.h"

#include <arpa/inet.h>
#include <array>
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

RawServer::RawServer(std::string answer, RawEnd end) : answer_(std::move(answer)), end_(end) {
    listener_ = listen_on_loopback(port_);
    if (::pipe(stop_) != 0) throw std::runtime_error("no pipe");
    thread_ = std::thread([this] { serve(); });
}

RawServer::~RawServer() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(listener_);
}

std::string RawServer::last_request() const {
    const locks::Lock lock(mutex_);
    return last_request_;
}

void RawServer::serve() {
    while (readable(listener_, stop_[0])) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0) serve_one(connection);
    }
}

void RawServer::serve_one(int connection) {
    std::string request;
    std::array<char, 4096> piece{};
    while (!is_whole(request) && readable(connection, stop_[0])) {
        const ssize_t count = ::recv(connection, piece.data(), piece.size(), 0);
        if (count <= 0) break;
        request.append(piece.data(), static_cast<std::size_t>(count));
    }
    {
        const locks::Lock lock(mutex_);
        last_request_ = request;
    }
    if (!request.empty()) ++requests_;
    ::send(connection, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    if (end_ == RawEnd::silence) readable(connection, stop_[0]);
    if (end_ == RawEnd::reset) {
        const linger now{1, 0};
        ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    ::close(connection);
}

}  // namespace sekisho::tests
