#include "gateway/listener/api_service.h"

#include <algorithm>
#include <array>

#include "adapters/documents/percent.h"
#include "gateway/listener/api_requests.h"

namespace sekisho::listener {

namespace {

using model::Problem;

// A path with one `*`, which stands for one segment.
struct Route {
    std::string_view method;
    std::string_view before;
    std::string_view after;  // with `named` only
    bool named = false;
    Begun (*begin)(const ApiCall&) = nullptr;
};

constexpr auto kRoutes = std::to_array<Route>({
    {"POST", "/v1/messages", "", false, begin_message},
    {"GET", "/v1/messages/", "", true, begin_fate},
    {"GET", "/v1/inbox", "", false, begin_inbox},
    {"POST", "/v1/inbox/", "/ack", true, begin_acknowledgement},
    {"POST", "/v1/inbox/", "/nack", true, begin_rejection},
    {"POST", "/v1/queries", "", false, begin_query},
    {"GET", "/v1/keys", "", false, begin_keys},
    {"GET", "/v1/openapi.json", "", false, begin_openapi},
});

// The named segment, or an empty one; nothing when the path is another.
std::optional<std::string_view> match(const Route& route, std::string_view path) {
    if (!route.named) {
        if (path != route.before) return std::nullopt;
        return std::string_view{};
    }
    const std::size_t fixed = route.before.size() + route.after.size();
    if (path.size() <= fixed || !path.starts_with(route.before) || !path.ends_with(route.after)) {
        return std::nullopt;
    }
    const std::string_view name = path.substr(route.before.size(), path.size() - fixed);
    if (name.find('/') != std::string_view::npos) return std::nullopt;
    return name;
}

std::unexpected<TurnedAway> wrong_method(std::string_view path) {
    std::string allowed;
    for (const Route& route : kRoutes) {
        if (!match(route, path)) continue;
        if (!allowed.empty()) allowed += ", ";
        allowed += route.method;
    }
    if (allowed.empty()) return turn_away({.problem = Problem::not_found});
    return std::unexpected(TurnedAway{.refusal = {.problem = Problem::method_not_allowed},
                                      .headers = {{"Allow", allowed}}});
}

}  // namespace

Begun ApiService::begin(const RequestHead& head, const Caller& caller) {
    if (!caller.speaker) return turn_away({.problem = Problem::party_unknown});
    for (const Route& route : kRoutes) {
        const auto name = match(route, head.path);
        if (!name || route.method != head.method) continue;
        const auto subject = documents::percent_decode(*name);
        if (!subject) return turn_away({.problem = Problem::not_found});
        return route.begin(
            {.world = world_, .head = head, .speaker = *caller.speaker, .subject = *subject});
    }
    return wrong_method(head.path);
}

void ApiService::note_refusal(const model::Speaker& speaker, const model::Refusal& refusal) {
    world_.exchange.note_refusal(speaker, refusal);
}

Response json_response(int status, const documents::Json& body, std::string content_type) {
    return {.status = status,
            .content_type = std::move(content_type),
            .body = documents::to_text(body)};
}

}  // namespace sekisho::listener
