#include "adapters/simulation/day/gateway_client.h"

#include "adapters/documents/percent.h"
#include "routing/model/event_type.h"

namespace sekisho::simulation {

namespace {

constexpr std::chrono::seconds kCallDeadline{15};
constexpr std::uint64_t kAnswerBytesMax = 16 * model::limits::kMebibyte;
constexpr std::string_view kProblemPrefix = "urn:sekisho:problem:";

std::string now_text() {
    return model::to_rfc3339(
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now()));
}

}  // namespace

std::string GatewayReply::problem() const {
    const auto type = json.string_at("type");
    if (status < 400 || !type || !type->starts_with(kProblemPrefix)) return {};
    return std::string{type->substr(kProblemPrefix.size())};
}

std::string GatewayReply::receipt() const {
    return std::string{json.string_at("receipt").value_or("")};
}

std::string GatewayReply::words() const {
    if (status == 0) return "no answer: " + trouble;
    const std::string name = problem();
    return std::to_string(status) + (name.empty() ? "" : " " + name);
}

GatewayClient::GatewayClient(std::string url, http::ClientOptions options)
    : url_(std::move(url)), client_(std::move(options)) {}

GatewayReply GatewayClient::exchange(http::Request request) {
    request.answer_bytes_max = kAnswerBytesMax;
    request.headers.push_back({"Accept-Language", "en"});
    auto reply = client_.send(request, std::chrono::steady_clock::now() + kCallDeadline);
    if (!reply)
        return {
            .status = 0,
            .trouble = std::string{to_string(reply.error().trouble)} + ", " + reply.error().detail};
    GatewayReply answer{.status = reply->status, .body = std::move(reply->body)};
    if (auto json = documents::parse_json(answer.body)) answer.json = std::move(*json);
    return answer;
}

std::vector<http::Header> GatewayClient::headers_of(const Parcel& parcel,
                                                    std::string_view type_prefix) const {
    std::vector<http::Header> headers;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty())
            headers.push_back({"ce-" + std::string{name}, documents::percent_encode(value)});
    };
    add("specversion", "1.0");
    add("id", parcel.id);
    add("source", to_source(parcel.source));
    add("type", std::string{type_prefix} + parcel.type);
    add("time", now_text());
    if (!parcel.format.empty()) add("dataschema", "urn:sekisho:format:" + parcel.format);
    if (parcel.person) {
        add("insurer", parcel.person->insurer.text());
        add("insured", parcel.person->insured.text());
    }
    add("businesskey", parcel.business_key);
    add("actor", parcel.actor);
    add("role", parcel.role);
    add("author", parcel.author);
    add("status", parcel.status);
    add("correlationid", parcel.correlation);
    add("visit", parcel.visit);
    if (!parcel.media_type.empty()) headers.push_back({"Content-Type", parcel.media_type});
    return headers;
}

GatewayReply GatewayClient::post_message(const Parcel& parcel) {
    return exchange({.method = "POST",
                     .url = url_ + "/v1/messages",
                     .headers = headers_of(parcel, model::kEventTypePrefix),
                     .body = parcel.body});
}

GatewayReply GatewayClient::post_question(const Parcel& parcel) {
    return exchange({.method = "POST",
                     .url = url_ + "/v1/queries",
                     .headers = headers_of(parcel, model::kQuestionTypePrefix)});
}

GatewayReply GatewayClient::get(const std::string& path) {
    return exchange({.url = url_ + path});
}

GatewayReply GatewayClient::remove(const std::string& path) {
    return exchange({.method = "DELETE", .url = url_ + path});
}

GatewayReply GatewayClient::post(const std::string& path, std::string_view json) {
    http::Request request{.method = "POST", .url = url_ + path, .body = json};
    if (!json.empty()) request.headers.push_back({"Content-Type", "application/json"});
    return exchange(std::move(request));
}

}  // namespace sekisho::simulation
