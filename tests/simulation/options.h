// What may go wrong, as probabilities, and how much is done. One run takes one Options and one
// seed; the same two give the same run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sekisho::tests::simulation {

// What a recipient behind an adapter makes of one delivery; the rest of the probability is that it
// takes it and says so.
struct PeerFaults {
    double rejects = 0.04;
    double unreachable = 0.15;    // a temporary failure
    double answer_lost = 0.08;    // taken, but the answer does not come back
    double handed_twice = 0.06;   // the network repeats the request
    double answers_late = 0.05;   // taken; the answer comes after the lease may have run out
    double never_answers = 0.03;  // not taken; the deadline passes
    double outage = 0.01;         // each step: goes away, or comes back
};

struct StoreFaults {
    double group_fails = 0.05;  // the commit of a whole group
    double queue_full = 0.01;   // each submission
    double unreadable = 0.005;  // each view
    double sync_fails = 0.002;  // each commit, where there is a disk: the store stops for good
};

struct GatewayFaults {
    double crashes = 0.006;              // each step, between any two tasks
    double crashes_at_commit = 0.004;    // each commit: before it, or after it before anyone knows
    double executor_full = 0.01;         // each task posted
    double clock_jumps = 0.01;           // each step: seconds to minutes, rarely beyond any expiry
    double consent_is_withdrawn = 0.01;  // each step
    double nights = 0.0015;              // each step: hours pass, often with a peer away
};

struct ReaderFaults {
    double forgets = 0.10;  // took it in, never acknowledges
    double is_late = 0.10;  // acknowledges when the lease may be over
    double returns = 0.10;  // not now: back into the mailbox
    double refuses = 0.03;  // never
};

struct SenderFaults {
    double repeats = 0.25;  // instead of something new: the same again
    double alters = 0.06;   // the same id, another document
    double renames = 0.05;  // the same document under another id
    double wrong = 0.12;    // something that must be refused
    double restamps = 0.3;  // a repeat says the present time
    double asks = 0.15;     // a question instead of a document
};

struct Faults {
    PeerFaults peers{};
    StoreFaults store{};
    GatewayFaults gateway{};
    ReaderFaults readers{};
    SenderFaults senders{};

    static Faults none();
    // Every kind left out, as it stands, or three times as likely, as the seed has it: runs where
    // one kind rules find what an even mixture hides.
    Faults tuned(std::uint64_t seed) const;
};

// Faults built into the world around the gateway, so that it can be seen that a checker complains.
struct Mutations {
    bool recipients_apply_twice = false;   // once-in-effect is lost
    bool store_confirms_failures = false;  // says "committed" of a group that failed
    bool log_loses_its_end = false;        // a restart finds the last leaf gone
    bool senders_see_refusals = false;     // an acceptance is told as a refusal
    bool readers_never_collect = false;    // also when all faults have stopped
    bool audit_is_deaf = false;            // the leaves of outcomes are not seen
};

enum class Medium : std::uint8_t { memory, sqlite, power };

struct Options {
    Faults faults{};
    Mutations mutations{};
    Medium medium = Medium::memory;
    bool gives_up_early = false;       // what is tried for long becomes a dead letter at once
    std::size_t steps = 450;           // under faults
    std::size_t letters_max = 24;      // new documents and questions
    std::size_t rounds_to_rest = 600;  // in these all queues must drain once the faults stopped
};

}  // namespace sekisho::tests::simulation
