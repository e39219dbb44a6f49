#include "adapters/platform/plan_records.h"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <utility>

namespace sekisho::platform_adapter {

using documents::Json;
using documents::careplan::FileKind;
using ledger::KeptFile;
using ledger::KeptFiles;
using ledger::PlanKey;
using ledger::PlanRow;

namespace {

enum class Form : std::uint8_t { text, day };

// A member and the column (from 1) that it is told from.
struct Told {
    const char* name;
    std::size_t column;
    Form form = Form::text;
};

constexpr std::array kPlan{
    Told{"planned_on", 14, Form::day},
    Told{"first_planned_on", 15, Form::day},
    Told{"author", 9},
    Told{"author_name", 8},
    Told{"care_level", 21},
    Told{"certified_from", 19, Form::day},
    Told{"certified_until", 20, Form::day},
    Told{"intention", 22},
    Told{"review_opinion", 23},
    Told{"policy", 24},
    Told{"housework_reason", 25},
    Told{"housework_other_reason", 26},
};
constexpr std::array kService{Told{"content", 14}, Told{"kind", 16}, Told{"office", 18},
                              Told{"frequency", 19}};
constexpr std::array kWeek{Told{"service", 6}, Told{"weekday", 7}, Told{"from", 8},
                           Told{"until", 9}};
constexpr std::array kActivity{Told{"activity", 10}, Told{"from", 11}, Told{"until", 12}};
constexpr std::array kUse{Told{"used_on", 10, Form::day}, Told{"from", 12}, Told{"until", 13},
                          Told{"service_code", 15}, Told{"office", 21}};
constexpr std::array kSums{Told{"cost", 24}, Told{"person_pays", 28}};  // of 第7表's last row
constexpr std::array kPrevention{
    Told{"planned_on", 4, Form::day},
    Told{"first_planned_on", 20, Form::day},
    Told{"author", 17},
    Told{"support_center", 21},
    Told{"care_level", 14},
    Told{"certified_from", 10, Form::day},
    Told{"certified_until", 11, Form::day},
    Told{"goal_of_day", 22},
    Told{"goal_of_year", 23},
    Told{"health_notes", 40},
    Told{"policy", 42},
    Told{"agreed_on", 56, Form::day},
};
constexpr std::array kSupport{Told{"content", 13}, Told{"self_care", 12}, Told{"kind", 15},
                              Told{"office", 16}, Told{"period", 17}};

// Where the columns of one layout say what somebody needs and wants.
struct NeedColumns {
    std::size_t need_number;
    std::size_t goal_number;
    std::array<Told, 3> words;
    std::span<const Told> services;
};
constexpr NeedColumns kTable2Needs{
    6, 8, {Told{"need", 7}, Told{"long_goal", 9}, Told{"short_goal", 10}}, kService};
constexpr NeedColumns kPreventionNeeds{
    5, 10, {Told{"need", 6}, Told{"long_goal", 7}, Told{"short_goal", 9}}, kSupport};

std::string field(const PlanRow& row, std::size_t column) {
    return column > row.size() ? "" : row[column - 1];
}

// YYYYMMDD as YYYY-MM-DD; anything else as it came.
std::string dated(const std::string& digits) {
    if (digits.size() != 8) return digits;
    return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6);
}

void tell(Json& record, const PlanRow& row, std::span<const Told> members) {
    for (const Told& each : members) {
        const std::string value = field(row, each.column);
        if (!value.empty()) record.set(each.name, each.form == Form::day ? dated(value) : value);
    }
}

Json told(const PlanRow& row, std::span<const Told> members) {
    auto record = Json::object();
    tell(record, row, members);
    return record;
}

// One of each row that has a value in `column`.
Json rows_with(const KeptFile& file, std::size_t column, std::span<const Told> members) {
    auto rows = Json::array();
    for (const PlanRow& row : file.rows) {
        if (!field(row, column).empty()) rows.push(told(row, members));
    }
    return rows;
}

// Rows of one need and goal follow each other: one need with the services of them all.
Json needs_of(const KeptFile& file, const NeedColumns& columns) {
    auto needs = Json::array();
    for (std::size_t i = 0; i < file.rows.size();) {
        const PlanRow& first = file.rows[i];
        auto need = told(first, columns.words);
        auto services = Json::array();
        for (; i < file.rows.size(); ++i) {
            const PlanRow& row = file.rows[i];
            if (field(row, columns.need_number) != field(first, columns.need_number) ||
                field(row, columns.goal_number) != field(first, columns.goal_number))
                break;
            services.push(told(row, columns.services));
        }
        needs.push(std::move(need.set("services", std::move(services))));
    }
    return needs;
}

void set_rows(Json& record, const char* name, Json rows) {
    if (!rows.items().empty()) record.set(name, std::move(rows));
}

// The file of that kind beside the one of `key`; empty where there is none.
const KeptFile& beside(const KeptFiles& files, PlanKey key, FileKind kind) {
    static const KeptFile kNone{};
    key.file = kind;
    const auto found = files.find(key);
    return found == files.end() ? kNone : found->second;
}

void tell_week(Json& record, const KeptFile& table3) {
    set_rows(record, "week", rows_with(table3, 7, kWeek));
    set_rows(record, "activities", rows_with(table3, 10, kActivity));
    auto beyond = Json::array();
    for (const PlanRow& row : table3.rows) {
        if (!field(row, 13).empty()) beyond.push(Json::string(field(row, 13)));
    }
    set_rows(record, "beyond_week", std::move(beyond));
}

void tell_month(Json& record, const KeptFiles& files, const PlanKey& key, const KeptFile& use) {
    const std::string& month = key.period;
    record.set("month", month.size() == 6 ? month.substr(0, 4) + "-" + month.substr(4) : month);
    set_rows(record, "uses", rows_with(use, 10, kUse));
    for (const PlanRow& row : beside(files, key, FileKind::use_details).rows) {
        if (field(row, 9) == "999999") tell(record, row, kSums);
    }
}

Json record_of(const KeptFiles& files, const PlanKey& key, const KeptFile& file) {
    auto record = Json::object().set("insurer", key.insurer).set("insured", key.insured);
    if (!file.status.empty()) record.set("status", file.status);
    if (key.file == FileKind::use_plan) {
        tell_month(record, files, key, file);
    } else if (key.file == FileKind::prevention) {
        tell(record, file.rows.front(), kPrevention);
        set_rows(record, "needs",
                 needs_of(beside(files, key, FileKind::prevention_support), kPreventionNeeds));
    } else {
        tell(record, file.rows.front(), kPlan);
        set_rows(record, "needs", needs_of(beside(files, key, FileKind::table2), kTable2Needs));
        tell_week(record, beside(files, key, FileKind::table3));
    }
    return record;
}

bool leads_a_record(FileKind kind) {
    return kind == FileKind::table1 || kind == FileKind::use_plan || kind == FileKind::prevention;
}

}  // namespace

Json plan_records(const KeptFiles& files, std::string_view insurer, std::string_view insured) {
    using Newest = std::pair<const PlanKey, KeptFile>;
    std::map<std::pair<std::string, FileKind>, const Newest*> newest;
    for (const Newest& each : files) {
        const auto& [key, file] = each;
        if (key.insurer != insurer || key.insured != insured || !leads_a_record(key.file)) continue;
        const Newest*& best = newest[{key.sender, key.file}];
        if (best == nullptr ||
            std::tie(best->first.period, best->second.series) < std::tie(key.period, file.series))
            best = &each;
    }
    auto records = Json::array();
    for (const auto& [of, found] : newest)
        records.push(record_of(files, found->first, found->second));
    return records;
}

}  // namespace sekisho::platform_adapter
