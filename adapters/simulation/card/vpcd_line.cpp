#include "adapters/simulation/card/vpcd_line.h"

#include <arpa/inet.h>
#include <array>
#include <iostream>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sekisho::simulation {

namespace {

enum class Control : std::uint8_t { off = 0, on = 1, reset = 2, atr = 4 };

bool receive(int socket, char* into, std::size_t size) {
    while (size > 0) {
        const ssize_t count = ::recv(socket, into, size, 0);
        if (count <= 0) return false;
        into += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

std::optional<std::string> receive_message(int socket) {
    std::array<char, 2> head{};
    if (!receive(socket, head.data(), head.size())) return std::nullopt;
    const std::size_t size = std::size_t{static_cast<unsigned char>(head[0])} << 8U |
                             static_cast<unsigned char>(head[1]);
    std::string message(size, '\0');
    if (!receive(socket, message.data(), size)) return std::nullopt;
    return message;
}

bool send_message(int socket, std::string_view text) {
    std::string message{static_cast<char>(text.size() >> 8U), static_cast<char>(text.size())};
    message.append(text);
    std::string_view rest = message;
    while (!rest.empty()) {
        const ssize_t count = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

int connect_to(const VpcdLine::Place& place) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(place.port);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (::inet_pton(AF_INET, place.host.c_str(), &address.sin_addr) == 1 &&
        ::connect(socket, generic, sizeof address) == 0) {
        return socket;
    }
    ::close(socket);
    return -1;
}

// Waits until the reader closes; whatever it sends is not looked at.
void ignore_until_closed(int socket) {
    std::array<char, 64> ignored{};
    while (::recv(socket, ignored.data(), ignored.size(), 0) > 0) {
    }
}

}  // namespace

VpcdLine::End VpcdLine::serve(const Place& place) {
    const int socket = connect_to(place);
    if (socket < 0) return End::reader_is_gone;
    card_.reset();
    while (exchange(socket)) {
    }
    ::close(socket);
    card_.reset();
    return taken_off_ ? End::taken_off : End::reader_is_gone;
}

bool VpcdLine::exchange(int socket) {
    const auto message = receive_message(socket);
    if (!message || message->empty()) return false;
    if (message->size() == 1) {
        const auto control = static_cast<Control>((*message)[0]);
        if (control == Control::atr) {
            const bool told = send_message(socket, VirtualJpkiCard::kAtr);
            seen_ = seen_ || told;
            return told;
        }
        card_.reset();  // power on, power off and reset all forget
        return true;
    }
    const bool struck = fault_.strikes(*message) && !(fault_.once && struck_before_);
    struck_before_ = struck_before_ || struck;
    if (struck && fault_.fault == CardFault::silent) ignore_until_closed(socket);
    if (struck && fault_.fault == CardFault::removed) taken_off_ = true;
    if (taken_off_) return false;
    std::string answer = card_.answer(*message);
    if (struck && fault_.fault == CardFault::slow) {
        std::cerr << "slow at " << fault_.step << std::endl;  // for who waits for that moment
        ::poll(nullptr, 0, static_cast<int>(slow_.count()));
    }
    if (struck) answer = spoilt(fault_.fault, std::move(answer));
    return send_message(socket, answer);
}

}  // namespace sekisho::simulation
