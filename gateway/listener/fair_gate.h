// Whose turn it is: requests of all parties of a zone share a number of places, and no party can
// take them from the others.
//
// A request that is to be worked on enters before its body is read and leaves with its answer.
// While places are free it is let in at once; then parties wait in line, each in its own, and free
// places go round the lines in turn, `weight` places for each round (weighted round robin). A party
// has at most its own share of the places, so that one is always near for the next. Who waits costs
// its head and nothing else: its body is still with the sender.
//
// Thread-safe. A Resume is called outside the gate's mutex, in the thread that left.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "adapters/locks/mutex.h"
#include "routing/model/budget.h"

namespace sekisho::listener {

class FairGate {
  public:
    using Ticket = std::uint64_t;
    using Resume = std::move_only_function<void()>;
    enum class Entry : std::uint8_t { admitted, waiting, full };

    explicit FairGate(const model::Budget& budget) : budget_(budget) {}

    // waiting: `resume` will be called when the place is there, unless given up before.
    Entry enter(const model::PartyId& party, Ticket ticket, Resume resume);
    void leave(const model::PartyId& party) SEKISHO_EXCLUDES(mutex_);
    // False: it waits no longer, the place is its own and leave() is owed.
    bool give_up(const model::PartyId& party, Ticket ticket);

    std::size_t in_progress() const;
    std::size_t waiting() const;

  private:
    struct Waiter {
        Ticket ticket = 0;
        Resume resume;
    };
    struct Line {
        std::size_t in_progress = 0;
        std::uint32_t credit = 0;  // places left in this round
        std::deque<Waiter> waiters{};
    };

    bool has_room(const model::PartyId& party, const Line& line) const SEKISHO_REQUIRES(mutex_);
    std::vector<Resume> let_in() SEKISHO_REQUIRES(mutex_);
    std::optional<Resume> next() SEKISHO_REQUIRES(mutex_);
    void forget_if_idle(const model::PartyId& party) SEKISHO_REQUIRES(mutex_);

    const model::Budget budget_;
    mutable locks::Mutex mutex_;
    std::unordered_map<model::PartyId, Line> lines_ SEKISHO_GUARDED_BY(mutex_);
    // Parties with somebody waiting, the next in turn first.
    std::deque<model::PartyId> round_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t in_progress_ SEKISHO_GUARDED_BY(mutex_) = 0;
    std::size_t waiting_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

}  // namespace sekisho::listener
