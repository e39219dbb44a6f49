#include "gateway/tunnel/vici_client.h"

#include <cerrno>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

#include "routing/model/limits.h"

namespace sekisho::tunnel {

namespace {

using Deadline = ViciClient::Deadline;

constexpr std::size_t kLengthBytes = 4;

std::unexpected<NoAnswer> failed(const char* step) {
    return std::unexpected(NoAnswer{std::string{step} + ": " + std::strerror(errno)});
}

std::unexpected<NoAnswer> wrong(std::string why) {
    return std::unexpected(NoAnswer{std::move(why)});
}

// A connection to the daemon for one question.
class Conversation {
  public:
    explicit Conversation(Deadline deadline) : deadline_(deadline) {}
    ~Conversation() {
        if (socket_ >= 0) ::close(socket_);
    }
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    std::expected<void, NoAnswer> begin(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof(address.sun_path)) return wrong("the socket's path is too long");
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (socket_ < 0) return failed("socket");
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
            return failed("connect");
        return {};
    }

    std::expected<void, NoAnswer> send(const ViciPacket& packet) {
        const auto bytes = to_bytes(packet);
        if (!bytes) return wrong("the question is too large");
        std::string framed;
        for (std::size_t i = kLengthBytes; i-- > 0;) {
            framed.push_back(static_cast<char>(bytes->size() >> (8 * i)));
        }
        framed += *bytes;
        std::string_view rest{framed};
        while (!rest.empty()) {
            const ssize_t count = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count > 0) {
                rest.remove_prefix(static_cast<std::size_t>(count));
            } else if (auto ready = wait_after_error(POLLOUT, "send"); !ready) {
                return ready;
            }
        }
        return {};
    }

    // Looks at the clock each time: who always has something to say is never waited for.
    std::expected<ViciPacket, NoAnswer> receive() {
        if (std::chrono::steady_clock::now() >= deadline_) return wrong("the deadline passed");
        const auto head = read(kLengthBytes);
        if (!head) return std::unexpected(head.error());
        std::size_t size = 0;
        for (const char c : *head) size = size * 0x100 + static_cast<std::uint8_t>(c);
        if (size > model::limits::kViciMessageBytesMax) return wrong("the answer is too large");
        received_bytes_ += size;
        if (received_bytes_ > kViciListBytesMax) return wrong("the daemon's list is too large");
        const auto bytes = read(size);
        if (!bytes) return std::unexpected(bytes.error());
        auto packet = to_packet(*bytes);
        if (!packet) return wrong("the answer cannot be read");
        return std::move(*packet);
    }

  private:
    std::expected<std::string, NoAnswer> read(std::size_t size) {
        std::string bytes(size, '\0');
        std::size_t at = 0;
        while (at < size) {
            const ssize_t count = ::recv(socket_, &bytes[at], size - at, 0);
            if (count == 0) return wrong("the daemon closed the connection");
            if (count > 0) {
                at += static_cast<std::size_t>(count);
            } else if (auto ready = wait_after_error(POLLIN, "recv"); !ready) {
                return std::unexpected(ready.error());
            }
        }
        return bytes;
    }

    std::expected<void, NoAnswer> wait_after_error(short event, const char* step) {
        if (errno == EINTR) return {};
        if (errno != EAGAIN && errno != EWOULDBLOCK) return failed(step);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline_ - std::chrono::steady_clock::now());
        if (left.count() <= 0) return wrong("the deadline passed");
        pollfd look{socket_, event, 0};
        if (::poll(&look, 1, static_cast<int>(left.count())) == 0) {
            return wrong("the deadline passed");
        }
        return {};
    }

    const Deadline deadline_;
    int socket_ = -1;
    std::size_t received_bytes_ = 0;
};

// A list that the daemon streams: an event for each item, then the command's answer.
struct Listing {
    std::string command;
    std::string event;
    std::string of;              // "associations"
    std::size_t events_max = 0;  // of which each may be empty
    ViciSection which{};
};

enum class Taken : std::uint8_t { well, too_many, not_at_all };

template <class Take>
std::expected<void, NoAnswer> list(const std::string& socket_path, Deadline deadline,
                                   const Listing& listing, Take take) {
    using enum ViciPacketType;
    Conversation conversation{deadline};
    if (auto begun = conversation.begin(socket_path); !begun) return begun;
    const ViciPacket listening{.type = event_register, .name = listing.event};
    if (auto sent = conversation.send(listening); !sent) return sent;
    const auto confirmed = conversation.receive();
    if (!confirmed) return std::unexpected(confirmed.error());
    if (confirmed->type != event_confirm) return wrong("the daemon has no such event");
    const ViciPacket question{
        .type = command_request, .name = listing.command, .message = listing.which};
    if (auto sent = conversation.send(question); !sent) return sent;
    for (std::size_t events = 1;; ++events) {
        const auto packet = conversation.receive();
        if (!packet) return std::unexpected(packet.error());
        if (packet->type == command_response) return {};
        const bool is_item = packet->type == event && packet->name == listing.event;
        Taken taken = is_item ? take(packet->message) : Taken::not_at_all;
        if (is_item && events > listing.events_max) taken = Taken::too_many;
        if (taken == Taken::not_at_all) return wrong("the daemon does not list its " + listing.of);
        if (taken == Taken::too_many) return wrong("the daemon lists too many " + listing.of);
    }
}

}  // namespace

std::expected<std::string, NoAnswer> ViciClient::version(Deadline deadline) const {
    Conversation conversation{deadline};
    if (auto begun = conversation.begin(socket_path_); !begun)
        return std::unexpected(begun.error());
    const ViciPacket question{.type = ViciPacketType::command_request, .name = "version"};
    if (auto sent = conversation.send(question); !sent) return std::unexpected(sent.error());
    const auto answer = conversation.receive();
    if (!answer) return std::unexpected(answer.error());
    const auto daemon = answer->message.text("daemon");
    const auto version = answer->message.text("version");
    if (answer->type != ViciPacketType::command_response || !daemon || !version) {
        return wrong("the daemon does not say its version");
    }
    return std::string{*daemon} + " " + std::string{*version};
}

std::expected<std::vector<Association>, NoAnswer> ViciClient::associations(
    Deadline deadline) const {
    std::vector<Association> associations;
    const Listing listing{.command = "list-sas",
                          .event = "list-sa",
                          .of = "associations",
                          .events_max = model::limits::kAssociationsMax};
    auto listed = list(socket_path_, deadline, listing, [&](const ViciSection& message) -> Taken {
        for (Association& each : associations_in(message)) associations.push_back(std::move(each));
        if (associations.size() > model::limits::kAssociationsMax) return Taken::too_many;
        return Taken::well;
    });
    if (!listed) return std::unexpected(std::move(listed.error()));
    return associations;
}

std::expected<std::vector<IkeCertificate>, NoAnswer> ViciClient::certificates(
    Deadline deadline) const {
    std::vector<IkeCertificate> certificates;
    std::size_t bytes = 0;
    const Listing listing{.command = "list-certs",
                          .event = "list-cert",
                          .of = "certificates",
                          .events_max = kIkeCertificatesMax,
                          // Never of any type: see ike_certificate.h.
                          .which = ViciSection{}.add("type", std::string{"X509"})};
    auto listed = list(socket_path_, deadline, listing, [&](const ViciSection& message) -> Taken {
        auto each = certificate_in(message);
        if (!each) return Taken::not_at_all;
        bytes += each->der.size();
        certificates.push_back(std::move(*each));
        return bytes > kIkeCertificatesBytesMax ? Taken::too_many : Taken::well;
    });
    if (!listed) return std::unexpected(std::move(listed.error()));
    return certificates;
}

}  // namespace sekisho::tunnel
