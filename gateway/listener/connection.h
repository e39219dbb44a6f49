// One connection, from its handshake to its last byte.
//
//     handshaking -> reading -> (queued) -> serving -> writing -> reading ...
//                       `---------(refused)--------------^  `--> lingering -> closed
//
// Requests are served one after the other in the order they came; while one is being served
// nothing more is read. Reading means: as much as is there, until the stream wants more; then the
// connection arms itself with the deadline of its stage (handshake, idle, head, body, write) and
// holds no thread. Work that is shared out waits, its head read and its body still with the sender,
// until the zone's gate says it is its turn (queued). A refusal before the message's attributes
// were read, and everything that leaves the framing in doubt, closes behind its answer; a closing
// connection reads on for a moment, so that the answer is not lost to a reset.
//
// Threads: every entry takes mutex_, which guards all members below it; so a worker, a deadline and
// a reply from any thread never meet inside. The mutex is given back while the Service serves
// (phase `serving`), because an answer may come at once in the same thread. Only workers touch the
// stream: a reply from elsewhere is laid down and the connection armed for writing.
// Lifetime: shared by the Poller until it closes, and by the Responder it owes an answer to, so a
// late answer finds a closed connection and is dropped.
#pragma once

#include <Poco/Net/StreamSocket.h>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

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
        queued,
        serving,
        writing,
        lingering,
        closed
    };
    enum class Onward : std::uint8_t { go_on, wait };  // wait: armed, or nothing to do until called
    using Lock = std::unique_lock<std::mutex>;

    // connection.cpp: phases
    void drive(Lock& lock);
    Onward shake_hands();
    Onward write_on();
    Onward linger();
    Onward wait(Interest interest);
    Onward wait(Io io) { return wait(io == Io::want_write ? Interest::write : Interest::read); }
    Onward yield();  // others first
    Monotonic deadline_of_phase() const;
    void begin_lingering();
    void close();

    // connection_requests.cpp: what is read, and what is said to it
    Onward read_on(Lock& lock);
    Onward read_bytes();
    Onward begin_request();
    Onward decline(const Accounts::Overdraft& overdraft);
    Onward take_turn();
    Onward begin_body();
    void on_turn();
    void end_turn();
    void register_party();
    Onward serve(Lock& lock);
    Onward refuse(const model::Refusal& refusal, std::vector<Header> headers = {});
    Onward answer_refusal(const model::Refusal& refusal, std::vector<Header> headers = {});
    std::expected<Caller, model::Problem> caller();
    void begin_writing(Response response);
    void note_refusal(const model::Refusal& refusal);
    Language language() const;

    const std::shared_ptr<Zone> zone_;
    const std::shared_ptr<Poller> poller_;
    const Poller::Id id_;

    std::mutex mutex_;
    Poco::Net::StreamSocket socket_;
    const int descriptor_;
    Visitor visitor_;
    std::unique_ptr<Stream> stream_;
    Phase phase_ = Phase::handshaking;
    Monotonic phase_since_{};  // or the last byte that moved
    Monotonic deadline_ = Monotonic::max();
    std::size_t turn_bytes_ = 0;  // read since the worker came

    RequestReader reader_;
    bool first_request_ = true;
    std::optional<Monotonic> head_since_{};
    Monotonic body_since_{};
    std::uint64_t body_bytes_ = 0;
    std::unique_ptr<Receiving> receiving_;
    bool head_read_ = false;                         // of the present request
    std::optional<model::PartyId> party_{};          // known, and counted among its connections
    std::optional<Accounts::Overdraft> too_many_{};  // connections of its party: not counted
    bool has_turn_ = false;                          // holds a place of the gate
    bool turn_begins_ = false;                       // has got it and not yet gone on
    bool peer_ended_ = false;

    std::uint64_t turn_ = 0;
    bool in_service_ = false;  // serve() has not come back
    std::optional<Response> reply_{};

    std::string out_;
    std::vector<platform::MemoryAllowance::Share> out_memory_{};
    std::size_t written_ = 0;
    bool close_after_ = false;
    bool resume_body_ = false;  // what is written is only `100 Continue`
    std::size_t lingered_bytes_ = 0;
};

}  // namespace sekisho::listener
