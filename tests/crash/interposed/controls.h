// One page of memory that a test and the gateway it started both have mapped: what the interposed
// calls do to the gateway. Plain words, no pointers; zero everywhere means that nothing is done.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace sekisho::tests {

// The moments between which a kill must make no difference. `fsync` is any of the database's files,
// `commit` the COMMIT of a group, `receipt` the answer to a sender, `send` a request to a peer,
// `acknowledgement` the peer's answer, `settle` the statement that settles a delivery and the
// commit after it.
enum class Point : std::uint32_t {
    none,
    write,
    fsync,
    commit,
    receipt,
    send,
    acknowledgement,
    settle
};
inline constexpr std::uint32_t kPoints = 7;

enum class Moment : std::uint32_t { before, after };

struct Controls {
    std::atomic<Point> point{Point::none};
    std::atomic<Moment> moment{Moment::before};
    std::atomic<std::int64_t> left{0};  // times it may still come there; at 0 it is killed
    std::atomic<bool> disk_full{false};
    std::atomic<std::int64_t> clock_ahead_ns{0};  // of the wall clock
};

inline constexpr auto kControlsVariable = "SEKISHO_TEST_CONTROLS";  // the file with the page

}  // namespace sekisho::tests
