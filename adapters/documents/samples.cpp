#include "adapters/documents/samples.h"

#include <chrono>

#include "adapters/documents/csv.h"
#include "adapters/documents/ikensho.h"
#include "adapters/documents/json.h"
#include "adapters/documents/ms932.h"
#include "routing/model/instant.h"

namespace sekisho::documents {

namespace {

// The fields that carry something in every sample; the rest is empty.
std::map<std::size_t, std::string> opinion_fields(const OpinionSample& sample) {
    return {{1, "1.1"},
            {2, "架空医見書"},
            {3, sample.insured + "18101500"},
            {4, sample.insurer},
            {5, "架空市"},
            {6, sample.insured},
            {7, sample.office},
            {8, sample.written_on},
            {9, sample.written_on},
            {10, sample.written_on},
            {11, sample.request_number},
            {12, "001"},
            {13, "1"},
            {14, sample.written_on},
            {15, "かくう たろう"},
            {16, sample.person_name},
            {17, "19400401"},
            {18, "86"},
            {19, "1"},
            {20, "100-0000"},
            {21, "架空市中央1-2-3～4"},
            {22, "000-0000-0000"},
            {23, "架空 医師"},
            {24, "架空中央病院"},
            {25, "100-0000"},
            {26, "架空市中央4-5-6"},
            {27, "000-0000-0001"},
            {28, "000-0000-0002"},
            {29, "1"},
            {30, sample.written_on},
            {31, "2"},
            {32, "2"},
            {35, "脳梗塞後遺症"},
            {36, "令和5年頃"},
            {41, "1"},
            {43, "経過は\"安定\"、\v服薬を続ける"},
            {44, "000000000"},
            {47, "3"},
            {48, "2"},
            {104, "転倒に注意,\r\n見守りを続ける"},
            {119, "2"},
            {121, "特記なし①"}};
}

Json load_document(const char* format, const LoadSample& sample) {
    Json document = Json::object();
    document.set("format", format)
        .set("insurer", sample.insurer)
        .set("created", sample.day + "T06:00:00+09:00")
        .set("extent", "difference");
    return document;
}

Json record_of(const std::string& insured, const LoadSample& sample) {
    Json record = Json::object();
    record.set("insured", insured)
        .set("history", Json::number(sample.history))
        .set("deleted", Json::boolean(sample.deleted));
    return record;
}

std::string days_after(const std::string& day, int days) {
    const auto first = model::parse_japan_date(day);
    if (!first) return day;
    return model::to_japan_date(*first + std::chrono::days{days});
}

// `fill` gives each record what is its format's own.
template <class Fill>
std::string load_text(const char* format, const LoadSample& sample, Fill fill) {
    Json records = Json::array();
    for (const std::string& insured : sample.insured) {
        Json record = record_of(insured, sample);
        if (!sample.deleted) fill(record);
        records.push(std::move(record));
    }
    Json document = load_document(format, sample);
    return to_pretty(document.set("records", std::move(records)));
}

}  // namespace

std::string an_opinion_csv(const OpinionSample& sample) {
    auto fields = opinion_fields(sample);
    for (const auto& [number, text] : sample.fields) fields[number] = text;
    std::string bytes;
    for (std::size_t number = 1; number <= kIkenshoFieldCount; ++number) {
        if (number > 1) bytes.push_back(',');
        if (const auto raw = sample.raw_fields.find(number); raw != sample.raw_fields.end()) {
            bytes += raw->second;
            continue;
        }
        const auto field = encode_ms932(csv_quoted(fields[number]));
        if (!field) return {};
        bytes += *field;
    }
    return bytes + "\r\n";
}

std::string a_card_json(const LoadSample& sample, const std::string& care_level) {
    return load_text("card-json:1", sample, [&](Json& record) {
        record.set("care_level", care_level)
            .set("certified_from", sample.day)
            .set("certified_until", days_after(sample.day, 364))
            .set("burden_ratio", Json::number(1))
            .set("ratio_from", sample.day)
            .set("ratio_until", days_after(sample.day, 364));
    });
}

std::string a_limit_card_json(const LoadSample& sample, const std::string& stage) {
    return load_text("limit-card-json:1", sample, [&](Json& record) {
        record.set("stage", stage)
            .set("valid_from", sample.day)
            .set("valid_until", days_after(sample.day, 364));
    });
}

std::string a_survey_json(const LoadSample& sample) {
    return load_text("survey-json:1", sample, [&](Json& record) {
        Json answers = Json::array();
        for (const char* const item : {"1-1-1", "1-2-1", "1-3", "2-1", "3-1", "4-1", "5-1"}) {
            answers.push(Json::object().set("item", item).set("code", "1"));
        }
        record.set("surveyed_on", sample.day)
            .set("office", "1379900010")
            .set("answers", std::move(answers));
    });
}

std::string a_progress_json(const LoadSample& sample, const std::string& state) {
    return load_text("progress-json:1", sample, [&](Json& record) {
        record.set("state", state)
            .set("applied_on", days_after(sample.day, -14))
            .set("updated_on", sample.day)
            .set("due_on", days_after(sample.day, 16));
    });
}

std::string an_opinion_request_json(const RequestSample& sample) {
    Json request = Json::object();
    request.set("format", "opinion-request-json:1")
        .set("insurer", sample.insurer)
        .set("insured", sample.insured)
        .set("created", sample.created)
        .set("kind", sample.kind)
        .set("request_number", sample.request_number)
        .set("writer", sample.writer)
        .set("applied_on", sample.applied_on);
    return to_pretty(request);
}

std::string a_consent_json(const std::string& insurer, const std::string& insured,
                           const std::string& at, const std::vector<std::string>& refused) {
    Json kinds = Json::array();
    for (const std::string& kind : refused) kinds.push(Json::string(kind));
    Json note = Json::object();
    note.set("format", "consent-json:1")
        .set("insurer", insurer)
        .set("insured", insured)
        .set("given", Json::array({Json::string("*")}))
        .set("refused", std::move(kinds))
        .set("occasion", "new-certification")
        .set("explanation", "2026-04")
        .set("given_at", at);
    return to_pretty(note);
}

std::string a_registration_json(const std::string& insurer, const std::string& insured,
                                const std::string& party, const std::string& at) {
    Json note = Json::object();
    note.set("format", "registration-json:1")
        .set("insurer", insurer)
        .set("insured", insured)
        .set("party", party)
        .set("assurance", "card")
        .set("from", at);
    return to_pretty(note);
}

}  // namespace sekisho::documents
