// The deadlines and bounds of one connection, as values, so that tests can shorten them.
//
// The defaults are the published ones of routing/model/limits.h; what only this room needs is named
// here.
#pragma once

#include <chrono>
#include <cstddef>

#include "routing/model/limits.h"

namespace sekisho::listener {

// A closing connection reads on for so long, so that its last answer is not lost to a reset.
inline constexpr std::chrono::milliseconds kLingerDeadline{2000};
inline constexpr std::size_t kLingerBytesMax = model::limits::kMebibyte;
inline constexpr std::size_t kReadPieceBytes = 16 * model::limits::kKibibyte;  // a TLS record
// What one worker does for one connection before it looks at the others.
inline constexpr std::size_t kTurnBytesMax = model::limits::kMebibyte;
inline constexpr std::size_t kAcceptsPerTurnMax = 64;
inline constexpr std::chrono::milliseconds kAcceptPause{100};  // when descriptors have run out
// A chain is judged again after so long even when no list changed: certificates and lists expire.
inline constexpr std::chrono::seconds kStandingLife{60};

struct ConnectionLimits {
    std::chrono::milliseconds handshake = model::limits::kHandshakeDeadline;
    std::chrono::milliseconds head = model::limits::kHeadDeadline;
    std::chrono::milliseconds body_idle = model::limits::kBodyIdleDeadline;
    std::size_t body_bytes_per_second = model::limits::kBodyBytesPerSecondMin;
    std::chrono::milliseconds keep_alive = model::limits::kKeepAliveIdle;
    std::chrono::milliseconds write_idle = model::limits::kWriteIdleDeadline;
    std::chrono::milliseconds linger = kLingerDeadline;
    std::chrono::milliseconds turn = model::limits::kTurnDeadline;
    std::size_t connections_max = model::limits::kConnectionsPerZoneMax;  // for each zone
};

}  // namespace sekisho::listener
