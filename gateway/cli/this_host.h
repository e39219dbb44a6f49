// What this host can take in: the durable part of an acceptance, over and over, as the gateway does
// it: hash, seal, log, commit with fsync, sign the receipt. No network, no TLS, no format, no
// policy: those cost processor time only, this costs the disk too.
//
// Uses a store of its own in a new folder, which is gone afterwards. Runs `std::thread::
// hardware_concurrency()` threads beside the store's writer until it is done.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "gateway/platform/ports.h"
#include "routing/model/problem.h"

namespace sekisho::cli {

struct HostTrial {
    std::string folder;           // the store's will be made in it: it is its disk that counts
    std::uint64_t documents = 0;  // how many are taken in
    std::size_t document_bytes = 20'480;
};

struct HostFigures {
    std::uint64_t documents = 0;
    std::chrono::nanoseconds elapsed{};
    std::chrono::nanoseconds p99{};  // from the document to its receipt
};

// store_unavailable where the store cannot be made or stops.
model::Result<HostFigures> try_this_host(const HostTrial& trial, platform::Clock& clock,
                                         platform::Random& random);

}  // namespace sekisho::cli
