#include "adapters/documents/profile_rules.h"

#include <algorithm>
#include <set>

namespace sekisho::documents {

namespace {

using model::Problem;

// A deleted history says only which one it is.
bool is_deleted(const Json& record) {
    return record.boolean_at("deleted").value_or(false);
}

// 要支援 and 要介護 are certified for a period; 非該当 and 事業対象者 are not.
bool has_certified_period(std::string_view care_level) {
    return care_level != "01" && care_level != "06";
}

}  // namespace

void check_card(const Json& record, ProfileReading& reading) {
    reading.check_date(record, "lost_on");
    reading.check_days(record, "certified_from", "certified_until");
    reading.check_days(record, "ratio_from", "ratio_until");
    if (is_deleted(record)) return;
    reading.require(record, "care_level");
    const auto level = record.string_at("care_level");
    if (level && has_certified_period(*level)) {
        reading.require(record, "certified_from");
        reading.require(record, "certified_until");
    }
    if (record.find("burden_ratio") == nullptr) return;
    reading.require(record, "ratio_from");
    reading.require(record, "ratio_until");
}

void check_limit_card(const Json& record, ProfileReading& reading) {
    reading.check_days(record, "valid_from", "valid_until");
    if (is_deleted(record)) return;
    reading.require(record, "stage");
    reading.require(record, "valid_from");
    reading.require(record, "valid_until");
}

void check_survey(const Json& record, ProfileReading& reading) {
    reading.check_date(record, "surveyed_on");
    if (is_deleted(record)) return;
    reading.require(record, "surveyed_on");
    reading.require(record, "answers");
    const Json* const answers = record.find("answers");
    if (answers == nullptr) return;
    std::set<std::string_view> items;
    for (const Json& answer : answers->items()) {
        const auto item = answer.string_at("item").value_or("");
        if (!items.insert(item).second) {
            reading.find(*answer.find("item"), "answers", Problem::field_invalid);
        }
    }
}

void check_progress(const Json& record, ProfileReading& reading) {
    reading.check_date(record, "applied_on");
    reading.check_date(record, "updated_on");
    reading.check_date(record, "due_on");
    if (is_deleted(record)) return;
    reading.require(record, "state");
    reading.require(record, "applied_on");
    reading.require(record, "updated_on");
}

void check_request(const Json& request, ProfileReading& reading) {
    reading.check_time(request, "created");
    reading.check_date(request, "applied_on");
    reading.check_date(request, "reply_by");
    const auto created = model::parse_rfc3339(request.string_at("created").value_or(""));
    const Json* const applied_on = request.find("applied_on");
    const auto applied =
        applied_on == nullptr ? std::nullopt : model::parse_japan_date(applied_on->text());
    if (!created || !applied) return;
    // The application was before, and no certification takes a year.
    const bool known = *applied <= *created && *created - *applied < std::chrono::days{366};
    if (!known) reading.find(*applied_on, "applied_on", Problem::date_invalid);
    const Json* const reply_by = request.find("reply_by");
    if (reply_by != nullptr && reply_by->text() < applied_on->text()) {
        reading.find(*reply_by, "reply_by", Problem::date_invalid);
    }
}

void check_consent(const Json& note, ProfileReading& reading) {
    reading.check_time(note, "given_at");
    reading.check_time(note, "withdrawn_at");
    reading.check_party(note, "taker");
    const Json* const refused = note.find("refused");
    const Json* const given = note.find("given");
    if (refused == nullptr || given == nullptr) return;
    for (const Json& kind : refused->items()) {
        if (std::ranges::find(given->items(), kind) != given->items().end()) {
            reading.find(kind, "refused", Problem::field_invalid);
        }
    }
}

void check_registration(const Json& note, ProfileReading& reading) {
    reading.check_time(note, "from");
    reading.check_time(note, "until");
    reading.check_party(note, "party");
}

}  // namespace sekisho::documents
