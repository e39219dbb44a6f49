// sekisho-sim: one simulated peer, a desk with card readers, or the demo's day.
#include <cstdio>
#include <filesystem>
#include <signal.h>
#include <string>
#include <unistd.h>

#include "adapters/http/curl_library.h"
#include "adapters/simulation/card/virtual_desk.h"
#include "adapters/simulation/day/day_script.h"
#include "adapters/simulation/peers.h"
#include "adapters/simulation/ports_file.h"
#include "adapters/simulation/program/options.h"
#include "adapters/simulation/simulator_server.h"

namespace sekisho::simulation {

namespace {

enum ExitCode : int { kOk = 0, kNo = 1, kUsage = 2, kCannotReach = 3 };

int complain(const std::string& sentence, ExitCode code) {
    std::fprintf(stderr, "sekisho-sim: %s\n", sentence.c_str());
    return code;
}

// Blocked before any thread starts, so that every thread leaves them to the waiting main.
sigset_t block_endings() {
    sigset_t endings;
    sigemptyset(&endings);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGINT);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return endings;
}

// True where none was asked for.
bool write_pid(const Options& options) {
    return options.pid_file.empty() ||
           replace_file(options.pid_file, std::to_string(::getpid()) + "\n").has_value();
}

void remove_pid(const Options& options) {
    if (!options.pid_file.empty()) ::unlink(options.pid_file.c_str());
}

// Its port is told under that name.
int open_door(SimulatorServer& server, const Options& options, const std::string& name) {
    if (const auto started = server.start(); !started)
        return complain(started.error().detail.en, kCannotReach);
    if (options.ports_file.empty()) return kOk;
    const auto written = write_port(options.ports_file, name, server.port());
    return written ? static_cast<int>(kOk) : complain(written.error().detail.en, kUsage);
}

int serve(const Options& options) {
    const sigset_t endings = block_endings();
    const auto faults = FaultPlan::parse(options.fault);
    if (!faults) return complain(faults.error().detail.en, kUsage);
    if (!options.state_folder.empty()) {
        std::error_code error;
        std::filesystem::create_directories(options.state_folder, error);
        if (error) return complain("cannot make " + options.state_folder, kUsage);
    }
    const auto peer =
        make_peer(options.peer, {.state_folder = options.state_folder,
                                 .gateway_url = options.gateway,
                                 .client = {.certificate_file = options.client_certificate_file,
                                            .key_file = options.client_key_file,
                                            .trust_file = options.client_trust_file},
                                 .log_key_file = options.log_key_file,
                                 .connector_folder = options.connector_folder});
    if (!peer) return complain("there is no peer called " + options.peer, kUsage);
    ServerOptions served{.listen = options.listen,
                         .certificate_file = options.certificate_file,
                         .key_file = options.key_file,
                         .trust_file = options.trust_file,
                         .faults = *faults};
    SimulatorServer server(*peer, served);
    if (const int code = open_door(server, options, options.peer); code != kOk) return code;
    served.listen = options.line;
    SimulatorServer line(*peer, std::move(served));
    if (!options.line.empty()) {
        if (const int code = open_door(line, options, options.peer + "-line"); code != kOk)
            return code;
    }
    if (!write_pid(options)) return complain("cannot write " + options.pid_file, kUsage);
    std::printf("%s listening on %s\n", options.peer.c_str(), server.url().c_str());
    std::fflush(stdout);
    int caught = 0;
    sigwait(&endings, &caught);
    line.stop();
    server.stop();
    remove_pid(options);
    return kOk;
}

int keep_desk(const Options& options) {
    sigset_t endings = block_endings();
    sigaddset(&endings, SIGCHLD);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);
    const auto desk = VirtualDesk::open({.pki_folder = options.demo_folder + "/pki",
                                         .socket_folder = options.demo_folder + "/run/pcscd"});
    if (!desk) return complain("no desk: " + desk.error(), kCannotReach);
    if (!write_pid(options)) return complain("cannot write " + options.pid_file, kUsage);
    std::printf("two readers, a card on each\n");
    std::fflush(stdout);
    int caught = 0;
    do {
        sigwait(&endings, &caught);
    } while (caught == SIGCHLD && !(*desk)->has_ended());
    remove_pid(options);
    return caught == SIGCHLD ? complain("pcscd has ended", kCannotReach) : kOk;
}

}  // namespace

int run(std::span<const char* const> arguments) {
    const auto options = parse_options(arguments);
    if (!options) return complain(options.error() + "\nTry sekisho-sim --help.", kUsage);
    if (options->help) {
        std::fputs(std::string{usage()}.c_str(), stdout);
        return kOk;
    }
    const http::CurlLibrary curl;
    if (!curl.ready()) return complain("libcurl does not start", kCannotReach);
    if (options->peer == "day")
        return play_day({.demo_folder = options->demo_folder,
                         .quiet = options->quiet,
                         .without_cards = options->without_cards});
    if (options->peer == "desk") return keep_desk(*options);
    return serve(*options);
}

}  // namespace sekisho::simulation

int main(int count, char** arguments) {
    return sekisho::simulation::run(
        {arguments + 1, static_cast<std::size_t>(count > 0 ? count - 1 : 0)});
}
