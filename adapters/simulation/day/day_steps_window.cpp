// Consent and the person's own window: the insurer records a consent, an office reads, a hospital
// admits the person by card and reads, the person sees who looked (each entry proven by the log),
// takes the consent back, and they read no more. The person ends as the day found them: not asked,
// and not the hospital's.
#include <algorithm>

#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_watch.h"
#include "adapters/simulation/day/receipt_check.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::string_view kInsurer = "insurer:139980";
constexpr std::string_view kOffice = "care-manager:1379900010";
constexpr std::string_view kPortal = "system:portal";
constexpr std::string_view kPerson = R"("insurer":"139980","insured":"0000000003")";

std::string now_text() {
    return model::to_rfc3339(
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now()));
}

// One act of the person in the portal's simulator.
class PortalSession {
  public:
    explicit PortalSession(Day& day) : day_(day) {
        const GatewayReply reply = act("login", "{" + std::string{kPerson} + "}");
        session_ = reply.json.string_at("session").value_or("");
        day_.note({"window", "portal simulator", "the person logs in"}, "the person",
                  "200, a session",
                  reply.words() + (session_.empty() ? ", no session" : ", a session"));
    }

    Json asked(const std::string& what, const std::string& members = {}) {
        return act(what, R"({"session":")" + session_ + "\"" + members + "}").json;
    }

  private:
    GatewayReply act(const std::string& what, const std::string& body) {
        return day_.simulator("portal").post("/sim/" + what, body);
    }

    Day& day_;
    std::string session_;
};

// What the gateway said to the portal: "201", "403 no-consent".
std::string words_of(const Json& told) {
    const auto status = told.integer_at("status");
    if (!status) return "the portal did not ask";
    const auto problem = told.string_at("problem").value_or("");
    return std::to_string(*status) + (problem.empty() ? "" : " ") + std::string{problem};
}

// Its record's id; empty where it was not taken.
std::string record_consent(Day& day) {
    const std::string body =
        "{" + std::string{kPerson} +
        R"(,"given":["*"],"refused":[],"occasion":"new-certification","explanation":"2026-04",)" +
        R"("given_at":")" + now_text() + R"("})";
    const GatewayReply reply = day.door(kPublic, std::string{kInsurer}).post("/v1/consents", body);
    const bool verified = verify_signature(reply.receipt(), day.keys()).has_value();
    day.note({"consent", "gateway", "同意 of a person not asked before"}, std::string{kInsurer},
             "201", reply.words(), verified ? ReceiptState::verified : ReceiptState::none);
    const Parcel consent{.id = std::string{reply.json.string_at("message").value_or("")},
                         .source = {model::PartyKind::insurer, "139980"},
                         .type = "consent.record"};
    const std::string done = "system:platform delivered";
    day.note({"consent", "gateway", "fate of its copy"}, std::string{kInsurer}, done,
             fate_of(day, kPublic, consent, done));
    return std::string{reply.json.string_at("id").value_or("")};
}

void read_progress(Day& day, std::string_view tag, const std::string& expected) {
    const Parcel question{
        .id = day.fresh_id("window-ask-" + std::string{tag}),
        .source = {model::PartyKind::care_manager, "1379900010"},
        .type = "certification.progress",
        .person = model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000003"}},
        .actor = "kakehashi-01",
        .role = "care-manager"};
    day.ask({"consent", "system:platform", "progress of that person"}, question, expected);
}

bool is_among(const Json* rows, std::string_view office) {
    if (rows == nullptr) return false;
    return std::ranges::any_of(rows->items(), [office](const Json& row) {
        return row.string_at("party") == office && row.string_at("trouble") == "";
    });
}

void look_at_accesses(Day& day, PortalSession& portal, const Admission& admission) {
    const Json told = portal.asked("accesses");
    const Json* rows = told.find("accesses");
    const bool seen =
        is_among(rows, kOffice) && (!admission.was_played() || is_among(rows, Admission::kOffice));
    const bool proven =
        told.integer_at("unproven") == 0 && told.boolean_at("signed").value_or(false);
    day.note({"window", "gateway", "who looked, each proven by the log"}, std::string{kPortal},
             "200, all proven, all offices among them",
             words_of(told) + (proven ? ", all proven" : ", not all proven") +
                 (seen ? ", all offices among them" : ", without an office"));
}

void look_at_own_progress(Day& day, PortalSession& portal) {
    const Json told = portal.asked("ask", R"(,"type":"certification.progress")");
    const Json* data = told.find("data");
    const bool found = data != nullptr && !data->items().empty();
    day.note({"window", "system:platform", "the person's own progress"}, std::string{kPortal},
             "200, found", words_of(told) + (found ? ", found" : ", nothing found"));
}

void withdraw(Day& day, PortalSession& portal, const std::string& consent) {
    const auto take_back = [&](const std::string& what, const std::string& id,
                               const std::string& expected) {
        day.note({"window", "gateway", what}, std::string{kPortal}, expected,
                 words_of(portal.asked("withdraw", R"(,"id":")" + id + "\"")));
    };
    take_back("withdraws what is not the person's", "consent-0001", "404");
    take_back("withdraws the consent", consent, "201");
    take_back("withdraws it again", consent, "200");
}

}  // namespace

void play_window(Day& day) {
    const std::string consent = record_consent(day);
    read_progress(day, "permitted", "200");
    Admission admission(day);
    admission.play();
    PortalSession portal(day);
    look_at_own_progress(day, portal);
    look_at_accesses(day, portal, admission);
    withdraw(day, portal, consent);
    read_progress(day, "withdrawn", "403 no-consent");
    admission.play_end();
}

}  // namespace sekisho::simulation
