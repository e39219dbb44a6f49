// Who waits at a mailbox: long polls, each a task to be run once when something comes or its time
// is over.
//
// Thread-safe. A waiter is run by whoever notifies, outside the lock; running it is cheap (it
// submits a Work). Its tasks are the exchange's: behind its end nobody notifies.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/platform/ports.h"
#include "routing/model/party.h"

namespace sekisho::exchange {

class MailboxWaiters {
  public:
    using Ticket = std::uint64_t;

    Ticket add(const model::PartyId& recipient, platform::Task task) {
        const locks::Lock lock{mutex_};
        const Ticket ticket = next_++;
        waiting_[recipient].emplace(ticket, std::move(task));
        return ticket;
    }

    // Takes the waiter out, for its time is over; nothing when it was notified already.
    platform::Task take(const model::PartyId& recipient, Ticket ticket) {
        const locks::Lock lock{mutex_};
        const auto of_recipient = waiting_.find(recipient);
        if (of_recipient == waiting_.end()) return {};
        auto node = of_recipient->second.extract(ticket);
        if (of_recipient->second.empty()) waiting_.erase(of_recipient);
        return node ? std::move(node.mapped()) : platform::Task{};
    }

    void notify(const model::PartyId& recipient) SEKISHO_EXCLUDES(mutex_) {
        std::map<Ticket, platform::Task> tasks;
        {
            const locks::Lock lock{mutex_};
            auto node = waiting_.extract(recipient);
            if (node) tasks = std::move(node.mapped());
        }
        for (auto& [ticket, task] : tasks) task();
    }

  private:
    locks::Mutex mutex_;
    Ticket next_ SEKISHO_GUARDED_BY(mutex_) = 1;
    std::unordered_map<model::PartyId, std::map<Ticket, platform::Task>> waiting_
        SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::exchange
