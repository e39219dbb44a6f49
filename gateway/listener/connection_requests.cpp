// What a connection reads and what it says to it.
#include <array>
#include <optional>
#include <utility>

#include "gateway/listener/connection.h"
#include "gateway/listener/problem_page.h"

namespace sekisho::listener {

namespace limits = model::limits;
using model::Problem;

namespace {

constexpr std::uint64_t kDeclinedBodyBytesMax = limits::kMebibyte;

// Reads over the body of a request that is answered by a no already.
class Declined final : public Receiving {
  public:
    Declined(model::Refusal refusal, Language language)
        : refusal_(std::move(refusal)), language_(language) {}

    std::uint64_t body_bytes_max() const override { return kDeclinedBodyBytesMax; }
    model::Result<void> append(std::string_view) override { return {}; }
    void serve(Responder responder) override { responder(to_response(refusal_, language_)); }

  private:
    const model::Refusal refusal_;
    const Language language_;
};

}  // namespace

Connection::Onward Connection::read_on() {
    using Event = RequestReader::Event;
    if (next_ != Next::nothing) return resume();
    switch (reader_.next()) {
        case Event::need_more:
            return read_bytes();
        case Event::head:
            return begin_request();
        case Event::body: {
            body_bytes_ += reader_.piece().size();
            if (party_) zone_->accounts.charge(*party_, reader_.piece().size());
            const auto kept = receiving_->append(reader_.piece());
            return kept ? Onward::go_on : refuse(kept.error());
        }
        case Event::end:
            // A no needs no way, and must cost no look.
            if (zone_->way == nullptr || declined_) return serve();
            next_ = Next::service;  // a body may take long, and its way be gone
            return resume();
        case Event::refused:
            return refuse(reader_.refusal());
    }
    return Onward::wait;
}

Connection::Onward Connection::read_bytes() {
    const bool mid_request = reader_.stage() != RequestReader::Stage::idle;
    if (mid_request && !head_read_ && !head_since_) head_since_ = zone_->judges.clock.monotonic();
    if (zone_->draining && !mid_request) {
        stream_->say_goodbye();
        begin_lingering();
        return Onward::go_on;
    }
    if (turn_bytes_ >= kTurnBytesMax) {
        turn_bytes_ = 0;
        return yield();
    }
    std::array<char, kReadPieceBytes> bytes;
    const IoResult result = stream_->read(bytes);
    switch (result.io) {
        case Io::done:
            turn_bytes_ += result.bytes;
            phase_since_ = zone_->judges.clock.monotonic();
            reader_.feed({bytes.data(), result.bytes});
            return Onward::go_on;
        case Io::want_read:
        case Io::want_write:
            return wait(result.io);
        case Io::ended:
        case Io::failed:
            break;
    }
    // A request that is not whole never was one: its Receiving is dropped unserved.
    if (mid_request) ++zone_->counters.truncated;
    close();
    return Onward::wait;
}

std::expected<Caller, Problem> Connection::caller() {
    if (!zone_->identifies()) return Caller{.zone = zone_->name};
    auto speaker = visitor_.identify();
    if (!speaker) return std::unexpected(speaker.error());
    return Caller{.zone = zone_->name, .speaker = std::move(*speaker)};
}

Connection::Onward Connection::begin_request() {
    head_read_ = true;
    head_since_.reset();
    const auto who = caller();
    if (!who) {
        ++zone_->counters.certificates_refused;
        return refuse({.problem = who.error()});
    }
    if (!party_) register_party();  // at the handshake it was perhaps nobody's; now it is
    if (party_) {
        if (too_many_) return decline(*too_many_);
        const auto now = zone_->judges.clock.monotonic();
        if (const auto overdraft = zone_->accounts.request(*party_, now)) {
            return decline(*overdraft);
        }
    }
    if (const auto barred = way_barred(Next::receiving)) return *barred;
    return begin_receiving(*who);
}

Connection::Onward Connection::begin_receiving(const Caller& who) {
    auto begun = zone_->service.begin(reader_.head(), who);
    if (!begun) return refuse(begun.error().refusal, std::move(begun.error().headers));
    receiving_ = std::move(*begun);
    return party_ && receiving_->takes_a_turn() ? take_turn() : begin_body();
}

// It has waited: who it is and by which way it came are looked at again.
Connection::Onward Connection::resume() {
    const Next next = std::exchange(next_, Next::nothing);
    const auto who = caller();
    if (!who) {
        ++zone_->counters.certificates_refused;
        return refuse({.problem = who.error()});
    }
    if (const auto barred = way_barred(next)) return *barred;
    switch (next) {
        case Next::receiving:
            return begin_receiving(*who);
        case Next::body:
            return begin_body();
        case Next::service:
            return serve();
        case Next::nothing:
            break;
    }
    return Onward::go_on;
}

// Of whom caller() has just identified: nothing where the way is right. What the daemon listed last
// may be older than the peer's tunnel, and shows none in the instant in which a successor takes
// over: that is worth a second look.
std::optional<Connection::Onward> Connection::way_barred(Next next) {
    const auto trouble = visitor_.way_trouble();
    if (!trouble) {
        looked_twice_ = false;
        return std::nullopt;
    }
    const bool maybe_young = *trouble == Problem::outside_tunnel && !looked_twice_;
    return maybe_young && look_again(next) ? Onward::wait : refuse_way(*trouble);
}

bool Connection::look_again(Next next) {
    auto resume = [self = weak_from_this()] {
        if (const auto connection = self.lock()) connection->on_look();
    };
    if (!zone_->way->look_again(std::move(resume))) return false;
    looked_twice_ = true;
    next_ = next;
    phase_ = Phase::asking;
    phase_since_ = zone_->judges.clock.monotonic();
    deadline_ = deadline_of_phase();
    poller_->set_deadline(id_, deadline_);
    return true;
}

// From the thread that looked.
void Connection::on_look() {
    const locks::Lock lock{mutex_};
    if (phase_ == Phase::asking) go_on_with(next_);
}

// A worker goes on: the descriptor can be written to.
void Connection::go_on_with(Next next) {
    next_ = next;
    phase_ = Phase::reading;
    phase_since_ = body_since_ = zone_->judges.clock.monotonic();
    body_bytes_ = 0;
    wait(Interest::write);
}

Connection::Onward Connection::refuse_way(Problem problem) {
    ++zone_->counters.ways_refused;
    const bool later = problem == Problem::tunnel_unknown;
    return refuse({.problem = problem,
                   .retry_after = later ? std::optional{limits::kTunnelRetryAfter} : std::nullopt});
}

// More than the party's share: a 429; more than the zone's: a 503. The connection stays, where its
// body is no burden to read over.
Connection::Onward Connection::decline(const Accounts::Overdraft& overdraft) {
    ++zone_->counters.over_budget;
    const model::Refusal refusal{
        .problem = overdraft.of_zone ? Problem::overloaded : Problem::over_budget,
        .retry_after = std::chrono::ceil<std::chrono::seconds>(overdraft.rest)};
    if (overdraft.first) note_refusal(refusal);
    const RequestHead& head = reader_.head();
    const bool small = head.content_length.value_or(0) <= kDeclinedBodyBytesMax;
    if (too_many_ || !small || head.expects_continue) return answer_refusal(refusal);
    receiving_ = std::make_unique<Declined>(refusal, language());
    declined_ = true;
    return begin_body();
}

Connection::Onward Connection::take_turn() {
    auto resume = [self = weak_from_this()] {
        if (const auto connection = self.lock()) connection->on_turn();
    };
    switch (zone_->gate.enter(*party_, id_, std::move(resume))) {
        case FairGate::Entry::admitted:
            has_turn_ = true;
            return begin_body();
        case FairGate::Entry::waiting:
            phase_ = Phase::queued;
            phase_since_ = zone_->judges.clock.monotonic();
            deadline_ = deadline_of_phase();
            poller_->set_deadline(id_, deadline_);
            return Onward::wait;
        case FairGate::Entry::full:
            break;
    }
    ++zone_->counters.turns_missed;
    return refuse({.problem = Problem::overloaded, .retry_after = limits::kTurnRetryAfter});
}

// From the thread whose request made room.
void Connection::on_turn() {
    const locks::Lock lock{mutex_};
    if (phase_ != Phase::queued) return;  // closed meanwhile, and its place given back
    has_turn_ = true;
    go_on_with(Next::body);
}

void Connection::end_turn() {
    if (std::exchange(has_turn_, false)) zone_->gate.leave(*party_);
}

// Whose connection it is, for its budget; who is refused anyway is nobody's.
void Connection::register_party() {
    if (!zone_->identifies()) return;
    auto speaker = visitor_.identify();
    if (!speaker) return;
    party_ = std::move(speaker->party);
    too_many_ = zone_->accounts.connect(*party_, zone_->judges.clock.monotonic());
}

Connection::Onward Connection::begin_body() {
    body_since_ = zone_->judges.clock.monotonic();
    body_bytes_ = 0;
    reader_.limit_body(receiving_->body_bytes_max());
    const RequestHead& head = reader_.head();
    const bool more = head.chunked || head.content_length.value_or(0) > 0;
    const bool too_much = head.content_length.value_or(0) > receiving_->body_bytes_max();
    if (!head.expects_continue || !more || too_much) return Onward::go_on;
    out_.assign(kContinue);
    resume_body_ = true;
    phase_ = Phase::writing;
    phase_since_ = zone_->judges.clock.monotonic();
    return Onward::go_on;
}

Connection::Onward Connection::serve() {
    phase_ = Phase::serving;
    in_service_ = true;
    reply_.reset();
    deadline_ = Monotonic::max();
    poller_->set_deadline(id_, deadline_);
    Responder responder{shared_from_this(), ++turn_};
    auto receiving = std::move(receiving_);
    {
        const locks::Unlock unlocked{mutex_};
        receiving->serve(std::move(responder));
        receiving.reset();
    }
    in_service_ = false;
    if (phase_ != Phase::serving || !reply_) return Onward::wait;
    begin_writing(std::move(*reply_));
    return Onward::go_on;
}

Language Connection::language() const {
    return head_read_ ? language_of(reader_.head()) : Language::ja;
}

// A no at the rim. Nothing more is read: what follows might be body or request, and nobody could
// tell which.
Connection::Onward Connection::refuse(const model::Refusal& refusal, std::vector<Header> headers) {
    note_refusal(refusal);
    return answer_refusal(refusal, std::move(headers));
}

Connection::Onward Connection::answer_refusal(const model::Refusal& refusal,
                                              std::vector<Header> headers) {
    receiving_.reset();
    const bool as_page = head_read_ && wants_page(reader_.head());
    Response response = as_page ? to_page(refusal, language()) : to_response(refusal, language());
    for (Header& header : headers) response.headers.push_back(std::move(header));
    response.close = true;
    begin_writing(std::move(response));
    return Onward::go_on;
}

void Connection::note_refusal(const model::Refusal& refusal) {
    if (!zone_->identifies()) return;
    if (const auto speaker = visitor_.identify()) zone_->service.note_refusal(*speaker, refusal);
}

void Connection::begin_writing(Response response) {
    end_turn();
    const RequestHead* head = head_read_ ? &reader_.head() : nullptr;
    response.close = response.close || zone_->draining || (head != nullptr && head->closes);
    const auto kind = static_cast<std::size_t>(response.status / 100);
    if (kind < zone_->counters.responses.size()) ++zone_->counters.responses[kind];
    const bool bodiless = head != nullptr && head->method == "HEAD";
    out_ = to_bytes(response, zone_->judges.clock.now(),
                    bodiless ? BodyPart::left_out : BodyPart::sent);
    out_memory_ = std::move(response.memory);
    written_ = 0;
    close_after_ = response.close;
    resume_body_ = false;
    next_ = Next::nothing;
    declined_ = false;
    head_read_ = false;
    head_since_.reset();
    phase_ = Phase::writing;
    phase_since_ = zone_->judges.clock.monotonic();
}

}  // namespace sekisho::listener
