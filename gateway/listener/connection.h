// One connection, from its handshake to its last byte.
//
//     handshaking -> reading -> (asking) -> (queued) -> serving -> writing -> reading ...
//                       `---------(refused)--------------^  `--> lingering -> closed
//
// Requests are served one after the other in the order they came; while one is being served
// nothing more is read. Reading means: as much as is there, until the stream wants more; then the
// connection arms itself with the deadline of its stage (handshake, idle, head, body, write) and
// holds no thread. Work that is shared out waits, its head read and its body still with the sender,
// until the zone's gate says it is its turn (queued). In a zone behind a tunnel a peer whose tunnel
// is not known waits for a second look at it (asking), as long as for a turn at most. A refusal
// before the message's attributes were read, and everything that leaves the framing in doubt,
// closes behind its answer; a closing connection reads on for a moment, so that the answer is not
// lost to a reset.
//
// Threads: every entry takes mutex_, which guards what changes; so a worker, a deadline and a
// reply from any thread never meet inside. The mutex is given back while the Service serves
// (phase `serving`), because an answer may come at once in the same thread. Only workers touch the
// stream: a reply from elsewhere is laid down and the connection armed for writing.
// Lifetime: shared by the Poller until it closes, and by the Responder it owes an answer to, so a
// late answer finds a closed connection and is dropped.
#pragma once

#include <Poco/Net/StreamSocket.h>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/locks/mutex.h"
#include "gateway/listener/poller.h"
#include "gateway/listener/problem_json.h"
#include "gateway/listener/request_reader.h"
#include "gateway/listener/stream.h"
#include "gateway/listener/zone.h"

namespace sekisho::listener {

class Connection final : public Pollable,
                         public ReplySink,
                         public std::enable_shared_from_this<Connection> {
  public:
    Connection(const Poco::Net::StreamSocket& socket, std::shared_ptr<Zone> zone,
               std::shared_ptr<Poller> poller);
    ~Connection() override;

    bool start();  // false: could not be set up, and is closed

    void on_ready() override;
    void on_deadline() override;
    void on_drain() override;
    void on_close() override;
    void reply(std::uint64_t turn, Response response) override;

  private:
    enum class Phase : std::uint8_t {
        handshaking,
        reading,
        asking,
        queued,
        serving,
        writing,
        lingering,
        closed
    };
    // What a worker goes on with after the connection has waited for somebody else.
    enum class Next : std::uint8_t { nothing, receiving, body, service };
    enum class Onward : std::uint8_t { go_on, wait };  // wait: armed, or nothing to do until called

    // connection.cpp: phases
    void drive() SEKISHO_REQUIRES(mutex_);
    Onward shake_hands() SEKISHO_REQUIRES(mutex_);
    Onward write_on() SEKISHO_REQUIRES(mutex_);
    Onward linger() SEKISHO_REQUIRES(mutex_);
    Onward wait(Interest interest) SEKISHO_REQUIRES(mutex_);
    Onward wait(Io io) SEKISHO_REQUIRES(mutex_) {
        return wait(io == Io::want_write ? Interest::write : Interest::read);
    }
    Onward yield() SEKISHO_REQUIRES(mutex_);  // others first
    Monotonic deadline_of_phase() const SEKISHO_REQUIRES(mutex_);
    void begin_lingering() SEKISHO_REQUIRES(mutex_);
    void close() SEKISHO_REQUIRES(mutex_);

    // connection_requests.cpp: what is read, and what is said to it
    Onward read_on() SEKISHO_REQUIRES(mutex_);
    Onward read_bytes() SEKISHO_REQUIRES(mutex_);
    Onward begin_request() SEKISHO_REQUIRES(mutex_);
    Onward begin_receiving(const Caller& who) SEKISHO_REQUIRES(mutex_);
    Onward resume() SEKISHO_REQUIRES(mutex_);
    std::optional<Onward> way_barred(Next next) SEKISHO_REQUIRES(mutex_);
    bool look_again(Next next) SEKISHO_REQUIRES(mutex_);
    void on_look() SEKISHO_EXCLUDES(mutex_);
    void go_on_with(Next next) SEKISHO_REQUIRES(mutex_);
    Onward refuse_way(model::Problem problem) SEKISHO_REQUIRES(mutex_);
    Onward decline(const Accounts::Overdraft& overdraft) SEKISHO_REQUIRES(mutex_);
    Onward take_turn() SEKISHO_REQUIRES(mutex_);
    Onward begin_body() SEKISHO_REQUIRES(mutex_);
    void on_turn() SEKISHO_EXCLUDES(mutex_);
    void end_turn() SEKISHO_REQUIRES(mutex_);
    void register_party() SEKISHO_REQUIRES(mutex_);
    Onward serve() SEKISHO_REQUIRES(mutex_);
    Onward refuse(const model::Refusal& refusal, std::vector<Header> headers = {})
        SEKISHO_REQUIRES(mutex_);
    Onward answer_refusal(const model::Refusal& refusal, std::vector<Header> headers = {})
        SEKISHO_REQUIRES(mutex_);
    std::expected<Caller, model::Problem> caller() SEKISHO_REQUIRES(mutex_);
    void begin_writing(Response response) SEKISHO_REQUIRES(mutex_);
    void note_refusal(const model::Refusal& refusal) SEKISHO_REQUIRES(mutex_);
    Language language() const SEKISHO_REQUIRES(mutex_);

    const std::shared_ptr<Zone> zone_;
    const std::shared_ptr<Poller> poller_;
    const Poller::Id id_;

    locks::Mutex mutex_;
    Poco::Net::StreamSocket socket_ SEKISHO_GUARDED_BY(mutex_);
    const int descriptor_;
    Visitor visitor_ SEKISHO_GUARDED_BY(mutex_);
    std::unique_ptr<Stream> stream_ SEKISHO_GUARDED_BY(mutex_);
    Phase phase_ SEKISHO_GUARDED_BY(mutex_) = Phase::handshaking;
    Monotonic phase_since_ SEKISHO_GUARDED_BY(mutex_){};  // or the last byte that moved
    Monotonic deadline_ SEKISHO_GUARDED_BY(mutex_) = Monotonic::max();
    std::size_t turn_bytes_ SEKISHO_GUARDED_BY(mutex_) = 0;  // read since the worker came

    RequestReader reader_ SEKISHO_GUARDED_BY(mutex_);
    bool first_request_ SEKISHO_GUARDED_BY(mutex_) = true;
    std::optional<Monotonic> head_since_ SEKISHO_GUARDED_BY(mutex_){};
    Monotonic body_since_ SEKISHO_GUARDED_BY(mutex_){};
    std::uint64_t body_bytes_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::unique_ptr<Receiving> receiving_ SEKISHO_GUARDED_BY(mutex_);
    bool head_read_ SEKISHO_GUARDED_BY(mutex_) = false;  // of the present request
    // Known, and counted among its connections; or there are too many, and it is not counted.
    std::optional<model::PartyId> party_ SEKISHO_GUARDED_BY(mutex_){};
    std::optional<Accounts::Overdraft> too_many_ SEKISHO_GUARDED_BY(mutex_){};
    bool has_turn_ SEKISHO_GUARDED_BY(mutex_) = false;      // holds a place of the gate
    Next next_ SEKISHO_GUARDED_BY(mutex_) = Next::nothing;  // once it waits for nobody any more
    bool declined_ SEKISHO_GUARDED_BY(mutex_) = false;      // the present request, over its budget
    bool looked_twice_ SEKISHO_GUARDED_BY(mutex_) = false;  // at the way that it came by
    bool peer_ended_ SEKISHO_GUARDED_BY(mutex_) = false;

    std::uint64_t turn_ SEKISHO_GUARDED_BY(mutex_) = 0;
    bool in_service_ SEKISHO_GUARDED_BY(mutex_) = false;  // serve() has not come back
    std::optional<Response> reply_ SEKISHO_GUARDED_BY(mutex_){};

    std::string out_ SEKISHO_GUARDED_BY(mutex_);
    std::vector<platform::MemoryAllowance::Share> out_memory_ SEKISHO_GUARDED_BY(mutex_){};
    std::size_t written_ SEKISHO_GUARDED_BY(mutex_) = 0;
    bool close_after_ SEKISHO_GUARDED_BY(mutex_) = false;
    bool resume_body_ SEKISHO_GUARDED_BY(mutex_) = false;  // what is written is only `100 Continue`
    std::size_t lingered_bytes_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

}  // namespace sekisho::listener
