#include "gateway/doctor/knock.h"

#include <cerrno>
#include <fcntl.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>

#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"

namespace sekisho::doctor {

namespace {

using std::chrono::milliseconds;

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Addresses resolved(const config::Address& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const std::string port = std::to_string(address.port);
    if (::getaddrinfo(address.host.c_str(), port.c_str(), &hints, &list) != 0) return nullptr;
    return Addresses{list};
}

class Socket {
  public:
    explicit Socket(const addrinfo& at)
        : number_(::socket(at.ai_family, at.ai_socktype | SOCK_CLOEXEC, at.ai_protocol)) {}
    ~Socket() {
        if (number_ >= 0) ::close(number_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int number() const { return number_; }

  private:
    const int number_;
};

timeval to_timeval(milliseconds span) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(span);
    const std::chrono::microseconds rest = span - seconds;
    return {.tv_sec = seconds.count(), .tv_usec = rest.count()};
}

// 0: connected, and blocking again with that patience for each piece; else the system's error.
int connect_within(int socket, const addrinfo& to, milliseconds within) {
    ::fcntl(socket, F_SETFL, O_NONBLOCK);
    if (::connect(socket, to.ai_addr, to.ai_addrlen) != 0) {
        if (errno != EINPROGRESS) return errno;
        pollfd wanted{.fd = socket, .events = POLLOUT, .revents = 0};
        if (::poll(&wanted, 1, static_cast<int>(within.count())) != 1) return ETIMEDOUT;
    }
    int trouble = 0;
    socklen_t size = sizeof trouble;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &trouble, &size);
    if (trouble != 0) return trouble;
    ::fcntl(socket, F_SETFL, 0);
    const timeval patience = to_timeval(within);
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return 0;
}

// Nothing is verified: which certificate it is, is the question.
std::optional<model::Sha256> certificate_shown(int socket) {
    const identity::TlsContextPtr context{SSL_CTX_new(TLS_client_method())};
    const identity::TlsPtr tls{context ? SSL_new(context.get()) : nullptr};
    if (!tls || SSL_set_fd(tls.get(), socket) != 1) return std::nullopt;
    SSL_set_verify(tls.get(), SSL_VERIFY_NONE, nullptr);
    const int connected = SSL_connect(tls.get());
    X509* shown = SSL_get0_peer_certificate(tls.get());
    ERR_clear_error();
    if (shown == nullptr) return std::nullopt;
    if (connected == 1) SSL_shutdown(tls.get());
    ERR_clear_error();
    return identity::read_certificate(shown).fingerprint;
}

}  // namespace

Knocked knock(const config::Address& address, Speaks speaks, milliseconds within) {
    const Addresses found = resolved(address);
    bool all_refused = found != nullptr;
    for (const addrinfo* at = found.get(); at != nullptr; at = at->ai_next) {
        const Socket socket{*at};
        const int trouble =
            socket.number() < 0 ? errno : connect_within(socket.number(), *at, within);
        if (trouble != 0) {
            all_refused = all_refused && trouble == ECONNREFUSED;
            continue;
        }
        if (speaks == Speaks::plain) return {.door = Door::accepts};
        const auto certificate = certificate_shown(socket.number());
        return {.door = certificate ? Door::tls : Door::accepts, .certificate = certificate};
    }
    return {.door = all_refused ? Door::nobody : Door::no_answer};
}

std::expected<void, std::string> can_bind(const config::Address& address) {
    const Addresses found = resolved(address);
    if (!found) return std::unexpected("the name is not known");
    const Socket socket{*found};
    const int yes = 1;
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(socket.number(), found->ai_addr, found->ai_addrlen) == 0) return {};
    return std::unexpected(std::generic_category().message(errno));
}

}  // namespace sekisho::doctor
