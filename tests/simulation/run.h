// One run: a gateway, its senders, recipients and clock, in one thread from one seed. First a
// stretch of steps under faults, each step drawn by chance; then the faults stop and everything
// must come to rest.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/faulty_peer.h"
#include "tests/simulation/gateway_process.h"
#include "tests/simulation/letters.h"
#include "tests/simulation/mailbox_reader.h"

namespace sekisho::tests::simulation {

// What happened, so that one can see that something did.
struct Figures {
    std::size_t accepted = 0;
    std::size_t denied = 0;
    std::size_t unavailable = 0;
    std::size_t told = 0;
    std::size_t crashes = 0;
    std::size_t withdrawals = 0;
    std::size_t steps = 0;
    std::map<store::DeliveryState, std::size_t> ends{};  // of deliveries
};

struct Report {
    std::vector<std::string> complaints{};
    std::vector<std::string> trace{};
    std::string hash{};  // of the trace
    Figures figures{};
};

class Run {
  public:
    Run(const Rules& rules, const Options& options, std::uint64_t seed);
    Report go();

  private:
    struct Correspondence {
        Letter letter;
        std::size_t waiting = 0;  // requests that have no answer yet
        bool finished = false;    // accepted, denied or told
    };

    void step();
    void send_something();
    Letter something_new();
    Letter something_like(const Letter& earlier);
    void send(std::size_t which);
    void submit(exchange::Arrival arrival, Answered answered);
    void ask(exchange::Arrival arrival, Answered answered);
    void answer(Answered answered);
    void commit();
    void let_time_pass();
    void jump_clock();
    void pass_the_night();
    void withdraw_consent();
    void record_facts();
    void meanwhile(std::chrono::milliseconds time);
    void crash();
    void settle();
    void come_to_rest();
    bool is_at_rest();
    bool only_followers_wait();
    void read_store(StoreRead::Moment moment);
    std::uint64_t backlog() const;

    const Rules& rules_;
    Options options_;
    Chance chance_;
    Witness witness_;
    FakeClock clock_{kNow};
    SeededRandom random_;
    MemoryFiles files_;
    std::unique_ptr<StoreMedium> medium_;
    SimulatedStore store_;
    Recipients recipients_;
    PeerSurroundings around_peers_;
    exchange::Peers peers_;
    std::array<FaultyPeer*, 2> faulty_{};  // owned by peers_
    MailboxReader reader_;                 // the insurer's
    MailboxReader helpers_;                // of the office that units go to
    Surroundings around_;
    std::unique_ptr<GatewayProcess> gateway_;

    std::vector<Correspondence> letters_;
    std::map<Request, std::size_t> requests_;  // open ones, and whose letter
    Request next_request_ = 1;
    bool in_meanwhile_ = false;
    Figures figures_;
};

// The options of a seed: its faults tuned; SQLite for one in `kSqliteShare`, and for one more on a
// disk whose power is cut.
inline constexpr std::uint64_t kSqliteShare = 20;
Options options_of(std::uint64_t seed);

}  // namespace sekisho::tests::simulation
