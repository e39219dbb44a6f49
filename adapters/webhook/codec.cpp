#include "adapters/webhook/codec.h"

#include "adapters/peer/verdict.h"

namespace sekisho::webhook_adapter {

using adapters::Fate;
using adapters::Outcome;
using documents::Json;

namespace {

constexpr peer::Dialect kDialect{.peer = "the receiver",
                                 .peer_ja = "受信先",
                                 .verdict = "result",
                                 .yes = "taken",
                                 .no = "refused",
                                 .code = "code"};

bool is_success(int status) {
    return status >= 200 && status <= 202;
}

}  // namespace

std::string acknowledgement(std::string_view source, std::string_view id, std::string_view sha256) {
    auto json = Json::object();
    json.set("result", std::string{kDialect.yes});
    json.set("source", std::string{source});
    json.set("id", std::string{id});
    json.set("sha256", std::string{sha256});
    return to_text(json);
}

std::string refusal(std::string_view code) {
    auto json = Json::object();
    json.set("result", std::string{kDialect.no});
    json.set("code", std::string{code});
    return to_text(json);
}

Outcome read_answer(const adapters::Delivery& delivery, int status, std::string_view body) {
    const std::string words = "HTTP " + std::to_string(status);
    const bool client_error = status >= 400 && status < 500;
    if (!is_success(status) && !client_error) return {Fate::retry, words, {}};
    const auto verdict = peer::read_verdict(kDialect, body);
    if (verdict && !verdict->yes) return peer::refused(kDialect, verdict->code);
    if (peer::is_final(status)) return peer::refused_by_status(kDialect, status);
    if (client_error) return {Fate::retry, words, {}};
    if (!verdict) return {Fate::retry, words + " without an acknowledgement", {}};
    if (!peer::names(verdict->json, delivery))
        return {Fate::retry, words + " with the acknowledgement of another event", {}};
    return {Fate::delivered, "acknowledged", {}};
}

}  // namespace sekisho::webhook_adapter
