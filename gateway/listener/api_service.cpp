#include "gateway/listener/api_service.h"

#include <algorithm>
#include <array>

#include "adapters/documents/percent.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cross_site.h"

namespace sekisho::listener {

namespace {

using model::Problem;

// Behind `before` a path may name a thing: by one segment, or by all the rest of the path.
enum class Named : std::uint8_t { nothing, segment, rest };

struct Route {
    std::string_view method;
    std::string_view before;
    std::string_view after;  // of a segment only
    Named named = Named::nothing;
    Begun (*begin)(const ApiCall&) = nullptr;
};

constexpr auto kRoutes = std::to_array<Route>({
    {"POST", "/v1/messages", "", Named::nothing, begin_message},
    {"GET", "/v1/messages/", "", Named::segment, begin_fate},
    {"GET", "/v1/inbox", "", Named::nothing, begin_inbox},
    {"POST", "/v1/inbox/", "/ack", Named::segment, begin_acknowledgement},
    {"POST", "/v1/inbox/", "/nack", Named::segment, begin_rejection},
    {"POST", "/v1/queries", "", Named::nothing, begin_query},
    {"POST", "/v1/admissions/challenge", "", Named::nothing, begin_challenge},
    {"POST", "/v1/admissions", "", Named::nothing, begin_admission},
    {"POST", "/v1/consents", "", Named::nothing, begin_consent},
    {"DELETE", "/v1/consents/", "", Named::segment, begin_withdrawal},
    {"DELETE", "/v1/registrations/", "", Named::segment, begin_end_of_registration},
    {"POST", "/v1/consents/search", "", Named::nothing, begin_consent_search},
    {"POST", "/v1/registrations/search", "", Named::nothing, begin_registration_search},
    {"POST", "/v1/accesses/search", "", Named::nothing, begin_access_search},
    {"GET", "/v1/log/checkpoint", "", Named::nothing, begin_checkpoint},
    {"GET", "/v1/log/key", "", Named::nothing, begin_log_key},
    {"GET", "/v1/log/tile/", "", Named::rest, begin_tile},
    {"GET", "/v1/log/leaf", "", Named::nothing, begin_leaf},
    {"GET", "/v1/log/proof", "", Named::nothing, begin_inclusion},
    {"GET", "/v1/log/consistency", "", Named::nothing, begin_consistency},
    {"GET", "/v1/log/timestamp", "", Named::nothing, begin_timestamp},
    {"GET", "/v1/keys", "", Named::nothing, begin_keys},
    {"GET", "/v1/openapi.json", "", Named::nothing, begin_openapi},
});

// The named segment, or an empty one; nothing when the path is another.
std::optional<std::string_view> match(const Route& route, std::string_view path) {
    if (route.named == Named::nothing) {
        if (path != route.before) return std::nullopt;
        return std::string_view{};
    }
    const std::size_t fixed = route.before.size() + route.after.size();
    if (path.size() <= fixed || !path.starts_with(route.before) || !path.ends_with(route.after)) {
        return std::nullopt;
    }
    const std::string_view name = path.substr(route.before.size(), path.size() - fixed);
    const bool is_one = name.find('/') == std::string_view::npos;
    if (!is_one && route.named != Named::rest) return std::nullopt;
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
    if (is_cross_site(head)) return turn_away({.problem = Problem::cross_site});
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
