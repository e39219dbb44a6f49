#include "gateway/listener/acceptor.h"

#include <Poco/Net/StreamSocketImpl.h>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/listener/connection.h"

namespace sekisho::listener {

Acceptor::Acceptor(const Poco::Net::ServerSocket& socket, std::shared_ptr<Zone> zone,
                   std::shared_ptr<Poller> poller)
    : zone_(std::move(zone)),
      poller_(std::move(poller)),
      id_(poller_->next_id()),
      socket_(socket),
      descriptor_(socket_.impl()->sockfd()) {}

bool Acceptor::start() {
    const locks::Lock lock{mutex_};
    if (!poller_->add(id_, descriptor_, shared_from_this())) return false;
    poller_->arm(id_, descriptor_, Interest::read);
    return true;
}

Acceptor::Next Acceptor::accept_one() {
    const int descriptor = ::accept4(descriptor_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK) return Next::none;
        ++zone_->counters.accept_failures;
        const bool exhausted =
            errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
        return exhausted ? Next::pause : Next::more;  // else: that peer has gone already
    }
    ++zone_->counters.accepted;
    if (zone_->counters.open.load() >= static_cast<std::int64_t>(zone_->limits.connections_max)) {
        ++zone_->counters.over_cap;
        ::close(descriptor);
        return Next::more;
    }
    const Poco::Net::StreamSocket socket{new Poco::Net::StreamSocketImpl(descriptor)};
    std::make_shared<Connection>(socket, zone_, poller_)->start();
    return Next::more;
}

void Acceptor::on_ready() {
    const locks::Lock lock{mutex_};
    if (!open_) return;
    Next next = Next::more;
    for (std::size_t i = 0; i < kAcceptsPerTurnMax && next == Next::more; ++i) next = accept_one();
    if (next == Next::pause) {
        poller_->set_deadline(id_, zone_->judges.clock.monotonic() + kAcceptPause);
        return;
    }
    poller_->arm(id_, descriptor_, Interest::read);
}

void Acceptor::on_deadline() {
    const locks::Lock lock{mutex_};
    if (open_) poller_->arm(id_, descriptor_, Interest::read);
}

void Acceptor::on_drain() {
    on_close();
}

void Acceptor::on_close() {
    const locks::Lock lock{mutex_};
    if (!open_) return;
    open_ = false;
    poller_->remove(id_, descriptor_);
    try {
        socket_.close();
    } catch (const Poco::Exception&) {
        // Closed as far as it can be.
    }
}

}  // namespace sekisho::listener
