// How a simulated peer sends documents of its own: to a gateway, by the published interface, with
// its own certificate.
//
// CloudEvents binary mode; `ce-specversion` and `ce-time` are added. One call after another; ends
// after 20 s each.
#pragma once

#include <string>
#include <vector>

#include "adapters/documents/json.h"
#include "adapters/http/http_client.h"

namespace sekisho::ledger {

struct UplinkOptions {
    std::string gateway_url{};  // empty: it sends nothing
    http::ClientOptions client{};
};

struct Dispatch {
    std::string id;
    std::string source;  // "/insurers/139964"
    std::string type;    // without "jp.sekisho."
    std::string format;  // "card-json:1"
    std::string media_type;
    std::string body;
    std::vector<http::Header> attributes{};  // further ones, without "ce-"
};

class Uplink {
  public:
    explicit Uplink(UplinkOptions options)
        : options_(std::move(options)), client_(options_.client) {}

    bool is_named() const { return !options_.gateway_url.empty(); }

    // What came back, for a control call's answer: {"type", "id", "sha256", "status", "receipt"};
    // status 0 and "trouble" where nothing did.
    documents::Json send(const Dispatch& dispatch, model::Instant now);

  private:
    const UplinkOptions options_;
    http::HttpClient client_;
};

}  // namespace sekisho::ledger
