// Whether the files of a unit speak of the same plans: each key of one file is found in the other.
//
// | unit         | key                 | each of            | has one in |
// |--------------|---------------------|--------------------|------------|
// | plan         | person and plan day | 第2表, 第3表, 補足  | 第1表      |
// |              |                     | 第1表              | 補足       |
// | monthly plan | person and month    | 第6表              | 補足       |
// |              |                     | 第7表, 補足        | 第6表      |
// | prevention   | person and plan day | UPYOBO_SUB         | UPYOBO     |
// | basics       | person              | its 別表           | UPKIHON    |
//
// A row without its counterpart is row_unmatched at its 被保険者番号; the first row of each key
// speaks for all. A plan without a row in 第2表 or 第3表 passes. The first kLocatedErrorsMax are
// given, file by file. Source: the join keys of the standard; which file is the whole of the unit
// is our reading. Pure.
#pragma once

#include <span>
#include <vector>

#include "adapters/documents/careplan/sheet.h"

namespace sekisho::documents::careplan {

std::vector<model::LocatedError> join_errors(std::span<const Sheet> sheets);

}  // namespace sekisho::documents::careplan
