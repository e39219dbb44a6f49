// Who empties a mailbox: collects, acts, acknowledges; or forgets to, returns, refuses, or is late.
// Lives on while the gateway goes down and comes back.
#pragma once

#include <vector>

#include "gateway/exchange/exchange.h"
#include "tests/simulation/recipients.h"
#include "tests/support/fake_world.h"

namespace sekisho::tests::simulation {

class MailboxReader {
  public:
    // Who heeds leases does not act on what was leased to it too long ago: it will come again, in
    // its place. Who does not may act late; for documents without an order that harms nobody.
    enum class Manner : std::uint8_t { acts_late, heeds_leases };

    MailboxReader(model::PartyId who, Chance& chance, const Options& options, FakeClock& clock,
                  Recipients& recipients, Witness& witness, Manner manner = Manner::acts_late)
        : manner_(manner),
          who_(std::move(who)),
          chance_(chance),
          options_(options),
          clock_(clock),
          recipients_(recipients),
          witness_(witness) {}

    void step(exchange::Exchange& gateway);
    void lose_connection() { collecting_ = false; }
    bool is_at_rest() const { return !collecting_ && holding_.empty(); }

  private:
    struct Held {
        model::MessageKey message;
        std::string content;
        std::string handle;
        model::Instant lease_until{};
        platform::Monotonic not_before{};
        bool is_late = false;
    };
    void collect(exchange::Exchange& gateway);
    void take(exchange::Collected collected);
    void act(exchange::Exchange& gateway, Held held);

    const Manner manner_;
    const model::PartyId who_;
    Chance& chance_;
    const Options& options_;
    FakeClock& clock_;
    Recipients& recipients_;
    Witness& witness_;
    bool collecting_ = false;
    std::vector<Held> holding_;
};

}  // namespace sekisho::tests::simulation
