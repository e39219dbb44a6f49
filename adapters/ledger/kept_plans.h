// What a recipient of care plans keeps of the send units (送信単位) it received, as the standard
// (ケアプランデータ連携標準仕様 4.1) has it applied.
//
// Units of a sender and a recipient are applied in the order of their numbers, whenever they came.
// An update is the whole unit again: each file replaces what was there of the same person and
// period. A deletion takes from what the same sender gave the same recipient about that person:
//
// | deletion | takes                                                               |
// |----------|---------------------------------------------------------------------|
// | DLT1KYO  | 第1表, with it 第2表 and 第3表, of that plan day                     |
// | DLTPLAN  | 第6表 予定, with it 第7表, of that month                             |
// | DLTJSK   | 第6表 実績 of that month, of that office and service type only       |
// | DLTYOBO  | 介護予防サービス・支援計画書 of that plan day; its 別表 (our reading) |
// | DLTKIHON | 利用者基本情報; its 別表 (our reading)                               |
//
// 利用者補足情報 stays, since the standard does not name it. Images are not looked at. What is no
// unit of the standard is passed over. Pure functions.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "adapters/documents/careplan/file_name.h"
#include "adapters/documents/json.h"
#include "adapters/ledger/received_ledger.h"

namespace sekisho::ledger {

struct PlanKey {
    documents::careplan::FileKind file{};
    std::string sender;     // office and service type, "1379900010/43"
    std::string recipient;  // the same
    std::string insurer;
    std::string insured;
    std::string period;     // plan day or month; empty for 利用者基本情報
    std::string service{};  // of a result: office and service type
    friend auto operator<=>(const PlanKey&, const PlanKey&) = default;
};
using KeptPlans = std::map<PlanKey, std::size_t>;  // how many rows

// Field n of the layout is at n - 1, in UTF-8; empty where MS932 could not be read.
using PlanRow = std::vector<std::string>;

// A file's rows about one person and period, as they were last sent.
struct KeptFile {
    std::string series;  // 連番 of the unit that brought them
    std::string status;  // "draft" or "agreed" as the unit said; empty: it said nothing
    std::vector<PlanRow> rows;
};
using KeptFiles = std::map<PlanKey, KeptFile>;

KeptFiles kept_files(const std::vector<Received>& documents);
KeptPlans kept_plans(const std::vector<Received>& documents);

// {"plans": [{"file": "UP1KYO", sender, recipient, insurer, insured, period, service, rows}]}
documents::Json to_json(const KeptPlans& plans);

}  // namespace sekisho::ledger
