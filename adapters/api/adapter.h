// The contract between the gateway and an adapter: one peer, one conversation.
//
// An adapter returns, it never throws; it may be called from several threads at once; each call
// blocks no longer than its deadline. A delivery is idempotent by (source, id): after a crash the
// same message comes again with the same two, and the peer must treat it as one. Adapters know the
// envelope and the bytes, nothing of the gateway.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "routing/model/authorized.h"
#include "routing/model/envelope.h"
#include "routing/model/problem.h"

namespace sekisho::adapters {

using Deadline = std::chrono::steady_clock::time_point;

// How much hostility an adapter was built to bear. Stated by each, shown to operators.
enum class Posture : std::uint8_t {
    robust_to_untrusted_peer,
    requires_trusted_peer,
};

struct Capabilities {
    std::string name;  // "platform"
    std::string version;
    bool delivers = true;
    bool answers = false;  // ask() works
    std::uint64_t body_bytes_max = 0;
    Posture posture = Posture::requires_trusted_peer;
};

// A document's bytes, read once from front to back in pieces. next() gives the next piece, empty at
// the end; the piece lives until the next call. failed() after the end tells whether the end was
// true.
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    virtual std::string_view next() = 0;
    virtual bool failed() const { return false; }
};

class StringSource final : public ByteSource {
  public:
    explicit StringSource(std::string_view bytes) : bytes_(bytes) {}
    std::string_view next() override { return std::exchange(bytes_, std::string_view{}); }

  private:
    std::string_view bytes_;
};

// Whole content in memory; for documents known to be small. False when the source failed or exceeds
// `bytes_max`.
bool read_all(ByteSource& source, std::uint64_t bytes_max, std::string& into);

enum class Fate : std::uint8_t {
    delivered,  // the peer has it, durably as far as it says
    retry,      // not now: unreachable, overloaded, half an answer
    rejected,   // never: the peer understood and said no
};

struct Outcome {
    Fate fate = Fate::retry;
    std::string detail{};     // for the record: no personal data, at most a line
    std::string peer_code{};  // the peer's own code, where it gave one
};

// Why an adapter or its peer will never take a document, in words for the one who sent it.
struct Rejection {
    model::Text what;  // is wrong
    model::Text next;  // who must do what
};

// Both languages stand in the detail, as the record keeps it and `fate` shows it; at most 511 bytes
// in all, as the C interface carries it.
Outcome rejected(const Rejection& rejection, std::string peer_code = {});

struct Delivery {
    const model::Authorized<model::Envelope>& envelope;
    model::PartyId recipient;
    std::uint64_t size = 0;
    model::Sha256 sha256{};
    std::uint32_t attempt = 1;
};

enum class AnswerFate : std::uint8_t { answered, unavailable, timeout, rejected };

struct Answer {
    AnswerFate fate = AnswerFate::unavailable;
    std::string media_type{};
    std::string body{};
    std::string detail{};
};

struct Health {
    bool reachable = false;
    std::string detail{};
};

class Adapter {
  public:
    virtual ~Adapter() = default;
    virtual Capabilities capabilities() const = 0;
    virtual Outcome deliver(const Delivery& delivery, ByteSource& body, Deadline deadline) = 0;
    virtual Answer ask(const model::Authorized<model::Envelope>& question, Deadline deadline) = 0;
    virtual Health probe(Deadline deadline) = 0;  // cheap, no side effect
};

}  // namespace sekisho::adapters
