#include "tests/end_to_end/card/agent_desk.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

constexpr std::uint16_t kPort = 8449;  // in a network of the test's own
constexpr std::string_view kQuestion = "tries left: ";
constexpr std::string_view kCode = "pairing code: ";

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

// In the child; only what is safe between fork and exec.
[[noreturn]] void become(const std::vector<char*>& command) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execv(command[0], command.data());
    ::_exit(127);  // not exit(): a copy of the test must not run the test's own end
}

}  // namespace

AgentDesk::AgentDesk(const std::vector<std::string>& options) {
    std::vector<std::string> words{DemoGateway::program("sekisho"),
                                   "card",
                                   "agent",
                                   "--pages",
                                   "demo.sekisho.example=https://localhost:8443",
                                   "--folder",
                                   folder_ / "agent"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> command;
    command.reserve(words.size() + 1);
    for (std::string& word : words) command.push_back(word.data());
    command.push_back(nullptr);
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (pid_ == 0) become(command);
    BOOST_TEST_REQUIRE(pid_ > 0);
    ::fcntl(terminal_, F_SETFD, FD_CLOEXEC);
    ::fcntl(terminal_, F_SETFL, O_NONBLOCK);
    BOOST_TEST_REQUIRE(shows(kCode), seen_);
    BOOST_TEST_REQUIRE(eventually([this] { return answer({}).has_value(); }), seen_);
}

AgentDesk::~AgentDesk() {
    if (pid_ > 0) {
        signal(SIGKILL);
        wait();
    }
    ::close(terminal_);
}

void AgentDesk::read_terminal() {
    std::array<char, 1024> piece{};
    for (ssize_t count = 1; count > 0;) {
        count = ::read(terminal_, piece.data(), piece.size());
        if (count > 0) seen_.append(piece.data(), static_cast<std::size_t>(count));
    }
}

const std::string& AgentDesk::seen() {
    read_terminal();
    return seen_;
}

bool AgentDesk::shows(std::string_view text) {
    return eventually([&] { return seen().find(text) != std::string::npos; });
}

bool AgentDesk::asks_again_for_a_pin() {
    if (!eventually([this] { return count_of(seen(), kQuestion) > questions_; })) return false;
    ++questions_;
    // Throws away what was typed before it switched the echo off.
    return eventually([this] { return !echoes(); });
}

void AgentDesk::type(std::string_view text) const {
    const std::string line = std::string{text} + "\n";
    BOOST_TEST_REQUIRE(::write(terminal_, line.data(), line.size()) ==
                       static_cast<ssize_t>(line.size()));
}

bool AgentDesk::echoes() const {
    termios state{};
    return ::tcgetattr(terminal_, &state) == 0 && (state.c_lflag & ECHO) != 0;
}

std::string AgentDesk::code() {
    const std::size_t at = seen().rfind(kCode);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return seen_.substr(at + kCode.size(), 6);
}

std::optional<HttpAnswer> AgentDesk::answer(const PageCall& call) const {
    auto client = TlsClient::connect(kPort, {.authority_file = folder_ / "agent/card-agent.pem",
                                             .patience = std::chrono::seconds{60}});
    std::string request = call.method + " " + call.path + " HTTP/1.1\r\nHost: " + call.host +
                          "\r\nOrigin: " + call.origin + "\r\nConnection: close\r\n";
    if (!token_.empty()) request += "Authorization: Bearer " + token_ + "\r\n";
    for (const std::string& line : call.headers) request += line + "\r\n";
    if (call.method == "POST") {
        request += "Content-Type: application/json\r\nContent-Length: " +
                   std::to_string(call.body.size()) + "\r\n";
    }
    if (!client.connected() || !client.send(request + "\r\n" + call.body)) return std::nullopt;
    return client.read_answer();
}

std::string AgentDesk::text(const PageCall& call) const {
    const auto answered = answer(call);
    if (!answered) return "no answer";
    return std::to_string(answered->status) + " " + answered->body;
}

void AgentDesk::pair() {
    const auto answered =
        answer({.method = "POST", .path = "/pair", .body = "{\"code\":\"" + code() + "\"}"});
    BOOST_TEST_REQUIRE((answered && answered->status == 200));
    token_ = documents::parse_json(answered->body)->string_at("token").value();
}

std::future<std::string> AgentDesk::sign(const std::string& body) const {
    return std::async(std::launch::async, [this, body] {
        return text({.method = "POST", .path = "/sign", .body = body});
    });
}

std::string AgentDesk::signed_with(const std::string& body, std::string_view pin) {
    auto answer = sign(body);
    BOOST_TEST_REQUIRE(asks_again_for_a_pin(), seen_);
    type(pin);
    return answer.get();
}

void AgentDesk::signal(int number) const {
    ::kill(pid_, number);
}

int AgentDesk::wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

admission::Challenge demo_challenge(const std::string& gateway) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return {.instance = gateway,
            .party = {.kind = model::PartyKind::medical, .number = "1319900021"},
            .purpose = model::Purpose{"care"},
            .issued = now,
            .expires = now + std::chrono::minutes{5}};
}

std::string sign_body(const std::string& challenge_text) {
    return "{\"challenge\":\"" + documents::to_base64url(challenge_text) + "\"}";
}

}  // namespace sekisho::tests
