// The threads of the gateway, by name. Started here and nowhere else; stopped in the order asked
// for.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sekisho::wiring {

class Threads {
  public:
    using Body = std::function<void(const std::stop_token&)>;

    void start(const std::string& group, std::size_t count, const Body& body) {
        for (std::size_t i = 0; i < count; ++i) {
            threads_.emplace_back(
                group, std::jthread{[body](const std::stop_token& stop) { body(stop); }});
        }
    }

    // Asks the group to stop and waits for it.
    void stop(const std::string& group) {
        for (auto& [name, thread] : threads_) {
            if (name == group) thread.request_stop();
        }
        for (auto& [name, thread] : threads_) {
            if (name == group && thread.joinable()) thread.join();
        }
    }

  private:
    std::vector<std::pair<std::string, std::jthread>> threads_;
};

}  // namespace sekisho::wiring
