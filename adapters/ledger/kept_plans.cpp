#include "adapters/ledger/kept_plans.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>

#include "adapters/documents/careplan/columns.h"
#include "adapters/documents/csv.h"
#include "adapters/documents/media_type.h"
#include "adapters/documents/ms932.h"
#include "adapters/documents/zip_reader.h"

namespace sekisho::ledger {

using documents::CsvRecord;
using documents::Json;
using documents::careplan::FileKind;
using documents::careplan::FileName;

namespace {

constexpr std::string_view kTypePrefix = "jp.sekisho.care-plan.";

struct File {
    FileName name;
    std::string bytes;
};
struct Unit {
    std::string status;
    std::vector<File> files{};
};

void add_file(Unit& unit, std::string_view name, std::string bytes) {
    if (auto parsed = documents::careplan::parse_file_name(name))
        unit.files.push_back({std::move(*parsed), std::move(bytes)});
}

Unit unit_of(const Received& document) {
    Unit unit{.status = std::string{find_header(document.attributes, "status").value_or("")}};
    if (!document.body.starts_with("PK")) {
        const auto type = find_header(document.attributes, "datacontenttype").value_or("");
        const auto read = documents::parse_media_type(type);
        if (read) add_file(unit, read->filename, document.body);
        return unit;
    }
    auto zip = documents::ZipReader::open(document.body);
    if (!zip) return unit;
    for (const documents::ZipEntry& entry : zip->entries()) {
        if (!zip->next()) return {.status = {}};
        std::string bytes;
        for (auto piece = zip->read(); piece && !piece->empty(); piece = zip->read())
            bytes += *piece;
        add_file(unit, entry.name, std::move(bytes));
    }
    return unit;
}

std::span<const FileKind> deleted_by(FileKind kind) {
    using enum FileKind;
    static constexpr std::array kPlan{table1, table2, table3};
    static constexpr std::array kMonth{use_plan, use_details};
    static constexpr std::array kResult{use_result};
    static constexpr std::array kPrevention{prevention, prevention_support};
    static constexpr std::array kBasics{basics, basics_day, basics_history};
    switch (kind) {
        case delete_table1:
            return kPlan;
        case delete_use_plan:
            return kMonth;
        case delete_use_result:
            return kResult;
        case delete_prevention:
            return kPrevention;
        case delete_basics:
            return kBasics;
        default:
            return {};
    }
}

// By number from 1; empty where there is none.
std::string field(const CsvRecord& row, std::size_t number) {
    return number == 0 || number > row.fields.size() ? "" : row.fields[number - 1].value();
}

std::string period_of(const documents::careplan::Layout& layout, const CsvRecord& row) {
    const std::string day = field(row, layout.day);
    return day.empty() || day == "00000000" ? field(row, layout.month) : day;
}

std::string service_of(FileKind kind, const CsvRecord& row) {
    if (kind == FileKind::use_result) return field(row, 20) + "/" + field(row, 15).substr(0, 2);
    if (kind == FileKind::delete_use_result) return field(row, 5) + "/" + field(row, 6);
    return {};
}

PlanRow decoded(const CsvRecord& row) {
    PlanRow fields;
    fields.reserve(row.fields.size());
    for (const documents::CsvField& each : row.fields)
        fields.push_back(documents::decode_ms932(each.value()).value_or(""));
    return fields;
}

KeptFiles rows_of(const File& file, const std::string& status) {
    const FileName& name = file.name;
    const auto& layout = documents::careplan::layout_of(name.kind);
    KeptFiles kept;
    documents::CsvReader reader{file.bytes, {.fields_max = 80}};
    for (CsvRecord row; reader.next(row);) {
        KeptFile& rows = kept[{.file = name.kind,
                               .sender = name.sender + "/" + name.sender_service,
                               .recipient = name.recipient + "/" + name.recipient_service,
                               .insurer = field(row, 2),
                               .insured = field(row, 3),
                               .period = period_of(layout, row),
                               .service = service_of(name.kind, row)}];
        rows.series = name.series;
        rows.status = status;
        rows.rows.push_back(decoded(row));
    }
    return kept;
}

// Of the same person and period between the same two, whatever the file and the service.
bool is_same_plan(const PlanKey& one, const PlanKey& other) {
    return one.sender == other.sender && one.recipient == other.recipient &&
           one.insurer == other.insurer && one.insured == other.insured &&
           one.period == other.period;
}

void remove(KeptFiles& plans, const KeptFiles& rows, std::span<const FileKind> kinds) {
    for (const auto& row : rows) {
        std::erase_if(plans, [&](const auto& kept) {
            const PlanKey& key = kept.first;
            const PlanKey& gone = row.first;
            return is_same_plan(key, gone) && std::ranges::find(kinds, key.file) != kinds.end() &&
                   key.service == gone.service;
        });
    }
}

void replace(KeptFiles& plans, KeptFiles rows) {
    for (const auto& row : rows) {
        std::erase_if(plans, [&fresh = row.first](const auto& kept) {
            return kept.first.file == fresh.file && is_same_plan(kept.first, fresh);
        });
    }
    plans.merge(rows);
}

}  // namespace

KeptFiles kept_files(const std::vector<Received>& documents) {
    std::multimap<std::string, Unit> units;  // by number; those of one number as they came
    for (const Received& document : documents) {
        if (!document.type.starts_with(kTypePrefix)) continue;
        Unit unit = unit_of(document);
        if (unit.files.empty()) continue;
        std::string number = unit.files.front().name.series;
        units.emplace(std::move(number), std::move(unit));
    }
    KeptFiles plans;
    for (const auto& [number, unit] : units) {
        for (const File& file : unit.files) {
            const auto kinds = deleted_by(file.name.kind);
            if (kinds.empty()) {
                replace(plans, rows_of(file, unit.status));
            } else {
                remove(plans, rows_of(file, unit.status), kinds);
            }
        }
    }
    return plans;
}

KeptPlans kept_plans(const std::vector<Received>& documents) {
    KeptPlans counts;
    for (const auto& [key, file] : kept_files(documents)) counts[key] = file.rows.size();
    return counts;
}

Json to_json(const KeptPlans& plans) {
    auto list = Json::array();
    for (const auto& [key, rows] : plans) {
        auto item = Json::object();
        item.set("file", std::string{documents::careplan::prefix_of(key.file)});
        item.set("sender", key.sender);
        item.set("recipient", key.recipient);
        item.set("insurer", key.insurer);
        item.set("insured", key.insured);
        item.set("period", key.period);
        item.set("service", key.service);
        item.set("rows", Json::number(static_cast<std::int64_t>(rows)));
        list.push(std::move(item));
    }
    return Json::object().set("plans", std::move(list));
}

}  // namespace sekisho::ledger
