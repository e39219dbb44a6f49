// What a listener counts, by zone. Atomics; read by metrics at any time, from any thread.
//
// Refusals before identity are counted here and nowhere else: a stranger gets no record on disk.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>

#include "routing/model/identifiers.h"

namespace sekisho::listener {

struct ZoneCounters {
    model::ZoneName zone;
    std::atomic<std::uint64_t> accepted{0};         // connections
    std::atomic<std::uint64_t> over_cap{0};         // connections closed at once: too many open
    std::atomic<std::uint64_t> accept_failures{0};  // no descriptor left, and the like
    std::atomic<std::int64_t> open{0};
    std::atomic<std::uint64_t> handshakes{0};
    std::atomic<std::uint64_t> handshakes_refused{0};       // among them strangers
    std::atomic<std::uint64_t> strangers{0};                // chains that end in no anchor
    std::atomic<std::uint64_t> certificates_refused{0};     // known, and answered by a 403
    std::atomic<std::uint64_t> ways_refused{0};             // past the tunnel, or another's
    std::atomic<std::uint64_t> timeouts{0};                 // deadlines of any kind
    std::atomic<std::uint64_t> truncated{0};                // requests that never became whole
    std::atomic<std::uint64_t> over_budget{0};              // requests and connections: 429
    std::atomic<std::uint64_t> turns_missed{0};             // waited too long for a turn: 503
    std::array<std::atomic<std::uint64_t>, 6> responses{};  // by the first digit of the status
};

using ListenerCounters = std::deque<ZoneCounters>;

}  // namespace sekisho::listener
