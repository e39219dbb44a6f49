#include "gateway/counter/counter_service.h"

#include <algorithm>
#include <utility>

#include "adapters/documents/json.h"
#include "gateway/counter/page.h"

namespace sekisho::counter {

namespace {

using listener::Header;
using listener::Response;
using model::Problem;

constexpr std::string_view kOffice = "/counter/office.json";

class Shown final : public listener::Receiving {
  public:
    explicit Shown(Response response) : response_(std::move(response)) {}

    model::Result<void> append(std::string_view) override {
        return model::refuse(Problem::body_too_large);
    }
    void serve(listener::Responder responder) override { responder(std::move(response_)); }

  private:
    Response response_;
};

std::vector<Header> strict_headers(const std::string& card_agent) {
    return {{"Content-Security-Policy",
             "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
             "connect-src 'self' " +
                 card_agent + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "no-referrer"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cross-Origin-Resource-Policy", "same-origin"}};
}

std::unexpected<listener::TurnedAway> turn_away(Problem problem, std::vector<Header> headers = {}) {
    return std::unexpected(
        listener::TurnedAway{.refusal = {.problem = problem}, .headers = std::move(headers)});
}

const Page* page_at(std::string_view path) {
    const auto all = pages();
    const auto found = std::ranges::find(all, path, &Page::path);
    return found == all.end() ? nullptr : &*found;
}

bool is_here(std::string_view path) {
    return path == kCounterPath || path == kOffice || page_at(path) != nullptr;
}

std::string office_text(const model::PartyId& party, const CounterSettings& settings) {
    documents::Json office = documents::Json::object();
    office.set("party", model::to_string(party))
        .set("source", model::to_source(party))
        .set("name", settings.name_of ? settings.name_of(party) : std::string{})
        .set("card_agent", settings.card_agent);
    return documents::to_text(office);
}

}  // namespace

CounterService::CounterService(CounterSettings settings)
    : settings_(std::move(settings)), headers_(strict_headers(settings_.card_agent)) {}

Response CounterService::answer(std::string_view path, const model::Speaker& speaker) const {
    Response response{.headers = headers_};
    if (path == kCounterPath) {
        response.status = 308;
        response.headers.push_back({"Location", std::string{kCounterPath} + "/"});
    } else if (path == kOffice) {
        response.content_type = "application/json";
        response.body = office_text(speaker.party, settings_);
    } else if (const Page* page = page_at(path)) {
        response.content_type = page->media_type;
        response.body = page->body;
    }
    return response;
}

std::expected<std::unique_ptr<listener::Receiving>, listener::TurnedAway> CounterService::begin(
    const listener::RequestHead& head, const listener::Caller& caller) {
    if (!caller.speaker) return turn_away(Problem::party_unknown);
    if (!is_here(head.path)) return turn_away(Problem::not_found);
    if (head.method != "GET" && head.method != "HEAD") {
        return turn_away(Problem::method_not_allowed, {{"Allow", "GET, HEAD"}});
    }
    return std::make_unique<Shown>(answer(head.path, *caller.speaker));
}

}  // namespace sekisho::counter
