// The name of a file of the care plan standard 4.1, which carries what no row does: who sends to
// whom, for which month, and the number (連番) that makes files one send unit.
//
//     PREFIX[_YYYYMM]_OFFICE10_SERVICE2_OFFICE10_SERVICE2_YYYYMMDDHHMMSS.CSV
//     UPKIHON_IMAGE_OFFICE10_SERVICE2_OFFICE10_SERVICE2_YYYYMMDDHHMMSS_NNNN.jpg
//
// First the sender's office and service type, then the recipient's. Capitals as written. The month
// belongs to 補足 (`000000` beside tables 1 to 3), 6 and 7. A name without service types is one of
// version 3, with three characters for them one of 4.0: both are told apart from nonsense. The
// place of an image's running number is assumed. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "routing/model/problem.h"

namespace sekisho::documents::careplan {

enum class FileKind : std::uint8_t {
    supplement,          // UPHOSOKU 利用者補足情報
    table1,              // UP1KYO
    table2,              // UP2KYO
    table3,              // UP3KYO
    delete_table1,       // DLT1KYO
    use_plan,            // UPPLAN 第6表 予定
    use_result,          // UPJSK 第6表 実績
    use_details,         // UPSIKYU 第7表
    delete_use_plan,     // DLTPLAN
    delete_use_result,   // DLTJSK
    basics,              // UPKIHON 基本情報
    basics_day,          // UPKIHON_SUB1 一日の過ごし方
    basics_history,      // UPKIHON_SUB2 現病歴
    basics_image,        // UPKIHON_IMAGE
    delete_basics,       // DLTKIHON
    prevention,          // UPYOBO 介護予防サービス・支援計画書
    prevention_support,  // UPYOBO_SUB
    delete_prevention,   // DLTYOBO
};
inline constexpr std::size_t kFileKinds = 18;

std::string_view prefix_of(FileKind kind);  // "UP1KYO"
std::string_view title_of(FileKind kind);   // "第1表"

struct FileName {
    FileKind kind{};
    std::string month{};  // YYYYMM, empty where the kind has none
    std::string sender{};
    std::string sender_service{};
    std::string recipient{};
    std::string recipient_service{};
    std::string series{};  // the 14 digits
    std::string image{};   // running number of an image
    friend bool operator==(const FileName&, const FileName&) = default;
};

struct NameFault {
    model::Problem code = model::Problem::file_name_invalid;  // or unsupported_version
    std::string_view standard{};                              // of the version: "3", "4.0"
};

std::expected<FileName, NameFault> parse_file_name(std::string_view text);
std::string to_text(const FileName& name);

}  // namespace sekisho::documents::careplan
