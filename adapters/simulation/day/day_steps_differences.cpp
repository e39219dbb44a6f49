// F1 and F10: the differences that insurers send each day, by the API and from the municipality's
// own system.
#include "adapters/documents/samples.h"
#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_watch.h"

namespace sekisho::simulation {

using documents::Json;
using documents::LoadSample;

namespace {

Parcel a_load(const Day& day, const std::string& insurer, const std::string& type,
              const std::string& format, std::string body) {
    return {.id = day.fresh_id(insurer + "-" + type),
            .source = {model::PartyKind::insurer, insurer},
            .type = type,
            .media_type = "application/json",
            .format = format,
            .body = std::move(body)};
}

void send_by_api(Day& day) {
    LoadSample several{.insurer = "139980",
                       .insured = {"0000000001", "0000000002", "0000000003", "0000000006"},
                       .day = day.today(),
                       .history = day.history()};
    const LoadSample card_holders = several;
    // Nobody has written about the progress of 0000000002: a question about it finds nothing.
    several.insured = {"0000000001", "0000000003", "0000000006"};
    const auto send = [&](const std::string& flow, const std::string& what, const Parcel& parcel) {
        const bool card = parcel.type == "certification.card";  // goes to PMH too
        const std::string done =
            std::string{"system:platform delivered"} + (card ? ", system:pmh delivered" : "");
        day.file({flow, card ? "system:platform, system:pmh" : "system:platform", what}, kPublic,
                 parcel, "202");
        day.note({flow, "gateway", "fate"}, "insurer:139980", done,
                 fate_of(day, kPublic, parcel, done));
    };
    send("F1", "被保険者証, four persons",
         a_load(day, "139980", "certification.card", "card-json:1",
                documents::a_card_json(card_holders)));
    send("F1", "負担限度額認定証, four persons",
         a_load(day, "139980", "certification.limit-card", "limit-card-json:1",
                documents::a_limit_card_json(card_holders)));
    send("F1", "認定調査票, three persons",
         a_load(day, "139980", "certification.survey", "survey-json:1",
                documents::a_survey_json(several)));
    send("F10", "進捗状況, three persons",
         a_load(day, "139980", "certification.progress", "progress-json:1",
                documents::a_progress_json(several)));
}

void send_while_loading(Day& day) {
    const LoadSample sample{.insurer = "139956",
                            .insured = {"0000000007"},
                            .day = day.today(),
                            .history = day.history()};
    day.file(
        {"F1", "system:platform", "被保険者証, while loading"}, kPublic,
        a_load(day, "139956", "certification.card", "card-json:1", documents::a_card_json(sample)),
        "202");
}

void send_from_municipality(Day& day) {
    const GatewayReply reply = day.simulator("municipal").post("/sim/send-daily", "{}");
    const Json* results = reply.json.find("results");
    const bool all = results != nullptr && results->items().size() == 4;
    day.note({"F1", "municipal simulator", "is told to send its daily differences"}, "the day",
             "200, 4 documents", reply.words() + (all ? ", 4 documents" : ", not 4 documents"));
    if (results == nullptr) return;
    for (const Json& result : results->items()) {
        const std::string type{result.string_at("type").value_or("")};
        const auto status = result.integer_at("status").value_or(0);
        day.note({type == "certification.progress" ? "F10" : "F1", "system:platform", type},
                 "insurer:139964", "202", std::to_string(status),
                 status == 202 ? receipt_state(day, result) : ReceiptState::none);
    }
}

}  // namespace

void play_differences(Day& day) {
    send_by_api(day);
    send_from_municipality(day);
    send_while_loading(day);
}

}  // namespace sekisho::simulation
