// Whose delivery goes first: fair queueing of first attempts among the senders of a lane.
//
// Every delivery gets a turn when it is accepted, and a lane takes the earliest. A sender of whom
// nothing waits gets the present moment; each further one of his comes limits::kTurn later than the
// one before, divided by the sender's weight. So the turns of one who queues a million reach far
// ahead, and the only delivery of another is taken before them. A turn says who goes first, never
// when: where nobody else waits, what has a turn of tomorrow is taken now. A virtual clock (Zhang,
// 1990) that is forgotten for a sender once his last turn was taken. Not kept over a restart: what
// was queued before has its turns on disk. Thread-safe.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "adapters/locks/mutex.h"
#include "routing/model/instant.h"
#include "routing/model/limits.h"
#include "routing/model/party.h"

namespace sekisho::exchange {

class Turns {
  public:
    model::Instant next(const model::Via& via, const model::PartyId& source, model::Instant now,
                        std::uint32_t weight) {
        const locks::Lock lock{mutex_};
        tidy(now);
        const auto [last, is_first] = last_.try_emplace({via, source}, now);
        const Fine turn{model::limits::kTurn};
        if (!is_first)
            last->second = std::max(Time{now}, last->second + turn / std::max(weight, 1U));
        return std::chrono::floor<model::Duration>(last->second);
    }

    // What had this turn waits no more: its first attempt begins, or it was not accepted after all.
    void taken(const model::Via& via, const model::PartyId& source, model::Instant turn) {
        const locks::Lock lock{mutex_};
        const auto last = last_.find({via, source});
        const bool is_last =
            last != last_.end() && std::chrono::floor<model::Duration>(last->second) <= turn;
        if (is_last) last_.erase(last);
    }

  private:
    // Finer than what is stored: the turns of a sender with a large weight lie close together.
    using Fine = std::chrono::microseconds;
    using Time = std::chrono::sys_time<Fine>;

    // What expired before its turn leaves its sender here.
    void tidy(model::Instant now) SEKISHO_REQUIRES(mutex_) {
        if (last_.size() < tidied_at_) return;
        std::erase_if(last_, [&](const auto& entry) { return entry.second < now; });
        tidied_at_ = std::max(model::limits::kTurnsBeforeTidying, 2 * last_.size());
    }

    locks::Mutex mutex_;
    std::map<std::pair<model::Via, model::PartyId>, Time> last_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t tidied_at_ SEKISHO_GUARDED_BY(mutex_) = model::limits::kTurnsBeforeTidying;
};

}  // namespace sekisho::exchange
