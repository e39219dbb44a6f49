#include "tests/unit/gateway/cli/cli_world.h"

#include <algorithm>

#include "gateway/platform/pki.h"

namespace sekisho::tests {

namespace {

// Of this world, which outlives whatever a test runs in it.
template <class Port>
std::shared_ptr<Port> borrowed(Port& port) {
    return {std::shared_ptr<void>{}, &port};
}

}  // namespace

std::string SeenRequest::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &http::Header::name);
    return found == headers.end() ? "" : found->value;
}

CliWorld::CliWorld() {
    (void)files.make_directories("/desk");
}

int CliWorld::run(const std::string& words) {
    std::vector<std::string> list;
    std::istringstream stream{words};
    for (std::string word; stream >> word;) list.push_back(word);
    return run_words(list);
}

int CliWorld::run_words(const std::vector<std::string>& words) {
    const auto call =
        [this](const http::Request& request) -> std::expected<http::Reply, http::Failure> {
        seen.push_back({.method = request.method,
                        .url = request.url,
                        .headers = request.headers,
                        .body = std::string{request.body}});
        if (unreachable || answers_.empty()) {
            return std::unexpected(
                http::Failure{.trouble = http::Trouble::unreachable, .detail = "refused"});
        }
        http::Reply reply = std::move(answers_.front());
        answers_.pop_front();
        return reply;
    };
    cli::World world{.files = files,
                     .clock = clock,
                     .random = random,
                     .out = out_,
                     .err = err_,
                     .terminal = terminal,
                     .serve =
                         [this](const std::string& file) {
                             served = file;
                             return 0;
                         },
                     .card_agent =
                         [this](const agent::AgentSettings& settings) {
                             agent = settings;
                             return 0;
                         },
                     .agent_folder = agent_folder,
                     .connect = [call](const http::ClientOptions&) -> cli::Call { return call; },
                     .card_readers = &readers,
                     .person = &person,
                     .machine = {.files = borrowed(files),
                                 .clock = borrowed(clock),
                                 .card_readers = borrowed(readers),
                                 .open_adapter = open_adapter}};
    return cli::run(words, world);
}

std::string CliWorld::a_client(const std::string& party) {
    const auto made = platform::issue({.common_name = party,
                                       .not_before = clock.now(),
                                       .not_after = clock.now() + std::chrono::days{1},
                                       .client_auth = true,
                                       .uris = {"urn:sekisho:party:" + party}},
                                      nullptr);
    (void)files.write_whole("/desk/client.pem", made->certificate_pem, 0644);
    return " --cert /desk/client.pem --key /desk/client.key --ca /desk/ca.pem "
           "--gateway https://gateway:8443/ ";
}

}  // namespace sekisho::tests
