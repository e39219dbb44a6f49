// A zone at run time: what all connections of one listening address share.
//
// Constant after opening, but for the counters (atomics), the draining mark (atomic), the accounts
// and the gate (locked within) and the TLS terms, which are replaced whole when the server's
// certificate changes.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "adapters/locks/condition.h"
#include "gateway/listener/accounts.h"
#include "gateway/listener/connection_limits.h"
#include "gateway/listener/counters.h"
#include "gateway/listener/fair_gate.h"
#include "gateway/listener/service.h"
#include "gateway/listener/tls_context.h"
#include "gateway/listener/visitor.h"

namespace sekisho::listener {

// Tells whoever waits for a drain that a connection has gone.
struct Departures {
    locks::Mutex mutex{};
    locks::Condition one_left{};

    void announce() SEKISHO_EXCLUDES(mutex) {
        const locks::Lock lock{mutex};  // so that it cannot fall between a look and a wait
        one_left.notify_all();
    }
};

struct Zone {
    const model::ZoneName name;
    Service& service;
    const Judges& judges;
    tunnel::WayIn* const way;  // none: an open network
    const ConnectionLimits limits;
    Accounts accounts;
    FairGate gate;
    const std::optional<ServerCredentials> credentials;  // none: plain HTTP
    ZoneCounters& counters;
    const std::shared_ptr<Departures> departures;
    std::atomic<bool> draining{false};

    // Whether who speaks is known by a certificate.
    bool identifies() const {
        return credentials && credentials->clients == Clients::by_certificate;
    }

    std::shared_ptr<const TlsContext> terms() const {
        const locks::Lock lock{mutex_};
        return terms_;
    }

    void replace_terms(std::shared_ptr<const TlsContext> terms) {
        const locks::Lock lock{mutex_};
        terms_ = std::move(terms);
    }

    mutable locks::Mutex mutex_{};
    std::shared_ptr<const TlsContext> terms_ SEKISHO_GUARDED_BY(mutex_){};
};

}  // namespace sekisho::listener
