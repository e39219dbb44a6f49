#include "tests/support/demo/line_to_cut.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

constexpr int kLookMilliseconds = 20;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

int listen_on(std::uint16_t port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    (void)::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const sockaddr_in address = loopback(port);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, 64) != 0) {
        ::close(listener);
        throw std::runtime_error("the line cannot listen on " + std::to_string(port));
    }
    return listener;
}

}  // namespace

LineToCut::LineToCut(std::uint16_t server) : server_(server), port_(free_port()) {
    join();
}

LineToCut::~LineToCut() {
    cut();
}

void LineToCut::cut() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

void LineToCut::join() {
    cut();
    deaf_ = false;
    thread_ = std::jthread{[this](const std::stop_token& stop) { relay(stop); }};
}

void LineToCut::relay(const std::stop_token& stop) {
    const int listener = listen_on(port_);
    while (!stop.stop_requested()) {
        std::vector<pollfd> waiting{{.fd = listener, .events = POLLIN, .revents = 0}};
        for (const Call& call : calls_) {
            waiting.push_back({.fd = call.client, .events = POLLIN, .revents = 0});
            waiting.push_back({.fd = deaf_ ? -1 : call.server, .events = POLLIN, .revents = 0});
        }
        (void)::poll(waiting.data(), waiting.size(), kLookMilliseconds);
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            Call& call = calls_[i];
            const bool asked = waiting[1 + 2 * i].revents == 0 || pass(call.client, call.server);
            const bool told = waiting[2 + 2 * i].revents == 0 || pass(call.server, call.client);
            if (asked && told) continue;
            ::close(call.client);
            ::close(call.server);
            call.client = -1;
        }
        std::erase_if(calls_, [](const Call& call) { return call.client < 0; });
        if (waiting.front().revents != 0) take_call(listener);
    }
    for (const Call& call : calls_) {
        ::close(call.client);
        ::close(call.server);
    }
    calls_.clear();
    ::close(listener);
}

void LineToCut::take_call(int listener) {
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(server_);
    if (client >= 0 &&
        ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        calls_.push_back({.client = client, .server = server});
        return;
    }
    if (client >= 0) ::close(client);
    ::close(server);
}

// False at the end of what `from` says. Both ends are on this machine: what is read is written.
bool LineToCut::pass(int from, int to) const {
    std::array<char, 65536> bytes{};
    const ssize_t count = ::recv(from, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    for (ssize_t sent = 0; sent < count;) {
        const ssize_t more =
            ::send(to, bytes.data() + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += more;
    }
    return true;
}

}  // namespace sekisho::tests
