// A client of a gateway: where it is, who speaks, and its answers as values and exit codes.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/commands.h"

namespace sekisho::cli {

struct ClientSettings {
    std::string gateway = "https://127.0.0.1:8443";
    http::ClientOptions options{};
    std::string source{};  // a CloudEvents source: "/medical/1319900021"
};

// From the options, else from --profile (paths relative to it); prints what is wrong.
std::expected<ClientSettings, int> client_settings(const Session& session);

// The party of a client certificate: its SAN URI urn:sekisho:party:… , read from the PEM of the
// leaf.
std::optional<model::PartyId> party_of_certificate(std::string_view pem);

struct GatewayAnswer {
    int status = 0;
    documents::Json json{};
    bool good() const { return status >= 200 && status < 300; }
};

class GatewayClient {
  public:
    GatewayClient(const Session& session, ClientSettings settings);

    const std::string& source() const { return settings_.source; }
    // Adds Accept and the address; an answer that is no JSON is no answer.
    std::expected<GatewayAnswer, http::Failure> call(std::string_view method,
                                                     const std::string& path,
                                                     std::vector<http::Header> headers = {},
                                                     std::string_view body = {}) const;

  private:
    ClientSettings settings_;
    Call call_;
};

using Attribute = std::pair<std::string_view, std::string>;
// Binary mode: `ce-` headers, percent-encoded; empty attributes are left out.
std::vector<http::Header> event_headers(const std::vector<Attribute>& attributes);

// One line for people: "SK-5011 insurer-not-connected: title. detail. next".
std::string problem_line(const documents::Json& problem);
void print_problem(std::ostream& out, const documents::Json& problem);  // with its located errors
// The located `errors` of a problem or `warnings` of an acceptance, a line each with its code; of a
// warning its title too.
void print_located(std::ostream& out, const documents::Json& answer, std::string_view member);

int cannot_reach(const Session& session, const http::Failure& failure);

}  // namespace sekisho::cli
