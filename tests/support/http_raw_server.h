// A server that answers with exactly the bytes it was given: for what no honest server would send.
//
// Plain HTTP on a free loopback port. Each connection is read until its request is whole, then gets
// the answer, then meets its end. Counts the requests and keeps the last one. Stops with its
// destructor.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "adapters/locks/mutex.h"

namespace sekisho::tests {

enum class RawEnd : std::uint8_t { close, reset, silence };

class RawServer {
  public:
    explicit RawServer(std::string answer, RawEnd end = RawEnd::close);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::uint16_t port() const { return port_; }
    std::string last_request() const;
    int requests() const { return requests_; }

  private:
    void serve();
    void serve_one(int connection);

    const std::string answer_;
    const RawEnd end_;
    int listener_ = -1;
    int stop_[2] = {-1, -1};
    std::uint16_t port_ = 0;
    mutable locks::Mutex mutex_;
    std::string last_request_ SEKISHO_GUARDED_BY(mutex_);
    std::atomic<int> requests_{0};
    std::thread thread_;
};

// A port on which nobody listens.
std::uint16_t closed_port();

}  // namespace sekisho::tests
