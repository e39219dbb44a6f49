// The real programs as a user starts them: `sekisho serve` and three simulators, in a folder of the
// test's own, on ports that were free a moment ago. Started and stopped, or killed, by their own
// process ids.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "adapters/http/curl_library.h"
#include "adapters/simulation/day/gateway_client.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

// A child process. Killed and waited for when it goes.
class Child {
  public:
    Child() = default;
    // `environment` is added to the caller's own, as NAME=VALUE.
    Child(const std::vector<std::string>& command, const std::string& output_file,
          std::vector<std::string> environment = {});
    ~Child();
    Child(Child&& other) noexcept : pid_(other.pid_) { other.pid_ = -1; }
    Child& operator=(Child&& other) noexcept;

    void signal(int number) const;
    int wait();  // its exit code; 128 + signal when it was killed
    bool running() const { return pid_ > 0; }
    bool has_ended();  // by itself, or was never started; does not wait
    pid_t pid() const { return pid_; }

  private:
    pid_t pid_ = -1;
};

struct Finished {
    int exit_code = 0;
    std::string output;  // standard output and error
};

// Of 127.0.0.1, a moment ago. Below the ports that Linux gives to who asks for none (32768 and up),
// so that no client's connection takes it before its server does, or while that is started anew.
std::uint16_t free_port();

Finished run_program(const std::vector<std::string>& command);

// Calls `done` until it is true, at most `tries` times a hundredth of a second apart; false when it
// never was.
template <class Done>
bool eventually(Done done, int tries = 3000);
void pause_briefly();

class DemoGateway {
  public:
    DemoGateway();  // keys, certificates, configuration, simulators; the gateway is not started yet
    ~DemoGateway();

    // In a rendered file of its configuration; before start(). Throws where `from` does not stand.
    void amend(const std::string& name, const std::string& from, const std::string& to);
    // Of the gateways that are started from now on, as NAME=VALUE.
    void set_environment(std::vector<std::string> environment);
    void start();          // returns when it is ready
    void lay_out_cards();  // the desk of the day: pcscd with two readers, a card on each
    void kill_gateway();   // SIGKILL
    int stop_gateway();    // SIGTERM; its exit code
    bool has_ended() { return gateway_.has_ended(); }
    void signal_gateway(int number) const { gateway_.signal(number); }
    pid_t gateway_pid() const { return gateway_.pid(); }
    void signal_simulators(int number) const;

    simulation::GatewayClient client(std::string_view zone, const std::string& party) const;
    simulation::GatewayClient simulator(const std::string& peer) const;  // its /sim/ calls
    std::string zone_url(std::string_view zone) const;
    std::uint16_t internet_port() const { return internet_port_; }
    std::uint16_t public_port() const { return public_port_; }
    std::string folder() const { return folder_.path(); }
    std::string file(const std::string& name) const { return folder_ / name; }
    static std::string modules() { return std::string{SEKISHO_BINARY_DIR} + "/modules"; }
    std::string config_file() const { return folder_ / "sekisho.json"; }
    std::string health(const std::string& path) const;  // body of a GET on the health listener

    static std::string program(const std::string& name);  // "sekisho", "sekisho-sim"

  private:
    void render_configuration();
    void start_simulator(const std::string& peer, const std::string& party);

    http::CurlLibrary curl_;
    TemporaryFolder folder_;
    std::uint16_t internet_port_;
    std::uint16_t eligibility_port_;
    std::uint16_t public_port_;
    std::uint16_t health_port_;
    std::vector<Child> simulators_;
    Child desk_;
    std::vector<std::string> environment_;
    Child gateway_;
};

template <class Done>
bool eventually(Done done, int tries) {
    for (int i = 0; i < tries; ++i) {
        if (done()) return true;
        pause_briefly();
    }
    return done();
}

}  // namespace sekisho::tests
