// A simulated peer: what stands at the other end of an adapter in tests and in the demo.
//
// It sees one HTTP call at a time as a value and answers with one; sockets, TLS and faults are the
// business of adapters/simulation. A simulator keeps its own state, may be called from several
// threads at once and never throws. Besides the peer's own paths each simulator answers control
// calls under /sim/ (GET /sim/state: what it holds).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/party.h"

namespace sekisho::adapters {

struct HttpHeader {
    std::string name;
    std::string value;
    friend bool operator==(const HttpHeader&, const HttpHeader&) = default;
};

// The first header of that name, ASCII case aside; nullopt where there is none.
std::optional<std::string_view> find_header(const std::vector<HttpHeader>& headers,
                                            std::string_view name);

struct HttpCall {
    std::string method;
    std::string path;  // without the query; no personal data stands in it
    std::vector<HttpHeader> headers{};
    std::string body{};
    std::optional<model::PartyId> client{};  // the SAN party of the client's certificate
};

struct HttpReply {
    int status = 200;
    std::vector<HttpHeader> headers{};
    std::string body{};
};

class SimulatedPeer {
  public:
    virtual ~SimulatedPeer() = default;
    virtual HttpReply handle(const HttpCall& call) = 0;
    // What this peer says when it refuses for a reason of its own business; faults ask for it.
    virtual HttpReply business_error() const = 0;
    // A call that only opens the way for others: it meets no faults, so that those of the calls
    // that count are the same whether or not one logged in before.
    virtual bool is_login(const HttpCall&) const { return false; }
};

}  // namespace sekisho::adapters
