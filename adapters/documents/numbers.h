// What is wrong with a number that a document gives, asked alike by every format. nullopt: nothing
// is.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/documents/format.h"

namespace sekisho::documents {

// 保険者番号: field_missing, field_invalid, or check_digit where the digit fails and no union has
// the number.
std::optional<model::Problem> insurer_problem(std::string_view text, const FormatContext& context);

// 被保険者番号: field_missing or field_invalid. It has no check digit.
std::optional<model::Problem> insured_problem(std::string_view text);

}  // namespace sekisho::documents
