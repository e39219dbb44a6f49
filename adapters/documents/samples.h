// Synthetic sample documents: for the demo's day, the conformance kit and the tests. Every person,
// office and value in them is made up (架空 太郎 and his like); nothing here reads a document, and
// the gateway itself never calls it.
//
// Each maker gives the bytes of a document that its format accepts, unless what it is told is
// itself wrong. Days are parameters, so that samples do not rot. Pure functions.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace sekisho::documents {

// 主治医意見書, ikensho-csv:1.1, MS932.
struct OpinionSample {
    std::string insurer = "139980";
    std::string insured = "0000000001";
    std::string office = "1319900013";
    std::string request_number = "0001";  // 依頼番号
    std::string written_on = "20261118";  // 記入日, YYYYMMDD
    std::string person_name = "架空 太郎";
    std::map<std::size_t, std::string>
        fields{};  // by field number, UTF-8; instead of the values above
    std::map<std::size_t, std::string>
        raw_fields{};  // by field number, bytes as they shall stand in the file
};

// Characters that MS932 has not come out as nothing: a sample with one is empty.
std::string an_opinion_csv(const OpinionSample& sample = {});

// One record for each person of one insurer. `day` is YYYY-MM-DD; periods begin there and last a
// year.
struct LoadSample {
    std::string insurer = "139980";
    std::vector<std::string> insured{"0000000001"};
    std::string day = "2026-11-21";
    int history = 1;
    bool deleted = false;
};

std::string a_card_json(const LoadSample& sample = {}, const std::string& care_level = "22");
std::string a_limit_card_json(const LoadSample& sample = {}, const std::string& stage = "2");
std::string a_survey_json(const LoadSample& sample = {});
std::string a_progress_json(const LoadSample& sample = {}, const std::string& state = "reviewed");

// opinion-request-json:1, for the opinion of an OpinionSample.
struct RequestSample {
    std::string insurer = "139980";
    std::string insured = "0000000001";
    std::string writer = "1319900021";
    std::string request_number = "0001";
    std::string applied_on = "2026-11-21";
    std::string kind = "request";
    std::string created = "2026-11-21T09:00:00+09:00";
};
std::string an_opinion_request_json(const RequestSample& sample = {});

// consent-json:1, comprehensive but for `refused`; registration-json:1. `at` is RFC 3339.
std::string a_consent_json(const std::string& insurer, const std::string& insured,
                           const std::string& at, const std::vector<std::string>& refused = {});
std::string a_registration_json(const std::string& insurer, const std::string& insured,
                                const std::string& party, const std::string& at);

}  // namespace sekisho::documents
