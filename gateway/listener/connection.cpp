#include "gateway/listener/connection.h"

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace sekisho::listener {

namespace {

void set_option(int descriptor, int option) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, option, &on, sizeof on);
}

tunnel::Address address_of(const Poco::Net::SocketAddress& address) {
    return tunnel::parse_address(address.host().toString()).value_or(tunnel::Address{});
}

// A socket that is gone already has no addresses: nothing carries those.
Arrival arrival_of(const Poco::Net::StreamSocket& socket, const Zone& zone) {
    Arrival arrival{.way = zone.way};
    if (zone.way == nullptr) return arrival;
    try {
        arrival.peer = address_of(socket.peerAddress());
        arrival.self = address_of(socket.address());
    } catch (const Poco::Exception&) {
        arrival.peer = arrival.self = {};
    }
    return arrival;
}

}  // namespace

Connection::Connection(const Poco::Net::StreamSocket& socket, std::shared_ptr<Zone> zone,
                       std::shared_ptr<Poller> poller)
    : zone_(std::move(zone)),
      poller_(std::move(poller)),
      id_(poller_->next_id()),
      socket_(socket),
      descriptor_(socket_.impl()->sockfd()),
      visitor_(zone_->judges, zone_->name, arrival_of(socket_, *zone_)) {
    ++zone_->counters.open;
}

Connection::~Connection() {
    const locks::Lock lock{mutex_};
    close();
}

bool Connection::start() {
    const locks::Lock lock{mutex_};
    set_option(descriptor_, TCP_NODELAY);
    phase_since_ = zone_->judges.clock.monotonic();
    if (zone_->credentials) {
        const auto terms = zone_->terms();
        auto tls = terms == nullptr ? nullptr : terms->open(descriptor_, visitor_);
        if (tls) stream_ = tls_stream(std::move(tls));
    } else {
        stream_ = plain_stream(descriptor_);
        phase_ = Phase::reading;
    }
    if (!stream_ || !poller_->add(id_, descriptor_, shared_from_this())) {
        close();
        return false;
    }
    wait(Interest::read);
    return true;
}

void Connection::on_ready() {
    const locks::Lock lock{mutex_};
    turn_bytes_ = 0;
    drive();
}

void Connection::drive() {
    Onward onward = Onward::go_on;
    while (onward == Onward::go_on) {
        switch (phase_) {
            case Phase::handshaking:
                onward = shake_hands();
                break;
            case Phase::reading:
                onward = read_on();
                break;
            case Phase::writing:
                onward = write_on();
                break;
            case Phase::lingering:
                onward = linger();
                break;
            case Phase::asking:
            case Phase::queued:
            case Phase::serving:
            case Phase::closed:
                return;
        }
    }
}

// Without tickets the server sends nothing after the client's Finished, and a client that delays
// its next packet would wait for an acknowledgement: it gets a quick one.
Connection::Onward Connection::shake_hands() {
    set_option(descriptor_, TCP_QUICKACK);
    const Io io = stream_->shake_hands();
    if (io == Io::want_read || io == Io::want_write) return wait(io);
    if (io == Io::done) {
        ++zone_->counters.handshakes;
        set_option(descriptor_, TCP_QUICKACK);
        register_party();
        phase_ = Phase::reading;
        phase_since_ = zone_->judges.clock.monotonic();
        return Onward::go_on;
    }
    ++zone_->counters.handshakes_refused;
    if (visitor_.stranger()) ++zone_->counters.strangers;
    begin_lingering();  // the alert is on its way
    return Onward::go_on;
}

Connection::Onward Connection::write_on() {
    while (written_ < out_.size()) {
        const IoResult result = stream_->write(std::string_view{out_}.substr(written_));
        if (result.io == Io::want_read || result.io == Io::want_write) return wait(result.io);
        if (result.io != Io::done) {
            close();
            return Onward::wait;
        }
        written_ += result.bytes;
        phase_since_ = zone_->judges.clock.monotonic();
    }
    out_ = {};  // large answers give their memory back
    out_memory_.clear();
    written_ = 0;
    phase_ = Phase::reading;
    if (std::exchange(resume_body_, false)) return Onward::go_on;
    first_request_ = false;
    if (close_after_) {
        stream_->say_goodbye();
        begin_lingering();
    }
    return Onward::go_on;
}

void Connection::begin_lingering() {
    stream_.reset();
    receiving_.reset();
    ::shutdown(descriptor_, SHUT_WR);
    phase_ = Phase::lingering;
    phase_since_ = zone_->judges.clock.monotonic();
}

Connection::Onward Connection::linger() {
    std::array<char, kReadPieceBytes> bytes;
    while (lingered_bytes_ <= kLingerBytesMax) {
        const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return wait(Interest::read);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        lingered_bytes_ += static_cast<std::size_t>(got);
    }
    close();
    return Onward::wait;
}

Monotonic Connection::deadline_of_phase() const {
    const ConnectionLimits& limits = zone_->limits;
    switch (phase_) {
        case Phase::handshaking:
            return phase_since_ + limits.handshake;
        case Phase::writing:
            return phase_since_ + limits.write_idle;
        case Phase::lingering:
            return phase_since_ + limits.linger;
        case Phase::asking:
        case Phase::queued:
            return phase_since_ + limits.turn;
        case Phase::reading:
            break;
        case Phase::serving:
        case Phase::closed:
            return Monotonic::max();
    }
    if (reader_.stage() == RequestReader::Stage::body) {
        const std::chrono::milliseconds earned{body_bytes_ * 1000 / limits.body_bytes_per_second};
        return std::min(phase_since_, body_since_ + earned) + limits.body_idle;
    }
    if (head_since_) return *head_since_ + limits.head;
    return phase_since_ + (first_request_ ? limits.head : limits.keep_alive);
}

Connection::Onward Connection::wait(Interest interest) {
    deadline_ = deadline_of_phase();
    poller_->set_deadline(id_, deadline_);
    poller_->arm(id_, descriptor_, interest);
    return Onward::wait;
}

// Armed for writing, which is possible at once: what TLS has read already would wake no one.
Connection::Onward Connection::yield() {
    return wait(Interest::write);
}

void Connection::on_deadline() {
    const locks::Lock lock{mutex_};
    const bool waits = phase_ != Phase::serving && phase_ != Phase::closed;
    if (!waits || zone_->judges.clock.monotonic() < deadline_) return;
    if (phase_ == Phase::queued) {
        if (!zone_->gate.give_up(*party_, id_)) return;  // its turn has just come
        ++zone_->counters.turns_missed;
        refuse(
            {.problem = model::Problem::overloaded, .retry_after = model::limits::kTurnRetryAfter});
        return drive();
    }
    if (phase_ == Phase::asking) {
        refuse_way(model::Problem::tunnel_unknown);
        return drive();
    }
    ++zone_->counters.timeouts;
    const bool in_request = phase_ == Phase::reading && (head_since_ || head_read_);
    if (!in_request) return close();
    refuse({.problem = model::Problem::request_timeout});
    drive();
}

void Connection::on_drain() {
    const locks::Lock lock{mutex_};
    const bool idle = phase_ == Phase::reading && !head_since_ && !head_read_;
    if (!idle) return;
    stream_->say_goodbye();
    begin_lingering();
    drive();
}

void Connection::on_close() {
    const locks::Lock lock{mutex_};
    close();
}

// From any thread. The worker that may still be inside serve() finds the answer when it comes back;
// otherwise a worker is woken by the descriptor, which can be written to.
void Connection::reply(std::uint64_t turn, Response response) {
    const locks::Lock lock{mutex_};
    if (phase_ != Phase::serving || turn != turn_ || reply_) return;
    if (in_service_) {
        reply_ = std::move(response);
        return;
    }
    begin_writing(std::move(response));
    wait(Interest::write);
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    if (phase_ == Phase::queued) has_turn_ = !zone_->gate.give_up(*party_, id_);
    phase_ = Phase::closed;
    end_turn();
    if (party_ && !too_many_) zone_->accounts.disconnect(*party_);
    --zone_->counters.open;
    if (zone_->draining) zone_->departures->announce();
    poller_->remove(id_, descriptor_);
    stream_.reset();
    receiving_.reset();
    try {
        socket_.close();
    } catch (const Poco::Exception&) {
        // Closed as far as it can be; the descriptor is gone either way.
    }
}

}  // namespace sekisho::listener
