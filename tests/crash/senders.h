// Senders that never stop, and what they were promised.
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "adapters/locks/mutex.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

using Acknowledged = std::map<std::string, std::string>;  // receipts by message id

// Each opinion has a fresh id and request number; what was acknowledged is written down. Ids are
// fresh over all Senders of one prefix too.
class Senders {
  public:
    Senders(const DemoGateway& gateway, const std::string& prefix, int count = 4);
    ~Senders() { stop(); }
    Senders(const Senders&) = delete;
    Senders& operator=(const Senders&) = delete;

    void stop();
    Acknowledged acknowledged() const;
    bool wait_for(std::size_t count) const;       // acknowledged in all
    bool wait_for_more(std::size_t count) const;  // from now on
    std::size_t refused() const { return refused_; }

  private:
    void send(simulation::GatewayClient& client, const std::string& id_begin);

    mutable locks::Mutex mutex_;
    Acknowledged acknowledged_ SEKISHO_GUARDED_BY(mutex_);
    std::atomic<std::size_t> refused_{0};
    std::vector<std::jthread> threads_;
};

// Checks, of a gateway that runs and recovers: each was delivered, once in effect, and its fate is
// told (of very many: of some).
void check_promises(const DemoGateway& gateway, const Acknowledged& acknowledged);

// Stops it as an administrator does, and has the whole log verified.
void check_log(DemoGateway& gateway);

}  // namespace sekisho::tests
