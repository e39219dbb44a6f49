// What a connection reads and what it says to it.
#include <array>
#include <optional>
#include <utility>

#include "gateway/listener/connection.h"
#include "gateway/listener/problem_json.h"

namespace sekisho::listener {

using model::Problem;

Connection::Onward Connection::read_on(Lock& lock) {
    using Event = RequestReader::Event;
    switch (reader_.next()) {
        case Event::need_more:
            return read_bytes();
        case Event::head:
            return begin_request();
        case Event::body: {
            const auto kept = receiving_->append(reader_.piece());
            return kept ? Onward::go_on : refuse(kept.error());
        }
        case Event::end:
            return serve(lock);
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
    if (!zone_->credentials) return Caller{.zone = zone_->name};
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
    auto begun = zone_->service.begin(reader_.head(), *who);
    if (!begun) return refuse(begun.error().refusal, std::move(begun.error().headers));
    receiving_ = std::move(*begun);
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

Connection::Onward Connection::serve(Lock& lock) {
    phase_ = Phase::serving;
    in_service_ = true;
    reply_.reset();
    deadline_ = Monotonic::max();
    poller_->set_deadline(id_, deadline_);
    Responder responder{shared_from_this(), ++turn_};
    auto receiving = std::move(receiving_);
    lock.unlock();
    receiving->serve(std::move(responder));
    receiving.reset();
    lock.lock();
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
    receiving_.reset();
    Response response = to_response(refusal, language());
    for (Header& header : headers) response.headers.push_back(std::move(header));
    response.close = true;
    begin_writing(std::move(response));
    return Onward::go_on;
}

void Connection::note_refusal(const model::Refusal& refusal) {
    if (!zone_->credentials) return;
    if (const auto speaker = visitor_.identify()) zone_->service.note_refusal(*speaker, refusal);
}

void Connection::begin_writing(Response response) {
    const RequestHead* head = head_read_ ? &reader_.head() : nullptr;
    response.close = response.close || zone_->draining || (head != nullptr && head->closes);
    const auto kind = static_cast<std::size_t>(response.status / 100);
    if (kind < zone_->counters.responses.size()) ++zone_->counters.responses[kind];
    const bool bodiless = head != nullptr && head->method == "HEAD";
    out_ = to_bytes(response, zone_->judges.clock.now(),
                    bodiless ? BodyPart::left_out : BodyPart::sent);
    written_ = 0;
    close_after_ = response.close;
    resume_body_ = false;
    head_read_ = false;
    head_since_.reset();
    phase_ = Phase::writing;
    phase_since_ = zone_->judges.clock.monotonic();
}

}  // namespace sekisho::listener
