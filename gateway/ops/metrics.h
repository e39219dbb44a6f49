// Metrics in Prometheus' text form, gathered when they are asked for.
//
// Everything is read from counters that others keep; nothing here counts. No label holds anything
// of a person, and labels take few values: problem names, adapter names, zones, states.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gateway/exchange/counters.h"
#include "gateway/exchange/lanes.h"
#include "gateway/exchange/snapshot_source.h"
#include "gateway/identity/expiry_book.h"
#include "gateway/platform/memory_allowance.h"
#include "gateway/store/store.h"

namespace sekisho::ops {

// One zone's connections, as the listener counts them.
struct ZoneSample {
    std::string zone;
    std::uint64_t connections_open = 0;
    std::uint64_t connections_accepted = 0;
    std::uint64_t handshakes_completed = 0;
    std::uint64_t handshakes_refused = 0;
    std::uint64_t strangers = 0;             // of them: chains that end in no anchor
    std::uint64_t certificates_refused = 0;  // known, and answered by a 403
    std::uint64_t ways_refused = 0;          // past the tunnel, or by another's
    std::uint64_t requests = 0;
    std::uint64_t over_budget = 0;
    std::uint64_t turns_missed = 0;
};

struct MetricSources {
    const exchange::Counters& counters;
    const platform::MemoryAllowance& memory;
    store::Store& store;
    const exchange::Lanes& lanes;
    exchange::SnapshotSource& snapshots;
    std::function<std::vector<ZoneSample>()> zones;
    const identity::ExpiryBook& expiries;
    const platform::Clock& clock;
};

std::string render_metrics(const MetricSources& sources);

}  // namespace sekisho::ops
