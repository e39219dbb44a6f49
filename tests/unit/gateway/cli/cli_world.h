// A command line without a machine: files in memory, a fixed clock, texts for streams, a gateway
// that answers by script.
#pragma once

#include <deque>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/cli/cli.h"
#include "tests/support/card/fake_readers.h"
#include "tests/support/card/fake_terminal.h"
#include "tests/support/fake_world.h"

namespace sekisho::tests {

struct SeenRequest {
    std::string method;
    std::string url;
    std::vector<http::Header> headers;
    std::string body;
    std::string header(std::string_view name) const;  // empty: absent
};

class CliWorld {
  public:
    CliWorld();

    int run(const std::string& words);  // separated by spaces
    int run_words(const std::vector<std::string>& words);
    std::string out() const { return out_.str(); }
    std::string err() const { return err_.str(); }
    void forget() { out_.str(""), err_.str(""); }

    void will_answer(int status, std::string body) {
        answers_.push_back(http::Reply{.status = status, .body = std::move(body)});
    }
    // Files of a client of that party, and the options that name them.
    std::string a_client(const std::string& party);

    MemoryFiles files;
    FakeClock clock;
    SeededRandom random;
    FakeReaders readers;
    FakeTerminal person;
    bool terminal = false;
    bool unreachable = false;
    std::vector<SeenRequest> seen;
    std::string served;                         // the configuration `serve` was given
    std::optional<agent::AgentSettings> agent;  // what the card agent was given
    std::string agent_folder = "/home/agent";
    doctor::OpenAdapter open_adapter;  // none: no adapter can be loaded here

  private:
    std::ostringstream out_;
    std::ostringstream err_;
    std::deque<http::Reply> answers_;
};

}  // namespace sekisho::tests
