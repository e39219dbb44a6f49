#include "adapters/ledger/uplink.h"

#include "adapters/documents/percent.h"
#include "adapters/ledger/received_ledger.h"
#include "routing/model/event_type.h"

namespace sekisho::ledger {

using documents::Json;

namespace {

constexpr std::chrono::seconds kSendDeadline{20};

http::Request request_of(const std::string& gateway, const Dispatch& dispatch, model::Instant now) {
    http::Request request{.method = "POST",
                          .url = gateway + "/v1/messages",
                          .headers = {{"ce-specversion", "1.0"},
                                      {"ce-id", dispatch.id},
                                      {"ce-source", dispatch.source},
                                      {"ce-type", model::event_type(dispatch.type)},
                                      {"ce-time", model::to_rfc3339(now)},
                                      {"ce-dataschema", "urn:sekisho:format:" + dispatch.format},
                                      {"Content-Type", dispatch.media_type}},
                          .body = dispatch.body};
    for (const auto& [name, value] : dispatch.attributes)
        request.headers.push_back({"ce-" + name, documents::percent_encode(value)});
    return request;
}

}  // namespace

Json Uplink::send(const Dispatch& dispatch, model::Instant now) {
    const auto reply = client_.send(request_of(options_.gateway_url, dispatch, now),
                                    std::chrono::steady_clock::now() + kSendDeadline);
    auto result = Json::object();
    result.set("type", dispatch.type);
    result.set("id", dispatch.id);
    result.set("sha256", sha256_hex(dispatch.body));
    result.set("status", Json::number(reply ? reply->status : 0));
    if (!reply) return result.set("trouble", std::string{to_string(reply.error().trouble)});
    if (const auto json = documents::parse_json(reply->body))
        result.set("receipt", std::string{json->string_at("receipt").value_or("")});
    return result;
}

}  // namespace sekisho::ledger
