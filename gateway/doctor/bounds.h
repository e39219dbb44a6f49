// From which value on something is worth a warning, or is a fault: the doctor's own opinions. What
// the gateway itself holds to is in routing/model/limits.h. Bytes unless the name says otherwise.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "routing/model/limits.h"

namespace sekisho::doctor {

using namespace std::chrono_literals;

// Certificates: a renewal takes people, letters and weekends.
inline constexpr std::chrono::days kExpirySoon{30};
inline constexpr std::chrono::days kExpiryNear{7};
// The gateway's own keys (bodies, receipts, the log) have no end; one that signs for longer than
// this has been in too many hands' reach. Known so long ahead.
inline constexpr std::chrono::days kKeyOld{730};
inline constexpr std::chrono::days kKeyOldSoon{60};
// Revocation lists: published daily or so; with less than this left the next one is overdue.
inline constexpr auto kListNear = 24h;
// Clocks. From kClockSkewMax on the gateway refuses what peers send (routing/model/limits.h).
inline constexpr auto kSkewNoticed = 60s;
inline constexpr auto kSkewFault = model::limits::kClockSkewMax;
// One fsync: a spinning disk needs 20 ms. A commit waits for it, and senders wait for the commit.
inline constexpr auto kSyncSlow = 200ms;
inline constexpr std::size_t kScratchBytes = 64 * model::limits::kKibibyte;

// Room. The gateway has no mark of its own: a commit that finds none fails (503) until there is
// some. Below the first, a few of the largest documents and one write-ahead log fill what is left.
inline constexpr std::uint64_t kRoomFault =
    8 * model::limits::kBinaryBodyBytesMax + 256 * model::limits::kMebibyte;
inline constexpr std::uint64_t kRoomWarning = 4 * kRoomFault;
inline constexpr std::uint64_t kInodesFault = 1'000;
inline constexpr std::uint64_t kInodesWarning = 10'000;

// How long is waited for what.
inline constexpr auto kKnock = 3s;          // one listening address
inline constexpr auto kPeerClock = 3s;      // one peer's answer
inline constexpr auto kResponder = 5s;      // the OCSP responder's
inline constexpr auto kIkeList = 3s;        // the IKE daemon's certificates
inline constexpr auto kProbe = 5s;          // one adapter's peer
inline constexpr auto kProbeOverdue = 2s;   // what a module may be late by before it is given up
inline constexpr auto kStoreCheck = 5s;     // reading the database through
inline constexpr auto kStoreCounting = 3s;  // its rows
inline constexpr auto kAreaDeadline = 20s;  // an area, besides what it waits for peers
inline constexpr int kLastTry = 1;          // of a card's password
inline constexpr std::size_t kNamesShown = 10;  // of parties in one sentence
inline constexpr std::size_t kPeersShown = 50;  // IKE peers that need nothing; more are counted

}  // namespace sekisho::doctor
