// A server that answers with exactly the bytes it was given: for what no honest server would send.
//
// On a free loopback port; over plain HTTP, or over TLS where it was given a certificate. Either
// each connection is read until its request is whole, gets the one answer and meets its end; or
// answers are made of requests and the connection is kept. One connection after the other. Counts
// connections and requests and keeps the last one. Stops with its destructor.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/locks/mutex.h"

namespace sekisho::tests {

enum class RawEnd : std::uint8_t { close, reset, silence, keep };

// What is written after a request: each piece by itself, over TLS as a record of its own. None: the
// connection ends. Called by the server's thread.
using RawAnswers = std::function<std::vector<std::string>(const std::string& request)>;

struct RawTls {
    std::string certificate_file{};  // empty: plain HTTP
    std::string key_file{};
};

class RawServer {
  public:
    explicit RawServer(const std::string& answer, RawEnd end = RawEnd::close);
    explicit RawServer(RawAnswers answers, const RawTls& tls = {});  // keeps its connections
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    std::string url() const {
        return (context_ == nullptr ? "http" : "https") + std::string{"://127.0.0.1:"} +
               std::to_string(port_);
    }
    std::uint16_t port() const { return port_; }
    std::string last_request() const;
    int connections() const { return connections_; }
    int requests() const { return requests_; }
    void wait_until_answered(int requests) const;  // with all pieces

  private:
    class Channel;

    RawServer(RawAnswers answers, const RawTls& tls, RawEnd end);
    void serve();
    void serve_one(Channel& channel);
    std::string read_request(Channel& channel) const;

    const RawAnswers answers_;
    const RawEnd end_;
    void* context_ = nullptr;  // SSL_CTX; null: plain
    int listener_ = -1;
    int stop_[2] = {-1, -1};
    std::uint16_t port_ = 0;
    mutable locks::Mutex mutex_;
    std::string last_request_ SEKISHO_GUARDED_BY(mutex_);
    std::atomic<int> connections_{0};
    std::atomic<int> requests_{0};
    std::atomic<int> answered_{0};
    std::thread thread_;
};

// A port on which nobody listens.
std::uint16_t closed_port();

}  // namespace sekisho::tests
