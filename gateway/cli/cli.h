// The command line: one table of subcommands, one meaning for each exit code.
//
// `sekisho COMMAND [OPTION]... [OPERAND]...`. Every command has --help, and --json where it prints
// something. A command gets the world it may touch as ports and streams, so that tests run them
// without a disk, a clock or a network. What runs until it is told to end, or loads adapters, is
// not this room's: main hands it in (FromWiring). Single-threaded; nothing throws out of run().
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "adapters/http/http_client.h"
#include "gateway/agent/agent_settings.h"
#include "gateway/doctor/machine.h"
#include "gateway/platform/card_reader.h"
#include "gateway/platform/ports.h"
#include "gateway/platform/terminal.h"

namespace sekisho::cli {

enum ExitCode : int {
    kOk = 0,
    kNo = 1,           // the question was answered, and the answer is no
    kUsage = 2,        // the command line, the configuration or the keys are wrong
    kCannotReach = 3,  // no answer: a gateway or a store that cannot be reached
};

// Runs a gateway with this configuration file until it is told to end; its exit code.
using Serve = std::function<int(const std::string& config_file)>;

// Runs the card agent of this machine until it is told to end; its exit code.
using CardAgent = std::function<int(const agent::AgentSettings& settings)>;

struct FromWiring {
    Serve serve{};
    CardAgent card_agent{};
    doctor::OpenAdapter open_adapter{};
};

// One HTTPS exchange with a gateway, within its deadline.
using Call = std::function<std::expected<http::Reply, http::Failure>(const http::Request& request)>;

struct World {
    platform::Files& files;
    platform::Clock& clock;
    platform::Random& random;
    std::ostream& out;
    std::ostream& err;
    bool terminal = false;  // does `err` show to a human, so that a progress bar makes sense?
    Serve serve{};
    CardAgent card_agent{};
    std::string agent_folder{};  // where its certificate lies unless said otherwise; empty: unknown
    std::function<Call(const http::ClientOptions& options)> connect{};
    platform::CardReaders* card_readers = nullptr;
    platform::Terminal* person = nullptr;  // who can be asked for a password
    doctor::Machine machine{};             // the same ports, shared with what may outlive the call
};

// For main: the machine's own world.
int run(int argc, char** argv, const FromWiring& programs);
// The words after the program's name.
int run(const std::vector<std::string>& words, World& world);

}  // namespace sekisho::cli
