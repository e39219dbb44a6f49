// What a card agent is told when it starts: where it listens, which pages may speak to it, and
// whose gateway each of them is.
//
// Text becomes these types once, on the command line. A LoopbackAddress is on the loopback of this
// machine or does not exist, so nothing else can be bound. A page is known by its origin (RFC 6454)
// as browsers write it: scheme, host in lower case, the port where it is not 443. It is compared to
// the letter, so only that form is taken. Each origin belongs to one gateway, by the name that this
// gateway's challenges give in `instance`.
// Errors are sentences for whoever typed them.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/card/jpki_card.h"
#include "routing/model/problem.h"

namespace sekisho::agent {

template <class T>
using Parsed = std::expected<T, model::Text>;

class LoopbackAddress {
  public:
    // "127.0.0.1:8449" or "[::1]:8449"; not 443, which browsers leave out of what they call it
    static Parsed<LoopbackAddress> parse(std::string_view text);

    const std::string& host() const { return host_; }  // "127.0.0.1", "::1"
    std::uint16_t port() const { return port_; }
    std::string origin() const;  // "https://127.0.0.1:8449"

  private:
    LoopbackAddress(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

    std::string host_;
    std::uint16_t port_;
};

inline constexpr std::string_view kDefaultAddress = "127.0.0.1:8449";

struct Page {
    std::string origin;   // "https://localhost:8443"
    std::string gateway;  // "demo.sekisho.example"
    friend bool operator==(const Page&, const Page&) = default;
};

// "demo.sekisho.example=https://localhost:8443", comma-separated; each origin once.
Parsed<std::vector<Page>> parse_pages(std::string_view text);

struct AgentSettings {
    LoopbackAddress address;
    std::vector<Page> pages;
    std::string folder;    // of the agent's own certificate and key
    std::string reader{};  // empty: the one on which a card lies
    card::LastTry last_try = card::LastTry::kept;
};

}  // namespace sekisho::agent
