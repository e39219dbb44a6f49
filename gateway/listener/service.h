// What stands behind a listener: it is told of each request and answers it once.
//
// A connection reads a head, knows who speaks, and asks its zone's Service to begin. The Service
// says no at once (TurnedAway: answered, then the connection closes, its body unread) or gives a
// Receiving, which takes the body piece by piece within body_bytes_max() and, when the request is
// whole, is told to serve. The Responder it gets then may be called once, from any thread, at any
// later time; dropped uncalled it answers `internal`. A Receiving destroyed unserved is a request
// that never became whole: nothing of it may remain.
//
// begin() and append() never wait. Service outlives the Listener. Thread-safe; one Receiving
// belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/listener/request_head.h"
#include "gateway/listener/response.h"
#include "routing/model/envelope.h"
#include "routing/model/problem.h"

namespace sekisho::listener {

struct Caller {
    model::ZoneName zone;
    std::optional<model::Speaker> speaker{};  // none on a plain zone
};

// Where an answer goes. `turn` tells the request it belongs to; a late answer to another is
// dropped. Thread-safe.
class ReplySink {
  public:
    virtual ~ReplySink() = default;
    virtual void reply(std::uint64_t turn, Response response) = 0;
};

class Responder {
  public:
    Responder(std::shared_ptr<ReplySink> sink, std::uint64_t turn)
        : sink_(std::move(sink)), turn_(turn) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&&) = delete;
    ~Responder();

    void operator()(Response response);

  private:
    std::shared_ptr<ReplySink> sink_;  // empty once called
    std::uint64_t turn_;
};

struct TurnedAway {
    model::Refusal refusal;
    std::vector<Header> headers{};  // `Allow` and the like
};

class Receiving {
  public:
    virtual ~Receiving() = default;
    virtual std::uint64_t body_bytes_max() const { return 0; }
    // True for work that is shared out between the parties (fair_gate.h); what only waits or reads
    // a little is not.
    virtual bool takes_a_turn() const { return false; }
    virtual model::Result<void> append(std::string_view piece) = 0;
    virtual void serve(Responder responder) = 0;
};

class Service {
  public:
    virtual ~Service() = default;
    virtual std::expected<std::unique_ptr<Receiving>, TurnedAway> begin(const RequestHead& head,
                                                                        const Caller& caller) = 0;
    // A request of an identified speaker was refused before it could begin, or while its body came.
    virtual void note_refusal(const model::Speaker& speaker, const model::Refusal& refusal) = 0;
};

}  // namespace sekisho::listener
