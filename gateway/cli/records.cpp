// `consent record | withdraw | list` (同意), `admit`, `registrations` and `accesses`: what a party
// asks of a gateway about a person, as its JSON interface has it.
#include "adapters/documents/percent.h"
#include "gateway/cli/client.h"

namespace sekisho::cli {

namespace {

using documents::Json;

constexpr std::size_t kEvidenceBytesMost = 64 * model::limits::kKibibyte;

Json list_of(const std::string& text) {
    Json list = Json::array();
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        if (end > 0) list.push(Json::string(std::string{rest.substr(0, end)}));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return list;
}

Json person_of(const Options& given) {
    Json body = Json::object();
    body.set("insurer", given.text("--insurer")).set("insured", given.text("--insured"));
    return body;
}

void set_if(Json& body, const Options& given, std::string_view option, const char* member) {
    if (given.has(option)) body.set(member, given.text(option));
}

// Who stood there for the person (代理人), and by what right. False: one of the two was not said.
bool set_representative(Json& body, const Options& given) {
    if (given.has("--representative") != given.has("--basis")) return false;
    if (!given.has("--representative")) return true;
    Json representative = Json::object();
    representative.set("relation", given.text("--representative"))
        .set("basis", given.text("--basis"));
    body.set("representative", std::move(representative));
    return true;
}

int half_said(const Session& session) {
    return session.fail(kUsage, {.ja = "--representative と --basis は両方を指定してください",
                                 .en = "--representative and --basis belong together"});
}

struct Call {
    std::string_view method = "POST";
    std::string path;
    std::string body{};
};

// Answers are printed as they are; a person reads them by their names.
int carry_out(const Session& session, const Call& call) {
    auto settings = client_settings(session);
    if (!settings) return settings.error();
    const GatewayClient client{session, std::move(*settings)};
    std::vector<http::Header> headers{{"Content-Type", "application/json"}};
    if (session.options.has("--idempotency-key")) {
        headers.push_back({"Idempotency-Key", session.options.text("--idempotency-key")});
    }
    const auto answer = client.call(call.method, call.path, std::move(headers), call.body);
    if (!answer) return cannot_reach(session, answer.error());
    if (session.json()) {
        session.print(answer->json);
    } else if (answer->good()) {
        session.out() << documents::to_pretty(answer->json) << "\n";
    } else {
        session.out() << "拒否 / refused (" << answer->status << ")\n";
        print_problem(session.out(), answer->json);
    }
    return answer->good() ? kOk : kNo;
}

int search(const Session& session, const std::string& what) {
    Json body = person_of(session.options);
    set_if(body, session.options, "--actor", "actor");
    set_if(body, session.options, "--role", "role");
    return carry_out(session,
                     {.path = "/v1/" + what + "/search", .body = documents::to_text(body)});
}

int remove(const Session& session, const std::string& what) {
    const std::string& id = session.options.operands().front();
    return carry_out(
        session, {.method = "DELETE", .path = "/v1/" + what + "/" + documents::percent_encode(id)});
}

}  // namespace

int consent_record(const Session& session) {
    const Options& given = session.options;
    Json body = person_of(given);
    body.set("given", list_of(given.text("--given")))
        .set("refused", list_of(given.text("--refused")))
        .set("occasion", given.text("--occasion"))
        .set("explanation", given.text("--explanation"))
        .set("given_at", given.text("--given-at", model::to_rfc3339(session.world.clock.now())));
    set_if(body, given, "--actor", "actor");
    if (!set_representative(body, given)) return half_said(session);
    return carry_out(session, {.path = "/v1/consents", .body = documents::to_text(body)});
}

int consent_withdraw(const Session& session) {
    return remove(session, "consents");
}

int consent_list(const Session& session) {
    return search(session, "consents");
}

int registration_end(const Session& session) {
    return remove(session, "registrations");
}

int registration_list(const Session& session) {
    return search(session, "registrations");
}

int access_list(const Session& session) {
    return search(session, "accesses");
}

int admit_challenge(const Session& session) {
    Json body = Json::object();
    set_if(body, session.options, "--purpose", "purpose");
    return carry_out(session,
                     {.path = "/v1/admissions/challenge", .body = documents::to_text(body)});
}

int admit_card(const Session& session) {
    const std::string& file = session.options.operands().front();
    const auto evidence = session.world.files.read(file, kEvidenceBytesMost);
    if (!evidence) {
        return session.fail(kUsage, {.ja = file + ": 読めません", .en = file + ": cannot be read"});
    }
    auto body = documents::parse_json(*evidence);
    if (!body || !body->is_object()) {
        return session.fail(kUsage, {.ja = file + ": sekisho card sign の出力ではありません",
                                     .en = file + ": not what sekisho card sign printed"});
    }
    if (!set_representative(*body, session.options)) return half_said(session);
    return carry_out(session, {.path = "/v1/admissions", .body = documents::to_text(*body)});
}

int admit_document(const Session& session) {
    const Options& given = session.options;
    Json body = person_of(given);
    body.set("method", "document")
        .set("kind", given.text("--kind"))
        .set("actor", given.text("--actor"));
    if (!set_representative(body, given)) return half_said(session);
    return carry_out(session, {.path = "/v1/admissions", .body = documents::to_text(body)});
}

}  // namespace sekisho::cli
