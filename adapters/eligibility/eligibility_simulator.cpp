#include "adapters/eligibility/eligibility_simulator.h"

#include <array>
#include <utility>
#include <vector>

#include "adapters/ledger/calls.h"
#include "adapters/ledger/made_up_record.h"

namespace sekisho::eligibility_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

// Made up: one row of each kind that the institutions' side of the real system shows (薬剤, 診療,
// 健診).
constexpr std::array<ledger::MadeUpRow, 3> kMedicalRows{{
    {"medications", "prescribed_on", "2026-11-02", "medicine", "見本錠 5mg 1日1回"},
    {"treatments", "treated_on", "2026-11-02", "treatment", "見本処置"},
    {"checkups", "checked_on", "2026-06-10", "finding", "見本健診 異常なし"},
}};

struct Entry {
    Card card;
    std::optional<model::Person> person{};
};

// nullopt where one of them is no card, or its person no person.
std::optional<std::vector<Entry>> entries_in(std::string_view body) {
    const auto json = documents::parse_json(body);
    const Json* cards = json ? json->find("cards") : nullptr;
    if (cards == nullptr || !cards->is_array()) return std::nullopt;
    std::vector<Entry> entries;
    for (const Json& row : cards->items()) {
        auto card = card_in(row);
        auto person = peer::person_in(row);
        const bool is_nobodys = !row.find("insurer") && !row.find("insured");
        if (!card || (!person && !is_nobodys)) return std::nullopt;
        entries.push_back({std::move(*card), std::move(person)});
    }
    return entries;
}

}  // namespace

EligibilitySimulator::EligibilitySimulator(SimulatorFiles files, ledger::UplinkOptions uplink)
    : cards_(std::move(files.cards)),
      ledger_(std::move(files.documents)),
      carrier_("/systems/eligibility", "OQR-", ledger::HandOn::Key::handed_on, std::move(uplink)),
      connector_(*this, files.connector) {
    if (!files.connector.empty()) connector_.start();
}

HttpReply EligibilitySimulator::business_error() const {
    return ledger::error_reply("OQ-1001", "this question cannot be answered");
}

HttpReply EligibilitySimulator::answer_owner(const HttpCall& call) const {
    const auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const auto card = card_in(*json);
    if (!card) return ledger::error_reply("OQ-1002", "issuer or serial is missing");
    auto answer =
        Json::object().set("result", "ok").set("issuer", card->issuer).set("serial", card->serial);
    const auto person = cards_.owner_of(*card);
    if (!person) return ledger::json_reply(answer.set("owner", Json{}));
    answer.set("owner", Json::object()
                            .set("insurer", person->insurer.text())
                            .set("insured", person->insured.text()));
    return ledger::json_reply(answer);
}

HttpReply EligibilitySimulator::answer_medical(const HttpCall& call) const {
    auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const auto person = peer::person_in(*json);
    const auto evidence = json->string_at("cardEvidence");
    if (!person || !evidence) return ledger::error_reply("OQ-1002", "the person is missing");
    if (evidence->empty()) return ledger::error_reply("OQ-2001", "no card was shown at this visit");
    json->set("result", "ok");
    json->set("data", cards_.has_card(*person) ? ledger::made_up_records(*person, kMedicalRows)
                                               : Json::array());
    return ledger::json_reply(*json);
}

HttpReply EligibilitySimulator::take_document(const HttpCall& call) {
    auto document = ledger::read_event(call);
    if (!document) return ledger::error_reply("OQ-1002", "this is no event");
    if (!ledger::digest_matches(call))
        return ledger::error_reply("OQ-9002", "its digest does not match");
    document->attributes = ledger::attributes_to_hand_on(call);
    auto taken = ledger::names_of(*document);
    taken.set("result", "ok").set("receiptNumber", carrier_.number_of(*document));
    return ledger::reply_to(
        ledger_.receive(*document), ledger::json_reply(taken),
        ledger::error_reply("OQ-1009", "another document has this source and id"));
}

HttpReply EligibilitySimulator::take_cards(const HttpCall& call) {
    const auto entries = entries_in(call.body);
    if (!entries) return {400, {}, {}};
    for (const Entry& entry : *entries) {
        if (!cards_.put(entry.card, entry.person)) return {503, {}, {}};
    }
    return {204, {}, {}};
}

HttpReply EligibilitySimulator::state() const {
    auto state = ledger_.state();
    return ledger::json_reply(
        state.set("cards", Json::number(static_cast<std::int64_t>(cards_.size())))
            .set("cardQueries", Json::number(card_queries_.load()))
            .set("medicalQueries", Json::number(medical_queries_.load())));
}

HttpReply EligibilitySimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == kCardOwnersPath) {
        ++card_queries_;
        return answer_owner(call);
    }
    if (post && call.path == kMedicalPath) {
        ++medical_queries_;
        return answer_medical(call);
    }
    if (post && call.path == kDocumentsPath) return take_document(call);
    if (post && call.path == "/sim/cards") return take_cards(call);
    if (post && call.path == "/sim/hand-on") return carrier_.hand_on(ledger_);
    if (call.method == "GET" && call.path == "/eligibility/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state") return state();
    return {404, {}, {}};
}

}  // namespace sekisho::eligibility_adapter
