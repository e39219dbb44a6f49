// Load on one server, from one thread: many kept lines, one request each at a time.
//
// Closed loop (rate 0): every line asks again as soon as it is answered; gives the peak rate.
// Open loop: requests fall due at a fixed rate whatever the server does, and a latency counts from
// the moment a request was due, so that waiting for a free line is not hidden ("coordinated
// omission": G. Tene, "How NOT to Measure Latency").
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/tls_line.h"

namespace sekisho::bench {

using Seconds = std::chrono::duration<double>;

struct Load {
    Credentials credentials;
    std::uint16_t port = 0;
    std::size_t lines = 64;
    Seconds warm_up{1.0};
    Seconds duration{5.0};
    double rate = 0;  // requests per second; 0: closed loop
    std::function<std::string(std::uint64_t number)> request;  // whole, head and body
    bool reconnect = false;  // a new line, so a full handshake, for each request
};

struct Latencies {
    std::vector<double> milliseconds{};     // sorted
    double percentile(double share) const;  // 0.99; 0 when there are none
};

struct LoadResult {
    double rate = 0;  // answered with 2xx, per second
    std::uint64_t answered = 0;
    std::map<int, std::uint64_t> statuses{};  // -1: the line broke
    Latencies latencies{};
    std::string troubles() const;  // empty when every answer was 2xx
};

// Throws std::runtime_error where no line can be opened.
LoadResult run(const Load& load);

// `count` lines held open and idle, each asked now and then while the others open, and once at the
// end, so that no server has let one go. Opened by the constructor, closed by the destructor.
class IdleLines {
  public:
    IdleLines(const Credentials& credentials, std::uint16_t port, std::size_t count,
              const std::string& request);

    std::size_t open() const;

  private:
    Context context_;
    std::vector<std::unique_ptr<TlsLine>> lines_;
};

}  // namespace sekisho::bench
