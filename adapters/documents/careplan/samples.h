// Synthetic send units of the care plan standard 4.1 for the demo's day, the simulators and the
// tests. Every person, office and value in them is made up; the gateway itself never calls it.
//
// Each maker gives the files of a unit that `careplan-csv:4.1` accepts; zip_of packs them. What a
// test wants wrong it changes in the files, or makes row by row with a_careplan_row. Pure
// functions.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "adapters/documents/careplan/file_name.h"

namespace sekisho::documents {

struct CareplanFile {
    std::string name;
    std::string bytes;  // MS932
};

struct CareplanSample {
    std::string sender = "1379900010";
    std::string sender_service = "43";
    std::string recipient = "1379900028";
    std::string recipient_service = "11";
    std::string series = "20261121090000";  // ファイル連番
    std::string insurer = "139980";
    std::vector<std::string> insured{"0000000001"};
    std::string plan_day = "20261120";  // 計画作成(変更)日
    std::string month = "202612";       // 対象年月
    std::size_t visits = 2;             // rows of 第6表 for each person
};

std::vector<CareplanFile> a_plan_unit(const CareplanSample& sample = {});          // 1+2+3+補足
std::vector<CareplanFile> a_monthly_plan_unit(const CareplanSample& sample = {});  // 6+7+補足
std::vector<CareplanFile> a_result_unit(const CareplanSample& sample = {});        // 第6表 実績
std::vector<CareplanFile> a_prevention_unit(const CareplanSample& sample = {});    // with 基本情報
std::vector<CareplanFile> a_plan_deletion(const CareplanSample& sample = {});      // DLT1KYO
std::vector<CareplanFile> a_monthly_plan_deletion(const CareplanSample& sample = {});  // DLTPLAN
std::vector<CareplanFile> a_result_deletion(const CareplanSample& sample = {});        // DLTJSK

// One row with its CR LF: the fields by number, UTF-8; the others are empty, but 1 to 3 which come
// from the sample. Empty where MS932 has not a character.
std::string a_careplan_row(careplan::FileKind kind, const CareplanSample& sample,
                           const std::string& insured,
                           const std::map<std::size_t, std::string>& fields);
careplan::FileName a_careplan_name(careplan::FileKind kind, const CareplanSample& sample);

enum class ZipMethod { stored, deflate };
// The same files give the same bytes. Empty where libarchive fails.
std::string zip_of(std::span<const CareplanFile> files, ZipMethod method = ZipMethod::deflate);

}  // namespace sekisho::documents
