// A send unit (送信単位): the files that share one number and are taken in together or not at all.
//
// | unit            | must hold                | may hold                               |
// |-----------------|--------------------------|----------------------------------------|
// | plan            | 第1表 第2表 第3表 補足    |                                        |
// | monthly plan    | 第6表 予定, 第7表, 補足   |                                        |
// | result          | 第6表 実績                |                                        |
// | prevention plan | UPYOBO                   | its 別表, UPKIHON with 別表 and images |
// | basics          | UPKIHON                  | its 別表 and images                    |
// | five deletions  | the one file             |                                        |
//
// The standard lists the first three and their deletions as the combinations to send, so every file
// of one must be there; 第3表 joined the first with version 4.0. 別表 of prevention are optional by
// our reading, but never without what they belong to. A file twice, of another unit, number,
// sender, recipient or month is unexpected; a missing one is named as it should have come.
// Source: 2.4 送信単位 of the standard. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include "adapters/documents/careplan/file_name.h"
#include "routing/model/problem.h"

namespace sekisho::documents::careplan {

enum class UnitKind : std::uint8_t {
    plan,
    monthly_plan,
    result,
    prevention,
    basics,
    delete_plan,
    delete_monthly_plan,
    delete_result,
    delete_prevention,
    delete_basics,
};
inline constexpr std::size_t kUnitKinds = 10;

// "monthly-plan": the word by which the catalogue says that a type holds such units.
std::string_view name_of(UnitKind kind);

// The errors are those that names alone show; each names its file. `names` is not empty.
std::expected<UnitKind, std::vector<model::LocatedError>> unit_of(std::span<const FileName> names);

}  // namespace sekisho::documents::careplan
