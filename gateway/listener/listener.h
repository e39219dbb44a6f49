// The listener: zones of sockets, TLS and strict HTTP/1.1, each with the Service behind it.
//
// open() binds every zone (port 0: any free one) and starts to accept once workers run. Wiring
// starts the threads, each on run_worker(). drain() stops accepting and closes what is idle; what
// is in flight is answered with `Connection: close`; wait_drained() is the bound on it. The
// destructor closes the rest; workers must have ended by then. Services, trust, snapshots, clock
// and files outlive the Listener and every answer its services owe. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/exchange/snapshot_source.h"
#include "gateway/identity/expiry_book.h"
#include "gateway/identity/trust.h"
#include "gateway/listener/connection_limits.h"
#include "gateway/listener/counters.h"
#include "gateway/listener/service.h"
#include "gateway/listener/tls_context.h"
#include "gateway/platform/ports.h"
#include "gateway/tunnel/way_in.h"
#include "routing/model/budget.h"

namespace sekisho::listener {

struct ZoneSettings {
    model::ZoneName zone;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::optional<ServerCredentials> credentials{};  // none: plain HTTP, nobody is identified
    Service* service = nullptr;
    ConnectionLimits limits{};
    model::Budget budget{};
    tunnel::WayIn* way = nullptr;  // of a zone protected by more than TLS; outlives the Listener
};

struct ListenerWorld {
    identity::TrustSource& trust;
    exchange::SnapshotSource& snapshots;
    const platform::Clock& clock;
    platform::Files& files;
    identity::ExpiryBook* expiries = nullptr;  // none: nobody keeps them
};

class Listener {
  public:
    static model::Result<std::unique_ptr<Listener>> open(ListenerWorld world,
                                                         const std::vector<ZoneSettings>& zones);
    ~Listener();

    std::uint16_t port(const model::ZoneName& zone) const;  // 0: no such zone
    void run_worker(const std::stop_token& stop);

    // Reads certificates and keys anew; all or none are replaced. Open connections keep theirs.
    model::Result<void> reload_credentials();

    void drain();
    bool wait_drained(std::chrono::milliseconds longest) const;  // true: nothing is open any more

    const ListenerCounters& counters() const;

  private:
    struct State;
    explicit Listener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace sekisho::listener
