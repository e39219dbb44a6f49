// The delivery lanes: one for each adapter, so that a dead or slow destination is nobody else's
// trouble.
//
// A lane leases due deliveries from the store, hands each to its adapter on the deliverers (a
// bounded pool that may block), and settles the outcome with its leaf in one transaction. Failures
// come back after a back-off with full jitter within a retry budget; a run of them opens the
// circuit breaker; patience that ends, or the expiry, end in `dead` or `expired`, both on record. A
// poison message only ever delays itself. Of what was never tried every sender comes in turn
// (turns.h). The reader's right is decided again just before a
// delivery leaves. No thread of its own: it lives on the executor, the timer and the store's
// completions. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "gateway/exchange/counters.h"
#include "gateway/exchange/legs.h"
#include "gateway/exchange/mailbox_waiters.h"
#include "gateway/exchange/peers.h"
#include "gateway/exchange/queue.h"
#include "gateway/exchange/snapshot_source.h"
#include "gateway/platform/keyring.h"
#include "gateway/platform/log.h"
#include "gateway/platform/ports.h"
#include "gateway/store/sealing.h"
#include "gateway/store/store.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

struct LaneCollaborators {
    store::Store& store;
    SnapshotSource& snapshots;
    const platform::Keyring& keyring;
    const Peers& peers;
    platform::Clock& clock;
    platform::Random& random;
    platform::Timer& timer;
    platform::Executor& deliverers;
    platform::Log& log;
    Counters& counters;
    const Legs& legs;
    MailboxWaiters& waiters;
    store::Spool spool;
    std::chrono::milliseconds patience =
        model::limits::kPatience;  // before an undelivered one is a dead letter
};

struct LaneView {
    model::Via via;
    std::size_t in_flight = 0;
    bool breaker_open = false;
    model::ZoneName network{};  // that its way passes, where it is named
    path::Standing standing = path::Standing::unknown;
};

class Lane;
class Relief;

class Lanes {
  public:
    explicit Lanes(LaneCollaborators collaborators);  // a lane for each of the peers
    ~Lanes();

    void start();                   // looks for work left from before
    void wake(const Queue& queue);  // something is due: at a lane, or for who waits at a mailbox
    void relieve_silent();          // what waits at a silent leg goes by others, where it may
    void drain();                   // leases nothing more; what is in flight settles
    bool is_idle() const;
    std::vector<LaneView> views() const;

  private:
    LaneCollaborators with_;
    std::vector<std::shared_ptr<Lane>> lanes_;               // constant after construction
    std::map<model::Via, std::shared_ptr<Relief>> reliefs_;  // of each lane; the same
};

}  // namespace sekisho::exchange
