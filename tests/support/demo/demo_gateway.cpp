#include "tests/support/demo/demo_gateway.h"

#include <array>
#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/simulation/ports_file.h"
#include "tests/support/config_files.h"

namespace sekisho::tests {

namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
}

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

std::string file_name_of(const std::string& party) {
    std::string name = party;
    replace_all(name, ":", "-");
    return name;
}

bool is_free(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const bool bound =
        ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return bound;
}

}  // namespace

std::uint16_t free_port() {
    constexpr std::uint32_t kFirst = 10240;
    constexpr std::uint32_t kCount = 32768 - kFirst;
    constexpr std::uint32_t kEach = 64;  // processes side by side begin at places of their own
    static std::atomic<std::uint32_t> next{static_cast<std::uint32_t>(::getpid()) * kEach};
    for (std::uint32_t tries = 0; tries < kCount; ++tries) {
        const auto port = static_cast<std::uint16_t>(kFirst + next++ % kCount);
        if (is_free(port)) return port;
    }
    throw std::runtime_error("no free port");
}

void pause_briefly() {
    ::poll(nullptr, 0, 10);
}

Child::Child(const std::vector<std::string>& command, const std::string& output_file,
             std::vector<std::string> environment) {
    for (char** own = environ; *own != nullptr; ++own) environment.emplace_back(*own);
    const std::vector<char*> arguments = pointers_to(command);
    const std::vector<char*> variables = pointers_to(environment);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // it does not outlive a test that is killed itself
    const int out = ::open(output_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(127);  // the child of a failed exec must not run the parent's exit handlers
}

Child::~Child() {
    if (pid_ <= 0) return;
    signal(SIGKILL);
    wait();
}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    return *this;
}

bool Child::has_ended() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    return pid_ <= 0;
}

void Child::signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
}

int Child::wait() {
    if (pid_ <= 0) return -1;
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Finished run_program(const std::vector<std::string>& command) {
    const TemporaryFolder folder;
    const std::string output = folder / "output";
    Child child{command, output};
    const int exit_code = child.wait();
    return {.exit_code = exit_code, .output = read_text(output)};
}

std::string DemoGateway::program(const std::string& name) {
    return std::string{SEKISHO_BINARY_DIR} + "/" + name;
}

DemoGateway::DemoGateway()
    : internet_port_(free_port()),
      eligibility_port_(free_port()),
      public_port_(free_port()),
      health_port_(free_port()) {
    for (const char* name : {"run", "logs", "state/platform", "state/municipal", "state/careplan",
                             "state/portal", "state/eligibility", "state/emr-sharing", "state/pmh",
                             "connector/req", "connector/res"}) {
        std::filesystem::create_directories(folder_ / name);
    }
    const auto made = run_program({program("sekisho"), "pki", "init", file("pki"), "--profile",
                                   std::string{SEKISHO_SOURCE_DIR} + "/certs/development.json",
                                   "--keys", file("keys")});
    if (made.exit_code != 0) throw std::runtime_error("pki init: " + made.output);
    start_simulator("platform", "system:platform");
    start_simulator("municipal", "insurer:139964");
    start_simulator("careplan", "system:careplan");
    start_simulator("portal", "system:portal");
    start_simulator("eligibility", "system:eligibility");
    start_simulator("emr-sharing", "system:emr-sharing");
    start_simulator("pmh", "system:pmh");
    render_configuration();
}

DemoGateway::~DemoGateway() = default;

void DemoGateway::start_simulator(const std::string& peer, const std::string& party) {
    const std::string client = file("pki/" + file_name_of(party));
    simulators_.emplace_back(std::vector<std::string>{program("sekisho-sim"),
                                                      peer,
                                                      "--listen",
                                                      "127.0.0.1:0",
                                                      "--line",
                                                      "127.0.0.1:0",
                                                      "--state",
                                                      file("state/" + peer),
                                                      "--ports",
                                                      file("ports.json"),
                                                      "--cert",
                                                      client + ".pem",
                                                      "--key",
                                                      client + ".key",
                                                      "--ca",
                                                      file("pki/server-ca.pem"),
                                                      "--gateway",
                                                      zone_url("public"),
                                                      "--client-cert",
                                                      client + ".pem",
                                                      "--client-key",
                                                      client + ".key",
                                                      "--client-ca",
                                                      file("pki/server-ca.pem"),
                                                      "--log-key",
                                                      file("pki/log.vkey"),
                                                      "--connector",
                                                      file("connector")},
                             file("logs/" + peer + ".log"));
    const bool up = eventually(
        [&] { return simulation::read_port(file("ports.json"), peer + "-line").value_or(0) != 0; });
    if (!up) throw std::runtime_error(read_text(file("logs/" + peer + ".log")));
}

void DemoGateway::render_configuration() {
    const auto url = [&](const char* peer) {
        return "https://127.0.0.1:" +
               std::to_string(*simulation::read_port(file("ports.json"), peer));
    };
    const auto rendered = run_program(
        {std::string{SEKISHO_SOURCE_DIR} + "/config/demo/render", folder(),
         "modules=" + std::string{SEKISHO_BINARY_DIR} + "/modules",
         "platform_url=" + url("platform"), "municipal_url=" + url("municipal"),
         "careplan_url=" + url("careplan"), "portal_url=" + url("portal"),
         "eligibility_url=" + url("eligibility"), "emr_sharing_url=" + url("emr-sharing"),
         "pmh_url=" + url("pmh"), "platform_line_url=" + url("platform-line")});
    if (rendered.exit_code != 0) throw std::runtime_error("render: " + rendered.output);
    std::string text = read_text(config_file());
    replace_all(text, "127.0.0.1:8443", "127.0.0.1:" + std::to_string(internet_port_));
    replace_all(text, "127.0.0.1:8444", "127.0.0.1:" + std::to_string(eligibility_port_));
    replace_all(text, "127.0.0.1:8445", "127.0.0.1:" + std::to_string(public_port_));
    replace_all(text, "127.0.0.1:9464", "127.0.0.1:" + std::to_string(health_port_));
    std::ofstream{config_file(), std::ios::binary} << text;
    const auto keys = run_program({program("sekisho"), "keys", "log", "--config", config_file()});
    if (keys.exit_code != 0) throw std::runtime_error("keys log: " + keys.output);
    std::ofstream{file("pki/log.vkey"), std::ios::binary} << keys.output;
}

void DemoGateway::amend(const std::string& name, const std::string& from, const std::string& to) {
    std::string text = read_text(file(name));
    if (text.find(from) == std::string::npos) throw std::runtime_error(name + " has no " + from);
    replace_all(text, from, to);
    std::ofstream{file(name), std::ios::binary} << text;
}

void DemoGateway::set_environment(std::vector<std::string> environment) {
    environment_ = std::move(environment);
}

void DemoGateway::signal_simulators(int number) const {
    for (const Child& simulator : simulators_) simulator.signal(number);
}

void DemoGateway::start() {
    gateway_ = Child{{program("sekisho"), "serve", "--config", config_file()},
                     file("logs/serve.log"),
                     environment_};
    const auto is_ready = [&] {
        return health("/readyz").find("\"ready\":true") != std::string::npos;
    };
    const bool settled = eventually([&] { return gateway_.has_ended() || is_ready(); });
    if (!settled || gateway_.has_ended())
        throw std::runtime_error("not ready: " + read_text(file("logs/serve.log")));
}

void DemoGateway::lay_out_cards() {
    const std::string pid = file("run/desk.pid");
    desk_ = Child{{program("sekisho-sim"), "desk", "--demo", folder(), "--pid", pid},
                  file("logs/desk.log")};
    const bool up = eventually([&] { return std::filesystem::exists(pid) || desk_.has_ended(); });
    if (!up || desk_.has_ended())
        throw std::runtime_error("no desk: " + read_text(file("logs/desk.log")));
}

void DemoGateway::kill_gateway() {
    gateway_.signal(SIGKILL);
    gateway_.wait();
}

int DemoGateway::stop_gateway() {
    gateway_.signal(SIGTERM);
    return gateway_.wait();
}

std::string DemoGateway::zone_url(std::string_view zone) const {
    const std::uint16_t port = zone == "internet"      ? internet_port_
                               : zone == "eligibility" ? eligibility_port_
                                                       : public_port_;
    return "https://127.0.0.1:" + std::to_string(port);
}

simulation::GatewayClient DemoGateway::client(std::string_view zone,
                                              const std::string& party) const {
    const std::string name = file("pki/" + file_name_of(party));
    return {zone_url(zone),
            {.certificate_file = name + ".pem",
             .key_file = name + ".key",
             .trust_file = file("pki/server-ca.pem")}};
}

simulation::GatewayClient DemoGateway::simulator(const std::string& peer) const {
    const auto port = simulation::read_port(file("ports.json"), peer).value_or(0);
    return {"https://127.0.0.1:" + std::to_string(port),
            {.certificate_file = file("pki/gateway.pem"),
             .key_file = file("pki/gateway.key"),
             .trust_file = file("pki/public-ca.pem")}};
}

std::string DemoGateway::health(const std::string& path) const {
    http::HttpClient client{{.plain_http = http::PlainHttp::loopback}};
    const auto reply =
        client.send({.url = "http://127.0.0.1:" + std::to_string(health_port_) + path},
                    std::chrono::steady_clock::now() + std::chrono::seconds{2});
    return reply ? reply->body : std::string{};
}

}  // namespace sekisho::tests
