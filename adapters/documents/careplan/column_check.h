// One field against its column: is it there, is it short enough, is it of its kind? Characters of
// MS932 and control characters are asked of the whole record elsewhere.
//
// Numbers may carry a minus before and one point within, which the standard leaves open; a time may
// be 2400, the end of a day. Service types in scope are those of the standard's list. Pure; any
// thread.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/documents/careplan/columns.h"
#include "adapters/documents/csv.h"
#include "adapters/documents/format.h"

namespace sekisho::documents::careplan {

// nullopt: nothing is wrong with it.
std::optional<model::Problem> column_problem(const Column& column, const CsvField& field,
                                             const FormatContext& context);

bool is_service_in_scope(std::string_view service_type);

}  // namespace sekisho::documents::careplan
