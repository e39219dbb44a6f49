// `sekisho card agent` as a person starts it: the real program at a terminal of its own, which the
// test sits at; and the page of its list, as a browser would call for it.
//
// Ended by its own process id. What the terminal shows is read as it comes and kept whole.
#pragma once

#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "gateway/admission/challenge.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tls_client.h"

namespace sekisho::tests {

struct PageCall {
    std::string method = "GET";
    std::string path = "/status";
    std::string body{};
    std::string host = "127.0.0.1:8449";
    std::string origin = "https://localhost:8443";
    std::vector<std::string> headers{};  // whole lines
};

class AgentDesk {
  public:
    // Returns when it is ready.
    explicit AgentDesk(const std::vector<std::string>& options = {});
    ~AgentDesk();
    AgentDesk(const AgentDesk&) = delete;
    AgentDesk& operator=(const AgentDesk&) = delete;

    // The terminal
    const std::string& seen();               // all that it has shown
    bool shows(std::string_view text);       // soon
    bool asks_again_for_a_pin();             // soon, since it was last asked, and without an echo
    void type(std::string_view text) const;  // with its Enter
    bool echoes() const;
    std::string code();  // of the pairing, as it was shown last

    // The page
    std::optional<HttpAnswer> answer(const PageCall& call) const;
    std::string text(const PageCall& call) const;  // "200 {...}"
    void pair();
    // Asks for a signature; it is answered once somebody has typed at the terminal.
    std::future<std::string> sign(const std::string& body) const;
    std::string signed_with(const std::string& body, std::string_view pin);

    void signal(int number) const;
    int wait();  // its exit code; 128 + signal when it was killed
    std::string file(const std::string& name) const { return folder_ / name; }

  private:
    void read_terminal();

    TemporaryFolder folder_;
    pid_t pid_ = -1;
    int terminal_ = -1;
    std::string seen_;
    std::size_t questions_ = 0;  // for a PIN, that were met
    std::string token_;
};

admission::Challenge demo_challenge(const std::string& gateway = "demo.sekisho.example");
std::string sign_body(const std::string& challenge_text);

}  // namespace sekisho::tests
