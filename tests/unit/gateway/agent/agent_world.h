// The agent's calls without a socket or threads: a request as its head and body, a reader with the
// card of nobody (its PIN is 1234), a terminal that types by script.
#pragma once

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <string>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "gateway/agent/agent_service.h"
#include "tests/support/card/fake_readers.h"
#include "tests/support/card/fake_terminal.h"
#include "tests/support/fake_world.h"

namespace sekisho::tests {

inline constexpr std::string_view kPage = "https://localhost:8443";
inline constexpr std::string_view kOtherPage = "https://window.sekisho.example";

// Made once for a process: four RSA keys take their time.
inline const JpkiContents& card_of_nobody() {
    static const JpkiContents contents = make_jpki_contents(FakeClock::kStart);
    return contents;
}

inline admission::Challenge a_challenge(const std::string& gateway = "demo.sekisho.example") {
    using namespace std::chrono_literals;
    return {.instance = gateway,
            .party = {.kind = model::PartyKind::medical, .number = "1319900021"},
            .purpose = model::Purpose{"care"},
            .issued = FakeClock::kStart,
            .expires = FakeClock::kStart + 5min};
}

inline std::string body_of(const admission::Challenge& challenge) {
    return "{\"challenge\":\"" + documents::to_base64url(text_of(challenge)) + "\"}";
}

// What is asked; the defaults are the page's own.
struct AgentCall {
    std::string method = "POST";
    std::string path = "/sign";
    std::string body{};
    std::string token{};
    std::vector<listener::Header> headers{{"host", "127.0.0.1:8449"},
                                          {"origin", std::string{kPage}},
                                          {"content-type", "application/json"}};
};

class KeptAgentReply final : public listener::ReplySink {
  public:
    void reply(std::uint64_t, listener::Response response) override {
        BOOST_REQUIRE(!kept);
        kept = std::move(response);
    }
    std::optional<listener::Response> kept{};
};

struct AgentWorld {
    VirtualJpkiCard card{card_of_nobody()};
    FakeReaders readers;
    FakeTerminal terminal;
    FakeClock clock;
    SeededRandom random;
    InlineExecutor desk;
    StepExecutor signer;
    agent::AgentSettings settings{
        .address = agent::LoopbackAddress::parse("127.0.0.1:8449").value(),
        .pages = agent::parse_pages("demo.sekisho.example=https://localhost:8443,"
                                    "other.sekisho.example=https://window.sekisho.example")
                     .value(),
        .folder = "/agent"};
    std::optional<agent::AgentService> service;

    AgentWorld() {
        readers.add("Reader A", &card);
        open();
    }

    void open() {
        service.emplace(agent::AgentService::Parts{.readers = readers,
                                                   .looking = readers,
                                                   .terminal = terminal,
                                                   .clock = clock,
                                                   .random = random,
                                                   .desk = desk,
                                                   .signer = signer},
                        settings);
        service->show_code();
    }

    std::shared_ptr<KeptAgentReply> send(const AgentCall& call) {
        listener::RequestHead head{
            .method = call.method, .target = call.path, .path = call.path, .headers = call.headers};
        if (!call.token.empty()) head.headers.push_back({"authorization", "Bearer " + call.token});
        auto begun = service->begin(head, {.zone = model::ZoneName{"card-agent"}});
        BOOST_REQUIRE(begun.has_value());
        auto reply = std::make_shared<KeptAgentReply>();
        BOOST_REQUIRE((*begun)->append(call.body).has_value());
        (*begun)->serve(listener::Responder{reply, 1});
        return reply;
    }

    // Sent, and everything that can happen happened.
    listener::Response answer(const AgentCall& call) {
        const auto reply = send(call);
        signer.run_all();
        BOOST_REQUIRE(reply->kept.has_value());
        return std::move(*reply->kept);
    }
    std::string text(const AgentCall& call) {
        const listener::Response response = answer(call);
        return std::to_string(response.status) + " " + response.body;
    }

    // What the terminal showed last.
    std::string code() const {
        constexpr std::string_view kLabel = "pairing code: ";
        return terminal.shown.substr(terminal.shown.rfind(kLabel) + kLabel.size(), 6);
    }
    std::string token() {
        const auto answered = answer({.path = "/pair", .body = "{\"code\":\"" + code() + "\"}"});
        BOOST_REQUIRE(answered.status == 200);
        return std::string{documents::parse_json(answered.body)->string_at("token").value()};
    }
    std::string sign(const admission::Challenge& challenge = a_challenge()) {
        return text({.body = body_of(challenge), .token = token()});
    }
};

inline std::string header_of(const listener::Response& response, std::string_view name) {
    for (const auto& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return {};
}

}  // namespace sekisho::tests
