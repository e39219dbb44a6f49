// One party at one door of a gateway: the published interface as calls, the answers as values.
//
// What a vendor's software would do, with nothing of the gateway's own code: CloudEvents in HTTP
// headers, problem documents, receipts as text. Used by one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"
#include "adapters/http/http_client.h"
#include "routing/model/party.h"

namespace sekisho::simulation {

// A document on its way, or a question (then `body`, `media_type` and `format` are empty).
struct Parcel {
    std::string id;
    model::PartyId source;
    std::string type;  // without "jp.sekisho."
    std::optional<model::Person> person{};
    std::string media_type{};
    std::string format{};  // "ikensho-csv:1.1"
    std::string body{};
    std::string business_key{};
    std::string actor{};
    std::string role{};
    std::string author{};  // where the source carries it: "care-manager:1379900010"
    std::string status{};  // of a plan: "draft" or "agreed"
    std::string correlation{};
    std::string visit{};  // of a question: at which the person showed the card
};

struct GatewayReply {
    int status = 0;          // 0: no answer
    std::string trouble{};   // why there is none
    documents::Json json{};  // null where the body is not JSON
    std::string body{};

    std::string problem() const;  // "wrong-author"; empty where the answer is no problem
    std::string receipt() const;
    std::string words() const;  // "403 wrong-author", "202", "no answer: …"
};

class GatewayClient {
  public:
    GatewayClient(std::string url, http::ClientOptions options);

    GatewayReply post_message(const Parcel& parcel);
    GatewayReply post_question(const Parcel& parcel);
    GatewayReply get(const std::string& path);
    GatewayReply post(const std::string& path, std::string_view json);
    GatewayReply remove(const std::string& path);

  private:
    GatewayReply exchange(http::Request request);
    std::vector<http::Header> headers_of(const Parcel& parcel, std::string_view type_prefix) const;

    const std::string url_;
    http::HttpClient client_;
};

}  // namespace sekisho::simulation
