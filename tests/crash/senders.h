// Senders that never stop, and what they were promised.
//
// One in four is a care manager that sends units with an order, every third of them so large that
// it is spooled; the others are a clinic that sends opinions.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "adapters/locks/mutex.h"
#include "tests/crash/promises.h"

namespace sekisho::tests {

// Each document has a fresh id and bytes of its own; what is sent is written down, and its receipt.
// Ids are fresh over all Senders of one prefix too.
class Senders {
  public:
    Senders(const DemoGateway& gateway, const std::string& prefix, int count = 4);
    ~Senders() { stop(); }
    Senders(const Senders&) = delete;
    Senders& operator=(const Senders&) = delete;

    void stop();
    SentById sent() const;
    std::size_t acknowledged() const { return acknowledged_; }
    bool wait_for(std::size_t count) const;       // acknowledged in all
    bool wait_for_more(std::size_t count) const;  // from now on
    std::size_t refused() const { return refused_; }

  private:
    void send(simulation::GatewayClient& client, const simulation::Parcel& parcel, Sent sent);

    mutable locks::Mutex mutex_;
    SentById sent_ SEKISHO_GUARDED_BY(mutex_);
    std::atomic<std::size_t> acknowledged_{0};
    std::atomic<std::size_t> refused_{0};
    std::vector<std::jthread> threads_;
};

}  // namespace sekisho::tests
