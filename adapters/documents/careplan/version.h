// CSVバージョン: the six digits in the first column of every row of the care plan standard.
//
// A table, never an order: 202504 was written by version 4.0, which is older than 4.1 with its
// 202407. Source: history of the standard (ケアプランデータ連携標準仕様) of October 2024. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace sekisho::documents::careplan {

inline constexpr std::string_view kVersion41 = "202407";

// "4.1" for "202407"; nullopt for what no version of the standard writes.
std::optional<std::string_view> standard_of(std::string_view csv_version);

}  // namespace sekisho::documents::careplan
