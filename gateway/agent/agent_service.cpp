#include "gateway/agent/agent_service.h"

#include <algorithm>
#include <utility>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"

namespace sekisho::agent {

namespace {

using documents::Json;
using listener::Header;
using listener::Receiving;
using listener::RequestHead;
using listener::Responder;
using listener::Response;

constexpr std::size_t kBodyBytesMax = 8 * model::limits::kKibibyte;
constexpr std::string_view kBearer = "Bearer ";

Response to_response(const std::expected<Json, AgentRefusal>& answer, const Page* page) {
    Response response{.status = answer ? 200 : status_of(answer.error().code),
                      .content_type = "application/json",
                      .body = documents::to_text(answer ? *answer : to_json(answer.error()))};
    if (page != nullptr) response.headers = headers_for(*page);
    return response;
}

Response to_response(Code code, const Page* page) {
    return to_response(std::unexpected(AgentRefusal{.code = code}), page);
}

// A request whose body is taken in whole, and then acted upon.
class Gathered final : public Receiving {
  public:
    using Act = std::move_only_function<void(const std::string& body, Responder responder)>;

    explicit Gathered(Act act) : act_(std::move(act)) {}

    std::uint64_t body_bytes_max() const override { return kBodyBytesMax; }
    model::Result<void> append(std::string_view piece) override {
        body_.append(piece);
        return {};
    }
    void serve(Responder responder) override { act_(body_, std::move(responder)); }

  private:
    Act act_;
    std::string body_;
};

std::unique_ptr<Receiving> answered(Response response) {
    return std::make_unique<Gathered>(
        [held = std::move(response)](const std::string&, Responder responder) mutable {
            responder(std::move(held));
        });
}

std::unique_ptr<Receiving> turned_away(Code code) {
    Response response = to_response(code, nullptr);
    response.close = true;
    return answered(std::move(response));
}

Response preflight(const RequestHead& head, const Page& page) {
    Response response{.status = 204, .headers = headers_for(page)};
    for (Header& header : preflight_headers(head)) response.headers.push_back(std::move(header));
    return response;
}

std::string_view method_of(std::string_view path) {
    if (path == "/status") return "GET";
    return path == "/pair" || path == "/sign" ? "POST" : "";
}

bool is_json(const RequestHead& head) {
    const std::string* type = only_value(head, "content-type");
    return type != nullptr && type->substr(0, type->find(';')) == "application/json";
}

std::string token_of(const RequestHead& head) {
    const std::string* value = only_value(head, "authorization");
    return value != nullptr && value->starts_with(kBearer) ? value->substr(kBearer.size()) : "";
}

std::optional<std::string> member_of(const std::string& body, std::string_view name) {
    const auto json = documents::parse_json(body);
    if (!json || json->members().size() != 1) return std::nullopt;
    const auto text = json->string_at(name);
    return text ? std::optional{std::string{*text}} : std::nullopt;
}

std::expected<admission::Challenge, AgentRefusal> challenge_of(const std::string& body,
                                                               const Page& page) {
    const auto text = member_of(body, "challenge");
    if (!text) return std::unexpected(AgentRefusal{.code = Code::unreadable});
    const auto bytes = documents::from_base64url(*text);
    auto challenge = bytes ? admission::read_challenge(*bytes) : std::nullopt;
    if (!challenge) return std::unexpected(AgentRefusal{.code = Code::not_a_challenge});
    if (challenge->instance != page.gateway) {
        return std::unexpected(AgentRefusal{.code = Code::other_gateway});
    }
    return std::move(*challenge);
}

// Runs `work` there and answers with what it gives; busy where there is no room.
template <class Work>
void run_on(platform::Executor& executor, const Page& page, Responder responder, Work work) {
    auto owed = std::make_shared<Responder>(std::move(responder));
    const bool posted = executor.post(
        [owed, &page, held = std::move(work)]() mutable { (*owed)(to_response(held(), &page)); });
    if (!posted) (*owed)(to_response(Code::busy, &page));
}

// Gives the place back when it goes, also where its work never ran.
struct GiveBack {
    void operator()(std::atomic<bool>* taken) const { *taken = false; }
};
using Turn = std::unique_ptr<std::atomic<bool>, GiveBack>;

}  // namespace

AgentService::AgentService(const Parts& parts, const AgentSettings& settings)
    : parts_(parts),
      reader_(settings.reader),
      door_(settings.address.port(), settings.pages),
      signing_({.readers = parts.readers, .terminal = parts.terminal, .clock = parts.clock},
               settings.reader, settings.last_try),
      pairing_(parts.random) {}

void AgentService::show_code() const {
    (void)parts_.terminal.show("接続の確認の数字 / pairing code: " + pairing_.code() + "\n");
}

std::expected<std::unique_ptr<Receiving>, listener::TurnedAway> AgentService::begin(
    const RequestHead& head, const listener::Caller&) {
    const auto asked = door_.who_asks(head);
    if (!asked) return turned_away(asked.error());
    const Page& page = **asked;
    const std::string_view method = method_of(head.path);
    if (method.empty()) return answered(to_response(Code::no_such_call, &page));
    if (head.method == "OPTIONS") return answered(preflight(head, page));
    if (head.method != method) return answered(to_response(Code::wrong_method, &page));
    const std::string token = token_of(head);
    if (head.path == "/status") {
        return std::make_unique<Gathered>(
            [this, &page, token](const std::string&, Responder responder) {
                status(page, token, std::move(responder));
            });
    }
    if (!is_json(head)) return answered(to_response(Code::unreadable, &page));
    if (head.path == "/pair") {
        return std::make_unique<Gathered>(
            [this, &page](const std::string& body, Responder responder) {
                pair(page, body, std::move(responder));
            });
    }
    if (!pairing_.knows(page.origin, token)) return answered(to_response(Code::unpaired, &page));
    return std::make_unique<Gathered>([this, &page](const std::string& body, Responder responder) {
        sign(page, body, std::move(responder));
    });
}

void AgentService::status(const Page& page, const std::string& token, Responder responder) {
    run_on(parts_.desk, page, std::move(responder),
           [this, &page, token] { return look(page, token); });
}

AgentService::Answer AgentService::look(const Page& page, const std::string& token) const {
    std::string_view state = "none";
    if (const auto list = parts_.looking.list()) {
        for (const platform::CardReader& each : *list) {
            if (!reader_.empty() && each.name != reader_) continue;
            if (each.has_card) state = "card";
            if (state == "none") state = "empty";
        }
    }
    return Json::object()
        .set("paired", Json::boolean(pairing_.knows(page.origin, token)))
        .set("reader", std::string{state});
}

void AgentService::pair(const Page& page, const std::string& body, Responder responder) {
    const auto code = member_of(body, "code");
    if (!code) return responder(to_response(Code::unreadable, &page));
    run_on(parts_.desk, page, std::move(responder),
           [this, &page, typed = *code] { return paired(page, typed); });
}

AgentService::Answer AgentService::paired(const Page& page, const std::string& code) {
    auto token = pairing_.pair(page.origin, code, parts_.clock.monotonic());
    if (token) {
        (void)parts_.terminal.show("接続しました / paired: " + page.origin + "\n");
    } else if (token.error().code == Code::too_many_codes) {
        return std::unexpected(token.error());
    }
    show_code();
    if (!token) return std::unexpected(token.error());
    return Json::object().set("token", std::move(*token));
}

void AgentService::sign(const Page& page, const std::string& body, Responder responder) {
    auto challenge = challenge_of(body, page);
    if (!challenge) return responder(to_response(std::unexpected(challenge.error()), &page));
    if (under_way_.exchange(true)) return responder(to_response(Code::busy, &page));
    run_on(parts_.signer, page, std::move(responder),
           [this, &page, turn = Turn{&under_way_}, asked = std::move(*challenge)]() mutable {
               auto answer = signed_by_card(page, asked);
               turn.reset();  // before the page knows, which may come with the next at once
               return answer;
           });
}

AgentService::Answer AgentService::signed_by_card(const Page& page,
                                                  const admission::Challenge& challenge) const {
    if (stop_.stop_requested()) return std::unexpected(AgentRefusal{.code = Code::cancelled});
    const auto evidence = signing_.sign(page, challenge, stop_.get_token());
    if (!evidence) return std::unexpected(evidence.error());
    return Json::object()
        .set("certificate", documents::to_base64(evidence->certificate))
        .set("signature", documents::to_base64(evidence->signature));
}

}  // namespace sekisho::agent
