// A line to a server of this machine, which can be cut and joined again, or go deaf: then what is
// asked arrives and no answer comes back.
//
// It relays bytes from a port of its own, in one thread that ends with it. cut() ends what is on
// the line and takes the port away, so that a caller is refused; join() takes the same port again.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace sekisho::tests {

class LineToCut {
  public:
    explicit LineToCut(std::uint16_t server);  // on 127.0.0.1; joined from the start
    ~LineToCut();
    LineToCut(const LineToCut&) = delete;
    LineToCut& operator=(const LineToCut&) = delete;

    std::uint16_t port() const { return port_; }
    void cut();
    void join();
    void go_deaf() { deaf_ = true; }  // until it is joined anew

  private:
    struct Call {
        int client = -1;
        int server = -1;
    };

    void relay(const std::stop_token& stop);
    void take_call(int listener);
    bool pass(int from, int to) const;

    const std::uint16_t server_;
    const std::uint16_t port_;
    std::atomic<bool> deaf_{false};
    std::vector<Call> calls_;  // of the thread
    std::jthread thread_;
};

}  // namespace sekisho::tests
