#include "adapters/emr_sharing/emr_sharing_simulator.h"

#include <array>
#include <utility>
#include <vector>

#include "adapters/emr_sharing/codec.h"
#include "adapters/ledger/calls.h"
#include "adapters/ledger/made_up_record.h"

namespace sekisho::emr_sharing_adapter {

using adapters::HttpCall;
using adapters::HttpReply;
using documents::Json;

namespace {

// Made up: one row of each of the 6情報 (傷病名, アレルギー, 感染症, 薬剤禁忌, 検査, 処方) and one
// of the 3文書.
constexpr std::array<ledger::MadeUpRow, 7> kRows{{
    {"conditions", "found_on", "2024-04-08", "condition", "見本症"},
    {"allergies", "found_on", "2020-01-15", "allergy", "見本食品"},
    {"infections", "tested_on", "2026-11-02", "infection", "見本検査 陰性"},
    {"contraindications", "found_on", "2020-01-15", "medicine", "見本カプセル"},
    {"examinations", "tested_on", "2026-11-02", "finding", "見本値 基準内"},
    {"prescriptions", "prescribed_on", "2026-11-02", "medicine", "見本錠 5mg 1日1回"},
    {"documents", "written_on", "2026-09-30", "document", "退院時サマリー(見本)"},
}};

}  // namespace

HttpReply EmrSharingSimulator::business_error() const {
    return ledger::error_reply("ES-1001", "this question cannot be answered");
}

HttpReply EmrSharingSimulator::answer(const HttpCall& call) {
    auto json = documents::parse_json(call.body);
    if (!json) return {400, {}, {}};
    const auto person = peer::person_in(*json);
    const auto evidence = json->string_at("cardEvidence");
    if (!person || !evidence) return ledger::error_reply("ES-1002", "the person is missing");
    if (evidence->empty()) return ledger::error_reply("ES-2001", "no card was shown at this visit");
    const locks::Lock lock(mutex_);
    ++queries_;
    json->set("result", "ok");
    json->set("data",
              persons_.contains(*person) ? ledger::made_up_records(*person, kRows) : Json::array());
    return ledger::json_reply(*json);
}

HttpReply EmrSharingSimulator::take_persons(const HttpCall& call) {
    const auto json = documents::parse_json(call.body);
    const Json* rows = json ? json->find("persons") : nullptr;
    if (rows == nullptr || !rows->is_array()) return {400, {}, {}};
    std::vector<model::Person> persons;
    for (const Json& row : rows->items()) {
        auto person = peer::person_in(row);
        if (!person) return {400, {}, {}};
        persons.push_back(std::move(*person));
    }
    const locks::Lock lock(mutex_);
    persons_.insert(persons.begin(), persons.end());
    return {204, {}, {}};
}

HttpReply EmrSharingSimulator::state() const {
    const locks::Lock lock(mutex_);
    return ledger::json_reply(
        Json::object()
            .set("persons", Json::number(static_cast<std::int64_t>(persons_.size())))
            .set("queries", Json::number(queries_)));
}

HttpReply EmrSharingSimulator::handle(const HttpCall& call) {
    const bool post = call.method == "POST";
    if (post && call.path == kRecordsPath) return answer(call);
    if (post && call.path == "/sim/persons") return take_persons(call);
    if (call.method == "GET" && call.path == "/emr-sharing/v1/health") return {200, {}, "{}"};
    if (call.method == "GET" && call.path == "/sim/state") return state();
    return {404, {}, {}};
}

}  // namespace sekisho::emr_sharing_adapter
